// How contexts are called: a template, and what keeps apart those that it would give the same name.
#ifndef KUBECONFIG_WRITER_CLUSTERS_CONTEXT_NAME_TEMPLATE_H_
#define KUBECONFIG_WRITER_CLUSTERS_CONTEXT_NAME_TEMPLATE_H_

#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "credential_provider/alibaba_cloud/clusters.h"

namespace kubeconfig_writer {

inline constexpr char kDefaultNameTemplate[] = "{issuer}-{id}";

// What is in a template beside what is the cluster's own ({name}, {id}, {region}): by its word without
// braces, "issuer" or "profile". What is not in it has no value.
using NameValues = std::map<std::string, std::string>;

// InvalidArgument when braces in `name_template` hold a word that there is none of.
absl::Status CheckNameTemplate(absl::string_view name_template);

// Tells whether `name_template` asks for `word`: "account".
bool AsksFor(absl::string_view name_template, absl::string_view word);

// Tells whether `name_template` asks for more of the cluster than its id.
bool NeedsDetails(absl::string_view name_template);

// InvalidArgument when the name that `cluster` gets is empty or has control characters.
absl::Status CheckNameOf(const credential_provider::Cluster& cluster, absl::string_view name_template,
                         const NameValues& values);

// Returns the names of the contexts of `clusters`, which have different ids, all different. Those that the
// template alone would give the same name get as much of their ids after it as tells them apart.
// InvalidArgument when a template without a placeholder meets several clusters, and for a name as above.
// REQUIRES: `name_template` passed CheckNameTemplate.
absl::StatusOr<std::vector<std::string>> NamesFor(absl::string_view name_template, const NameValues& values,
                                                  absl::Span<const credential_provider::Cluster> clusters);

// The same for clusters that several callers see, who have values of their own. InvalidArgument, too, when
// two of them see one cluster, and the template gives it one name.
struct ClusterToName {
  const credential_provider::Cluster* cluster;
  const NameValues* values;
};
absl::StatusOr<std::vector<std::string>> NamesFor(absl::string_view name_template,
                                                  absl::Span<const ClusterToName> clusters);

// Returns `name` with the beginning of the cluster's id, for one that is taken.
std::string NameWithId(absl::string_view name, const credential_provider::Cluster& cluster);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_CLUSTERS_CONTEXT_NAME_TEMPLATE_H_
