// The id of an ACK cluster.
#ifndef CREDENTIAL_PROVIDER_ALIBABA_CLOUD_CLUSTER_ID_H_
#define CREDENTIAL_PROVIDER_ALIBABA_CLOUD_CLUSTER_ID_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace credential_provider {

// InvalidArgument unless `id` could be one: it becomes part of a path, an argument and a context's name.
absl::Status CheckClusterId(absl::string_view id);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_ALIBABA_CLOUD_CLUSTER_ID_H_
