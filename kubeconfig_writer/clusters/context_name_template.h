// How contexts are called: a template, and what keeps apart those that it would give the same name.
#ifndef KUBECONFIG_WRITER_CLUSTERS_CONTEXT_NAME_TEMPLATE_H_
#define KUBECONFIG_WRITER_CLUSTERS_CONTEXT_NAME_TEMPLATE_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "credential_provider/alibaba_cloud/clusters.h"

namespace kubeconfig_writer {

inline constexpr char kDefaultNameTemplate[] = "{issuer}-{id}";

// InvalidArgument when braces in `name_template` hold anything but name, id, region or issuer.
absl::Status CheckNameTemplate(absl::string_view name_template);

// Tells whether `name_template` asks for more than the cluster's id and the issuer.
bool NeedsDetails(absl::string_view name_template);

// Returns the names of the contexts of `clusters`, which have different ids, all different. Those that the
// template alone would give the same name get as much of their ids after it as tells them apart.
// InvalidArgument when a template without a placeholder meets several clusters, or a name comes out that is
// empty or has control characters. REQUIRES: `name_template` passed CheckNameTemplate.
absl::StatusOr<std::vector<std::string>> NamesFor(absl::string_view name_template, absl::string_view issuer,
                                                  absl::Span<const credential_provider::Cluster> clusters);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_CLUSTERS_CONTEXT_NAME_TEMPLATE_H_
