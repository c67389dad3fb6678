#include "credential_provider/version_text.h"

#include "absl/strings/str_cat.h"
#include "credential_provider/crypto/openssl_version.h"
#include "credential_provider/http/curl_version.h"
#include "credential_provider/version.h"
#include "packaging/commit.h"

namespace credential_provider {

std::string VersionText(absl::string_view program) {
  const absl::string_view commit = kCommit;
  return absl::StrCat(program, " ", kVersion, "\n", commit.empty() ? "" : "commit ", commit,
                      commit.empty() ? "" : "\n", "OpenSSL ", OpenSslVersion(), "\ncurl ", CurlVersion(), "\n");
}

}  // namespace credential_provider
