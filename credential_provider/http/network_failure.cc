#include "credential_provider/http/network_failure.h"

#include <string>

#include "absl/strings/cord.h"
#include "absl/types/optional.h"

namespace credential_provider {
namespace {

constexpr char kPayload[] = "credential_provider/network-failure";

}  // namespace

absl::Status WithNetworkFailure(absl::Status status, NetworkFailure failure) {
  if (!status.ok()) status.SetPayload(kPayload, absl::Cord(std::string(1, static_cast<char>(failure))));
  return status;
}

NetworkFailure NetworkFailureOf(const absl::Status& status) {
  const absl::optional<absl::Cord> payload = status.GetPayload(kPayload);
  return payload ? static_cast<NetworkFailure>(std::string(*payload)[0]) : NetworkFailure::kOther;
}

}  // namespace credential_provider
