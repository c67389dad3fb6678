// What kubectl sees: the entries of all kubeconfig files, merged by its rules. To read, not to edit.
#ifndef CREDENTIAL_PROVIDER_KUBECONFIG_WRITER_MERGED_KUBECONFIG_H_
#define CREDENTIAL_PROVIDER_KUBECONFIG_WRITER_MERGED_KUBECONFIG_H_

#include <string>
#include <unordered_map>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "kubeconfig_writer/kubeconfig_document.h"
#include "kubeconfig_writer/kubeconfig_schema.h"
#include "nlohmann/json.hpp"

namespace kubeconfig_writer {

struct KubeconfigEntry {
  std::string name;
  nlohmann::json content;  // null when it has none
  std::string file;        // the one it stands in
};

class MergedKubeconfig {
 public:
  // Reads the files at `paths`, each once; missing ones count as empty. The error names the file that kubectl
  // could not read.
  static absl::StatusOr<MergedKubeconfig> Read(const std::vector<std::string>& paths);

  // Adds what stands in `file`. Of entries with one name the first stays, whole.
  void Add(const KubeconfigDocument& document, const std::string& file);

  const std::vector<KubeconfigEntry>& entries(KubeconfigList list) const;

  // Returns the entry called `name`, or null.
  const KubeconfigEntry* Find(KubeconfigList list, absl::string_view name) const;

  // Of the first file that has one; "" when none has.
  const std::string& current_context() const { return current_context_; }

 private:
  struct List {
    std::vector<KubeconfigEntry> entries;
    std::unordered_map<std::string, size_t> index;
  };
  static constexpr size_t kLists = 3;

  List lists_[kLists];
  std::string current_context_;
};

// Returns the text at `field` of `object`; "" when there is none, or no object.
std::string TextAt(const nlohmann::json& object, const char* field);

// Returns `path` of an entry in `file`: what is relative there is meant from the file's folder.
std::string ResolvePath(const std::string& path, const std::string& file);

}  // namespace kubeconfig_writer

#endif  // CREDENTIAL_PROVIDER_KUBECONFIG_WRITER_MERGED_KUBECONFIG_H_
