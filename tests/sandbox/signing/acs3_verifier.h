// Decides who signed a request and whether every rule of signature V3 was kept.
#ifndef CREDENTIAL_PROVIDER_TESTS_SANDBOX_SIGNING_ACS3_VERIFIER_H_
#define CREDENTIAL_PROVIDER_TESTS_SANDBOX_SIGNING_ACS3_VERIFIER_H_

#include <set>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "tests/sandbox/signing/acs3_signature.h"
#include "tests/sandbox/signing/identities.h"
#include "tests/sandbox/wire/error_replies.h"
#include "tests/sandbox/wire/http_message.h"

namespace sandbox {

// Who signed, or why the request is refused; exactly one of the two is set.
struct Verdict {
  absl::optional<AccessKey> caller;
  ServiceError error = {};
};

// Which headers must be there and signed. A pre-signed GetCallerIdentity that an authenticator replays
// carries neither nonce nor signed host, so that its verifier can choose the host and may present it many
// times.
enum class SigningRules { kOnce, kReplay };

class Acs3Verifier {
 public:
  // `identities` must outlive this object.
  explicit Acs3Verifier(const Identities& identities) : identities_(identities) {}

  // Verifies `request` at `now`, and on success remembers its nonce.
  Verdict Verify(const HttpRequest& request, SigningRules rules, absl::Time now);

  // Forgets the nonces.
  void Reset() { nonces_.clear(); }

 private:
  Verdict VerifyKey(const AccessKey& key, const Acs3Authorization& authorization, const HttpRequest& request,
                    SigningRules rules, absl::Time now);

  const Identities& identities_;
  std::set<std::string> nonces_;
};

}  // namespace sandbox

#endif  // CREDENTIAL_PROVIDER_TESTS_SANDBOX_SIGNING_ACS3_VERIFIER_H_
