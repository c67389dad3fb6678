#include "credential_provider/alibaba_cloud/cluster_id.h"

namespace credential_provider {

absl::Status CheckClusterId(absl::string_view id) {
  constexpr size_t kLongest = 64;
  const bool valid =
      !id.empty() && id.size() <= kLongest &&
      id.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") ==
          absl::string_view::npos;
  return valid ? absl::OkStatus() : absl::InvalidArgumentError("not a cluster id: c and 32 hex digits");
}

}  // namespace credential_provider
