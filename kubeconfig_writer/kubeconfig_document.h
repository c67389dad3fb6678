// The text of a kubeconfig, and the edits that keep every byte of it that is not theirs: comments, order,
// quotes, indentation, anchors, line ends. What is added is written in the file's own style, in JSON too.
#ifndef KUBECONFIG_WRITER_KUBECONFIG_DOCUMENT_H_
#define KUBECONFIG_WRITER_KUBECONFIG_DOCUMENT_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "credential_provider/yaml/yaml_tree.h"
#include "kubeconfig_writer/kubeconfig_change.h"
#include "kubeconfig_writer/kubeconfig_schema.h"
#include "kubeconfig_writer/yaml_edit.h"
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

  const std::string& text() const { return tree_.text(); }

  // True when nothing is left of a document that an edit had begun for a missing file, or nothing was added
  // to one: there should be no file.
  bool file_missing() const { return file_missing_; }

  // Returns the names in `list`, in their order.
  std::vector<std::string> Names(KubeconfigList list) const;

  bool Has(KubeconfigList list, absl::string_view name) const;

  // Returns the content of the entry, the mapping below "cluster:", "user:" or "context:", as kubectl sees it
  // but with unknown fields, or nothing when there is no such entry. An entry without content gives null.
  absl::optional<nlohmann::json> Find(KubeconfigList list, absl::string_view name) const;

  // Returns all entries of `list` with what Find gives for them, in their order.
  std::vector<std::pair<std::string, nlohmann::json>> EntriesOf(KubeconfigList list) const;

  // Returns the current context, or "" if there is none.
  std::string current_context() const { return CurrentContextOf(tree_.root()); }

  // Edits. After each the text is parsed again, and unless it means exactly what was asked the document stays
  // as it was and the call fails. Doing one again changes nothing. Errors are InvalidArgument "line N:
  // reason" when the place cannot be edited safely: an alias or merge key is in the way, or another place
  // refers to it.

  // Makes `content` the whole content of the entry `name`, which is added at the end if there is none. Fields
  // that were in the entry's content are replaced; what stands beside it is kept. REQUIRES: `content` is an
  // object that is not empty; its values are strings (UTF-8), bools, numbers, lists and objects.
  absl::Status Set(KubeconfigList list, absl::string_view name, const nlohmann::ordered_json& content);

  // Removes the entry `name`, if there is one. After Set of a new entry this gives back the bytes from
  // before, also when the entry was the first of its list or the file (see previous_value.h and
  // empty_document.h).
  absl::Status Remove(KubeconfigList list, absl::string_view name);

  // Makes `name` the current context and keeps the one before in a comment, where comments are possible.
  absl::Status SetCurrentContext(absl::string_view name);

  // Gives back what SetCurrentContext put aside; if there is nothing of the kind, no context is current.
  absl::Status RemoveCurrentContext();

 private:
  explicit KubeconfigDocument(credential_provider::YamlTree tree) : tree_(std::move(tree)) {}

  using MakeSplices = absl::FunctionRef<absl::StatusOr<Splices>(const credential_provider::YamlTree&)>;

  absl::Status Add(const KubeconfigChange& change, MakeSplices make);
  absl::Status TakeAway(const KubeconfigChange& change, MakeSplices make);
  absl::Status Become(std::string text, const KubeconfigChange& change);

  credential_provider::YamlTree tree_;
  bool file_missing_ = false;
};

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_KUBECONFIG_DOCUMENT_H_
