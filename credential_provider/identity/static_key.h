// The identity of an AccessKey that is written down somewhere.
#ifndef CREDENTIAL_PROVIDER_IDENTITY_STATIC_KEY_H_
#define CREDENTIAL_PROVIDER_IDENTITY_STATIC_KEY_H_

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "credential_provider/base/sha256.h"
#include "credential_provider/identity/identity.h"
#include "credential_provider/identity/identity_text.h"

namespace credential_provider {

// Returns the identity of `key`. Its id says who it is: Alibaba Cloud gives none away twice.
inline Identity StaticKey(absl::string_view source, AccessKey key) {
  Identity identity;
  identity.source = std::string(source);
  identity.who = IdentityText().Add("access-key", key.id).text();
  identity.proof = [key] {
    return Fingerprint(absl::StrCat(Fingerprint(key.id), Fingerprint(key.secret.Reveal()),
                                    Fingerprint(key.security_token.Reveal())));
  };
  identity.access_key = [key = std::move(key)](const NetworkContext&) { return key; };
  return identity;
}

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_IDENTITY_STATIC_KEY_H_
