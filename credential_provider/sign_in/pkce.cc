#include "credential_provider/sign_in/pkce.h"

#include "absl/strings/escaping.h"
#include "credential_provider/base/sha256.h"
#include "credential_provider/process/random.h"

namespace credential_provider {

Secret NewCodeVerifier() { return Secret(absl::WebSafeBase64Escape(RandomBytes(32))); }

std::string CodeChallenge(const Secret& verifier) {
  const Sha256Digest digest = Sha256(verifier.Reveal());
  return absl::WebSafeBase64Escape(
      absl::string_view(reinterpret_cast<const char*>(digest.data()), digest.size()));
}

}  // namespace credential_provider
