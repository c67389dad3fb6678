#include "credential_provider/http/system_authorities.h"

#include <dirent.h>
#include <unistd.h>

#include <memory>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"

namespace credential_provider {
namespace {

constexpr const char* kFolders[] = {
    "/etc/ssl/certs",                                 // Debian, Ubuntu, Alpine, Arch, SUSE
    "/etc/pki/ca-trust/extracted/pem/directory-hash"  // Fedora, RHEL 10
};

constexpr const char* kFiles[] = {
    "/etc/ssl/certs/ca-certificates.crt",                 // Debian, Ubuntu, Alpine, Arch, distroless
    "/etc/pki/tls/certs/ca-bundle.crt",                   // Fedora, RHEL, Amazon Linux
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",  // RHEL
    "/etc/ssl/ca-bundle.pem",                             // SUSE
    "/etc/ssl/cert.pem",                                  // Alpine, macOS
    "/opt/homebrew/etc/ca-certificates/cert.pem",         // Homebrew, on Apple's processors
    "/usr/local/etc/ca-certificates/cert.pem",            // Homebrew, on Intel's
};

// As OpenSSL names them: eight hexadecimal digits, a dot and a number.
bool IsHash(absl::string_view name) {
  if (name.size() < 10 || name[8] != '.' || !absl::ascii_isdigit(name[9])) return false;
  for (const char c : name.substr(0, 8)) {
    if (!absl::ascii_isxdigit(c)) return false;
  }
  return true;
}

bool HasHashes(const std::string& folder) {
  const std::unique_ptr<DIR, int (*)(DIR*)> open(opendir(folder.c_str()), &closedir);
  if (open == nullptr) return false;
  while (const dirent* const entry = readdir(open.get())) {
    if (IsHash(entry->d_name)) return true;
  }
  return false;
}

}  // namespace

std::vector<Authorities> SystemAuthorities(const std::string& root) {
  std::vector<Authorities> found;
  for (const char* const folder : kFolders) {
    if (!HasHashes(absl::StrCat(root, folder))) continue;
    found.push_back({absl::StrCat(root, folder), "", ""});
    break;
  }
  for (const char* const file : kFiles) {
    if (access(absl::StrCat(root, file).c_str(), R_OK) != 0) continue;
    found.push_back({"", absl::StrCat(root, file), ""});
    break;
  }
  return found;
}

std::string PlacesOfAuthorities() {
  return absl::StrCat(absl::StrJoin(kFolders, ", "), ", ", absl::StrJoin(kFiles, ", "));
}

}  // namespace credential_provider
