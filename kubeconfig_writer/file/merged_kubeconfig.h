// What kubectl sees: the entries of all kubeconfig files, merged by its rules. To read, not to edit.
#ifndef KUBECONFIG_WRITER_FILE_MERGED_KUBECONFIG_H_
#define KUBECONFIG_WRITER_FILE_MERGED_KUBECONFIG_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "kubeconfig_writer/document/kubeconfig_document.h"
#include "kubeconfig_writer/schema/kubeconfig_schema.h"
#include "nlohmann/json.hpp"

namespace kubeconfig_writer {

struct KubeconfigEntry {
  std::string name;
  nlohmann::json content;  // null when it has none
  std::string file;        // the one it is in
};

class MergedKubeconfig {
 public:
  // Reads the files at `paths`, each once; missing ones count as empty. The error names the file that kubectl
  // could not read.
  static absl::StatusOr<MergedKubeconfig> Read(const std::vector<std::string>& paths);

  // Adds what is in `file`. Of entries with one name the first stays, whole.
  void Add(const KubeconfigDocument& document, const std::string& file);

  // Returns the names in `list`, in their order.
  std::vector<std::string> Names(KubeconfigList list) const;

  // Returns the entry called `name`, or nothing. Entries are made when they are asked for: there may be
  // thousands.
  absl::optional<KubeconfigEntry> Find(KubeconfigList list, absl::string_view name) const;

  // The same for a name that Names() has returned. For any other it is one without content.
  KubeconfigEntry Get(KubeconfigList list, absl::string_view name) const;

  // Of the first file that has one; "" when none has.
  std::string current_context() const;

 private:
  struct Source {
    KubeconfigDocument document;
    std::string file;
  };

  const Source* SourceOf(KubeconfigList list, absl::string_view name) const;

  std::vector<Source> sources_;
};

// The base64 text in the field `data`, decoded, or else the file that the field `file` names, below the
// entry's folder. "" when the entry has neither. InvalidArgument names the field and no value.
absl::StatusOr<std::string> DataOrFile(const KubeconfigEntry& entry, const char* data, const char* file);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_FILE_MERGED_KUBECONFIG_H_
