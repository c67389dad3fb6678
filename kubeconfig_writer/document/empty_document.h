// Kubeconfigs without any entry: how one becomes a full document, and how it becomes again what it was.
//
// A comment line above what is added tells what was there, because text alone could not:
//
//     # kubeconfig_writer made this file.
//     apiVersion: v1
//     kind: Config
#ifndef KUBECONFIG_WRITER_DOCUMENT_EMPTY_DOCUMENT_H_
#define KUBECONFIG_WRITER_DOCUMENT_EMPTY_DOCUMENT_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/types/optional.h"
#include "credential_provider/yaml/yaml_tree.h"

namespace kubeconfig_writer {

// Returns true for a document that is nothing, null, or {} on one line.
bool IsEmptyDocument(const credential_provider::YamlTree& tree);

// Returns the text of `tree` with apiVersion and kind added after what is there; null or {} becomes a
// comment. REQUIRES: IsEmptyDocument(tree).
absl::StatusOr<std::string> FillEmptyDocument(const credential_provider::YamlTree& tree, bool file_missing);

struct EmptiedDocument {
  std::string text;
  bool file_missing;  // there was no file at all
};

// Returns the reverse of FillEmptyDocument. Nothing when `tree` holds more than what that added.
absl::optional<EmptiedDocument> RestoreEmptyDocument(const credential_provider::YamlTree& tree);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_DOCUMENT_EMPTY_DOCUMENT_H_
