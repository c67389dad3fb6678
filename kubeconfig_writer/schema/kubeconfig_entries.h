// The named entries of a kubeconfig's three lists, to be found quickly: there may be thousands.
#ifndef KUBECONFIG_WRITER_SCHEMA_KUBECONFIG_ENTRIES_H_
#define KUBECONFIG_WRITER_SCHEMA_KUBECONFIG_ENTRIES_H_

#include <array>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "credential_provider/yaml/yaml_tree.h"
#include "kubeconfig_writer/schema/kubeconfig_schema.h"

namespace kubeconfig_writer {

// Returns the name of a list's item, or "".
absl::string_view NameOf(const credential_provider::YamlNode& item);

// Returns the current context, or "". REQUIRES: `root` passed CheckKubeconfig.
absl::string_view CurrentContextOf(const credential_provider::YamlNode& root);

class KubeconfigEntries {
 public:
  using Node = credential_provider::YamlNode;

  // The tree of `root` must have passed CheckKubeconfig and outlive this object.
  explicit KubeconfigEntries(const Node& root);

  // The root of the whole document.
  const Node& root() const { return root_; }

  // Returns the items of `list` in their order, unresolved.
  const std::vector<const Node*>& In(KubeconfigList list) const { return Of(list).items; }

  // Returns the item called `name`, or null.
  const Node* Find(KubeconfigList list, absl::string_view name) const;

  // Returns the content of the item called `name`, resolved, or null.
  const Node* FindContent(KubeconfigList list, absl::string_view name) const;

 private:
  struct List {
    std::vector<const Node*> items;
    absl::flat_hash_map<absl::string_view, const Node*> by_name;
  };

  const List& Of(KubeconfigList list) const { return lists_[static_cast<size_t>(list)]; }

  const Node& root_;
  std::array<List, 3> lists_;
};

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_SCHEMA_KUBECONFIG_ENTRIES_H_
