#include "kubeconfig_writer/file/merged_kubeconfig.h"

#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "credential_provider/base/file.h"
#include "credential_provider/base/status_context.h"
#include "kubeconfig_writer/file/kubeconfig_file.h"
#include "kubeconfig_writer/schema/relative_path.h"
#include "kubeconfig_writer/schema/text_field.h"

namespace kubeconfig_writer {
namespace {

using credential_provider::ReadFile;
using credential_provider::WithContext;
using credential_provider::WithHint;

constexpr size_t kMaxCredentialBytes = 1 << 20;

}  // namespace

absl::StatusOr<MergedKubeconfig> MergedKubeconfig::Read(const std::vector<std::string>& paths) {
  MergedKubeconfig merged;
  for (const std::string& path : paths) {
    absl::StatusOr<KubeconfigDocument> document = ReadKubeconfig(path);
    if (!document.ok()) return document.status();
    merged.Add(*document, path);
  }
  return merged;
}

void MergedKubeconfig::Add(const KubeconfigDocument& document, const std::string& file) {
  sources_.push_back({document, file});
}

std::vector<std::string> MergedKubeconfig::Names(KubeconfigList list) const {
  std::vector<std::string> names;
  for (const Source& source : sources_) {
    for (std::string& name : source.document.Names(list)) {
      if (SourceOf(list, name) == &source) names.push_back(std::move(name));
    }
  }
  return names;
}

absl::optional<KubeconfigEntry> MergedKubeconfig::Find(KubeconfigList list, absl::string_view name) const {
  const Source* const source = SourceOf(list, name);
  if (source == nullptr) return absl::nullopt;
  return KubeconfigEntry{std::string(name), source->document.Find(list, name).value_or(nullptr),
                         source->file};
}

KubeconfigEntry MergedKubeconfig::Get(KubeconfigList list, absl::string_view name) const {
  return Find(list, name).value_or(KubeconfigEntry{std::string(name), nullptr, ""});
}

std::string MergedKubeconfig::current_context() const {
  for (const Source& source : sources_) {
    std::string current = source.document.current_context();
    if (!current.empty()) return current;
  }
  return "";
}

const MergedKubeconfig::Source* MergedKubeconfig::SourceOf(KubeconfigList list,
                                                           absl::string_view name) const {
  for (const Source& source : sources_) {
    if (source.document.Has(list, name)) return &source;
  }
  return nullptr;
}

absl::StatusOr<std::string> DataOrFile(const KubeconfigEntry& entry, const char* data, const char* file) {
  const std::string text = TextAt(entry.content, data);
  const std::string path = TextAt(entry.content, file);
  if (!text.empty()) {
    std::string decoded;
    if (absl::Base64Unescape(text, &decoded)) return decoded;
    return WithHint(absl::InvalidArgumentError(absl::StrCat(data, ": not base64")),
                    "that field wants the PEM text in base64");
  }
  if (path.empty()) return std::string();
  absl::StatusOr<std::string> read = ReadFile(ResolvePath(path, entry.file), kMaxCredentialBytes);
  if (!read.ok())
    return WithHint(WithContext(read.status(), file),
                    "correct the path in the kubeconfig, or put the file there");
  return read;
}

}  // namespace kubeconfig_writer
