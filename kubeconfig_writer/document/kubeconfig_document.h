// The text of a kubeconfig, and the edits that keep every byte of it that is not theirs: comments, order,
// quotes, indentation, anchors, line ends. What is added is written in the file's own style, in JSON too.
#ifndef KUBECONFIG_WRITER_DOCUMENT_KUBECONFIG_DOCUMENT_H_
#define KUBECONFIG_WRITER_DOCUMENT_KUBECONFIG_DOCUMENT_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "credential_provider/yaml/yaml_tree.h"
#include "kubeconfig_writer/document/intended_change.h"
#include "kubeconfig_writer/edits/kubeconfig_edit.h"
#include "kubeconfig_writer/schema/kubeconfig_entries.h"
#include "kubeconfig_writer/schema/kubeconfig_schema.h"
#include "kubeconfig_writer/secrets/secret_mask.h"
#include "nlohmann/json.hpp"

namespace kubeconfig_writer {

class KubeconfigDocument {
 public:
  // Returns the document, or InvalidArgument "line N: reason" for what kubectl would not load, or what could
  // not be edited without a doubt: several documents, duplicate keys or names, UTF-16, tabs that indent,
  // bounds of YamlTree. The reason quotes no value but the names of entries.
  static absl::StatusOr<KubeconfigDocument> Parse(std::string text);

  // Returns the document of a file that does not exist.
  static KubeconfigDocument ForMissingFile();

  // Good until the next Apply.
  const std::string& text() const { return tree().text(); }

  // What the text holds, as long.
  const credential_provider::YamlNode& root() const { return tree().root(); }

  // The text, to be kept when the document is not.
  std::shared_ptr<const std::string> shared_text() const { return tree().shared_text(); }

  // Returns the text without its secrets, on as many lines.
  std::string MaskedText() const { return MaskSecrets(tree()); }

  // True when nothing is left of a document that an edit had begun for a missing file, or nothing was added
  // to one: there should be no file.
  bool file_missing() const { return file_missing_; }

  // Returns the names in `list`, in their order.
  std::vector<std::string> Names(KubeconfigList list) const;

  bool Has(KubeconfigList list, absl::string_view name) const {
    return entries().Find(list, name) != nullptr;
  }

  // Returns the content of the entry, the mapping below "cluster:", "user:" or "context:", as kubectl sees it
  // but with unknown fields, or nothing when there is no such entry. An entry without content gives null.
  absl::optional<nlohmann::json> Find(KubeconfigList list, absl::string_view name) const;

  // Returns the current context, or "" if there is none.
  std::string current_context() const { return std::string(CurrentContextOf(tree().root())); }

  // Returns whether uninstall can restore today's current-context: false in flow style (JSON), which has no
  // comments to keep it in.
  bool CanKeepContext() const {
    return tree().root().style != credential_provider::YamlStyle::kFlow || current_context().empty();
  }

  // Makes all of `edits`, as if one after the other, or none of them. The new text is parsed again, and
  // unless it means exactly what was asked the document stays as it was and the call fails. Making them again
  // changes nothing. Errors are InvalidArgument "line N: reason" when a place cannot be edited safely: an
  // alias or merge key is in the way, or another place refers to it; and those of KubeconfigEdit. A large
  // document takes a while to parse, so what belongs together should be one call.
  absl::Status Apply(const std::vector<KubeconfigEdit>& edits);

  // Returns true when Apply(edits) would change nothing, or its error when they make no sense.
  absl::StatusOr<bool> HasMade(const std::vector<KubeconfigEdit>& edits) const;

  // Single edits: see KubeconfigEdit.
  absl::Status Set(KubeconfigList list, absl::string_view name, const nlohmann::ordered_json& content) {
    return Apply({KubeconfigEdit::Set(list, name, content)});
  }
  absl::Status Remove(KubeconfigList list, absl::string_view name) {
    return Apply({KubeconfigEdit::Remove(list, name)});
  }
  absl::Status SetField(KubeconfigList list, absl::string_view name, absl::string_view field,
                        const nlohmann::ordered_json& value) {
    return Apply({KubeconfigEdit::SetField(list, name, field, value)});
  }
  absl::Status RemoveField(KubeconfigList list, absl::string_view name, absl::string_view field) {
    return Apply({KubeconfigEdit::RemoveField(list, name, field)});
  }
  absl::Status SetCurrentContext(absl::string_view name) { return Apply({KubeconfigEdit::Use(name)}); }
  absl::Status RemoveCurrentContext() { return Apply({KubeconfigEdit::Unuse()}); }

 private:
  // The tree of a text that passed CheckKubeconfig. Copies of a document share it.
  struct Parsed {
    explicit Parsed(credential_provider::YamlTree parsed) : tree(std::move(parsed)) {}
    credential_provider::YamlTree tree;
    std::unique_ptr<const KubeconfigEntries> entries;  // made when they are first asked for
  };

  explicit KubeconfigDocument(std::shared_ptr<Parsed> parsed) : parsed_(std::move(parsed)) {}

  static absl::StatusOr<std::shared_ptr<Parsed>> ParseText(std::string text);

  const credential_provider::YamlTree& tree() const { return parsed_->tree; }
  const KubeconfigEntries& entries() const;

  absl::StatusOr<KubeconfigChange> IntendedChangeOf(const std::vector<KubeconfigEdit>& edits) const;
  absl::Status Fill();
  absl::Status ApplyInRounds(std::vector<KubeconfigEdit> edits);
  absl::Status AddHeaderIfEmpty();

  std::shared_ptr<Parsed> parsed_;
  bool file_missing_ = false;
};

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_DOCUMENT_KUBECONFIG_DOCUMENT_H_
