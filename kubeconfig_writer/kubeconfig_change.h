// Proves that an edit did what it should and nothing else, by comparing what the text means before and after.
#ifndef KUBECONFIG_WRITER_KUBECONFIG_CHANGE_H_
#define KUBECONFIG_WRITER_KUBECONFIG_CHANGE_H_

#include <string>

#include "absl/status/status.h"
#include "absl/types/optional.h"
#include "credential_provider/yaml/yaml_tree.h"
#include "kubeconfig_writer/kubeconfig_schema.h"
#include "nlohmann/json.hpp"

namespace kubeconfig_writer {

// What an edit is meant to change. Everything else must keep its meaning and its place.
struct KubeconfigChange {
  // The entry `name` of `list` becomes `content`, or goes if there is none.
  struct Entry {
    KubeconfigList list;
    std::string name;
    absl::optional<nlohmann::json> content;
  };
  absl::optional<Entry> entry;

  // The current context becomes `name`, or whatever else it was before if there is none.
  struct CurrentContext {
    absl::optional<std::string> name;
  };
  absl::optional<CurrentContext> current_context;
};

// Returns the current context, or "". REQUIRES: `root` passed CheckKubeconfig.
std::string CurrentContextOf(const credential_provider::YamlNode& root);

// Returns the name of a list's item, or "". REQUIRES: the same.
std::string NameOf(const credential_provider::YamlNode& item);

// Returns OK when `after` is `before` with `change`, else Internal with the place that differs.
absl::Status CheckChange(const credential_provider::YamlNode& before,
                         const credential_provider::YamlNode& after, const KubeconfigChange& change);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_KUBECONFIG_CHANGE_H_
