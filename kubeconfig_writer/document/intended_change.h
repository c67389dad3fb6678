// Proves that an edit did what it should and nothing else, by comparing what the text means before and after.
#ifndef KUBECONFIG_WRITER_DOCUMENT_INTENDED_CHANGE_H_
#define KUBECONFIG_WRITER_DOCUMENT_INTENDED_CHANGE_H_

#include <map>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/types/optional.h"
#include "credential_provider/yaml/yaml_tree.h"
#include "kubeconfig_writer/schema/kubeconfig_entries.h"
#include "kubeconfig_writer/schema/kubeconfig_schema.h"
#include "nlohmann/json.hpp"

namespace kubeconfig_writer {

// What edits are meant to change. Everything else must keep its meaning and its place.
struct KubeconfigChange {
  // Entries and the content that they get; those without content go.
  std::map<std::pair<KubeconfigList, std::string>, absl::optional<nlohmann::json>> entries;

  // The current context becomes `name`, or whatever else it was before if there is none.
  struct CurrentContext {
    absl::optional<std::string> name;
  };
  absl::optional<CurrentContext> current_context;

  bool empty() const { return entries.empty() && !current_context.has_value(); }
};

// True when an entry's `content` says what is `wanted`, and beside it of lists at most that they are empty:
// what was there before may come back with `args: null`, which is no args to kubectl.
bool Means(const nlohmann::json& content, const nlohmann::json& wanted);

// Returns OK when `after` is `before` with `change`, else Internal with the place that differs.
absl::Status CheckChange(const KubeconfigEntries& before, const KubeconfigEntries& after,
                         const KubeconfigChange& change);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_DOCUMENT_INTENDED_CHANGE_H_
