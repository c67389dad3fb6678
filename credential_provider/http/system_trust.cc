#include "credential_provider/http/system_trust.h"

#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "credential_provider/base/file.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/http/system_authorities.h"

namespace credential_provider {
namespace {

constexpr char kFile[] = "SSL_CERT_FILE";
constexpr char kFolders[] = "SSL_CERT_DIR";
constexpr size_t kMaxBytes = 8 << 20;

std::string Variable(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? "" : value;
}

absl::Status Unusable(const char* variable, absl::string_view why) {
  return WithHint(absl::FailedPreconditionError(absl::StrCat(variable, ": ", Printable(why))),
                  absl::StrCat("correct ", variable, " or unset it, or give authorities with --ca-file"));
}

// Returns the certificates in `pem`, without what is between them.
std::string CertificatesIn(absl::string_view pem) {
  constexpr absl::string_view kBegin = "-----BEGIN CERTIFICATE-----";
  constexpr absl::string_view kEnd = "-----END CERTIFICATE-----";
  std::string certificates;
  while (true) {
    const size_t begin = pem.find(kBegin);
    const size_t end = pem.find(kEnd, begin == absl::string_view::npos ? begin : begin + kBegin.size());
    if (end == absl::string_view::npos) return certificates;
    absl::StrAppend(&certificates, pem.substr(begin, end - begin), kEnd, "\n");
    pem.remove_prefix(end + kEnd.size());
  }
}

absl::StatusOr<std::string> ReadCertificates(const std::string& path) {
  absl::StatusOr<std::string> text = ReadFile(path, kMaxBytes);
  if (!text.ok()) return Unusable(kFile, text.status().message());
  std::string certificates = CertificatesIn(*text);
  if (certificates.empty()) return Unusable(kFile, absl::StrCat(path, ": holds no certificate"));
  return certificates;
}

std::string SystemFile() {
  for (const Authorities& authorities : SystemAuthorities()) {
    const absl::StatusOr<std::string> text = ReadFile(authorities.file, kMaxBytes);
    if (text.ok()) return CertificatesIn(*text);
  }
  return "";
}

// Returns the certificates of the files in `folder`. What cannot be read holds none.
std::string CertificatesInFolder(const std::string& folder) {
  std::string certificates;
  std::error_code failed;
  for (std::filesystem::directory_iterator file(folder, failed), end; !failed && file != end;
       file.increment(failed)) {
    std::error_code no_file;
    if (!file->is_regular_file(no_file) || certificates.size() > kMaxBytes) continue;
    const absl::StatusOr<std::string> text = ReadFile(file->path().string(), kMaxBytes);
    if (text.ok()) certificates += CertificatesIn(*text);
  }
  return certificates;
}

absl::StatusOr<std::string> CertificatesInFolders(const std::string& folders) {
  std::string certificates;
  for (const absl::string_view folder : absl::StrSplit(folders, ':', absl::SkipEmpty())) {
    certificates += CertificatesInFolder(std::string(folder));
    if (certificates.size() > kMaxBytes) return Unusable(kFolders, "more than 8 MiB of certificates");
  }
  if (certificates.empty()) return Unusable(kFolders, absl::StrCat("no certificate in ", folders));
  return certificates;
}

}  // namespace

absl::StatusOr<SystemTrust> FindSystemTrust() {
  const std::string file = Variable(kFile), folders = Variable(kFolders);
  std::string certificates;
  if (!file.empty()) {
    absl::StatusOr<std::string> read = ReadCertificates(file);
    if (!read.ok()) return read.status();
    if (folders.empty()) return SystemTrust{file, ""};
    certificates = *std::move(read);
  }
  if (folders.empty()) return SystemTrust();
  absl::StatusOr<std::string> others = CertificatesInFolders(folders);
  if (!others.ok()) return others.status();
  return SystemTrust{"", absl::StrCat(file.empty() ? SystemFile() : certificates, *others)};
}

}  // namespace credential_provider
