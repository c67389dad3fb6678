#include "kubeconfig_writer/contexts/context_entries.h"

#include <fcntl.h>

#include <cerrno>
#include <utility>

#include "absl/types/optional.h"
#include "credential_provider/base/file.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/yaml/yaml_tree.h"
#include "kubeconfig_writer/document/kubeconfig_document.h"
#include "kubeconfig_writer/document/kubeconfig_outline.h"

namespace kubeconfig_writer {
namespace {

struct Text {
  std::string path;
  std::string text;
};

// A missing file counts as empty.
absl::StatusOr<std::vector<Text>> ReadTexts(const std::vector<std::string>& paths) {
  std::vector<Text> texts;
  for (const std::string& path : paths) {
    const credential_provider::FileDescriptor file(open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
    if (!file.ok() && errno == ENOENT) continue;
    if (!file.ok()) return credential_provider::ErrnoError(errno, path);
    absl::StatusOr<std::string> text =
        credential_provider::ReadAll(file.get(), credential_provider::kMaxYamlBytes, path);
    if (!text.ok()) return text.status();
    texts.push_back({path, *std::move(text)});
  }
  return texts;
}

// Nothing when one of them has none.
absl::optional<std::vector<KubeconfigOutline>> OutlinesOf(const std::vector<Text>& texts) {
  std::vector<KubeconfigOutline> outlines;
  for (const Text& text : texts) {
    absl::optional<KubeconfigOutline> outline = KubeconfigOutline::Of(text.text);
    if (!outline) return absl::nullopt;
    outlines.push_back(*std::move(outline));
  }
  return outlines;
}

std::string CurrentContextOf(const std::vector<KubeconfigOutline>& outlines) {
  for (const KubeconfigOutline& outline : outlines) {
    if (!outline.current_context().empty()) return outline.current_context();
  }
  return "";
}

// Of the first file that has it, as in MergedKubeconfig.
EntryNames NamesOf(const std::string& context, const std::vector<KubeconfigOutline>& outlines) {
  for (const KubeconfigOutline& outline : outlines) {
    absl::optional<EntryNames> names = outline.Find(context);
    if (names) return *std::move(names);
  }
  return {context, "", ""};
}

absl::StatusOr<MergedKubeconfig> Merged(std::vector<Text> texts) {
  MergedKubeconfig merged;
  for (Text& text : texts) {
    absl::StatusOr<KubeconfigDocument> document = KubeconfigDocument::Parse(std::move(text.text));
    if (!document.ok()) return document.status();
    merged.Add(*document, text.path);
  }
  return merged;
}

}  // namespace

absl::StatusOr<MergedKubeconfig> ReadContext(const std::vector<std::string>& paths, absl::string_view name) {
  absl::StatusOr<std::vector<Text>> texts = ReadTexts(paths);
  if (!texts.ok()) return texts.status();
  const absl::optional<std::vector<KubeconfigOutline>> outlines = OutlinesOf(*texts);
  if (!outlines) return Merged(*std::move(texts));
  const EntryNames names = NamesOf(name.empty() ? CurrentContextOf(*outlines) : std::string(name), *outlines);
  std::vector<Text> parts;
  for (size_t i = 0; i < texts->size(); ++i) parts.push_back({(*texts)[i].path, (*outlines)[i].Only(names)});
  return Merged(std::move(parts));
}

}  // namespace kubeconfig_writer
