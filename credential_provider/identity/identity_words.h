// The canonical text of who asks (identity_text.h), as a person would say it.
#ifndef CREDENTIAL_PROVIDER_IDENTITY_IDENTITY_WORDS_H_
#define CREDENTIAL_PROVIDER_IDENTITY_IDENTITY_WORDS_H_

#include <string>

#include "absl/strings/string_view.h"

namespace credential_provider {

// "access key sandbox-alice", "role ack-reader of 1000000000000001, by access key sandbox-alice". What is a
// hash is left out, and what is as usual.
std::string IdentityInWords(absl::string_view who);

// The name alone, of the role where there is one: "sandbox-alice", "ack-reader"; "" for an empty text.
std::string ShortIdentity(absl::string_view who);

// What else tells that identity from others of the same words: "session laptop, 15m, with a policy"; "" for
// nothing.
std::string IdentityDetails(absl::string_view who);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_IDENTITY_IDENTITY_WORDS_H_
