// A kind of credential that is not Alibaba Cloud's: the token that a file holds. It shows what a new one
// takes.
#ifndef CREDENTIAL_PROVIDER_TESTS_NEW_ISSUER_TOY_ISSUER_H_
#define CREDENTIAL_PROVIDER_TESTS_NEW_ISSUER_TOY_ISSUER_H_

#include "credential_provider/issuers/issuer.h"

namespace credential_provider {

extern const IssuerKind kToyIssuer;

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_TESTS_NEW_ISSUER_TOY_ISSUER_H_
