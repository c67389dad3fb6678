#include "credential_provider/runs/run_record.h"

#include <algorithm>
#include <cstring>

#include "credential_provider/base/status_context.h"

namespace credential_provider {

void IssueRecord::Fail(const absl::Status& status, absl::string_view proof_now, absl::Time now) {
  failed_us = absl::ToUnixMicros(now);
  constexpr int32_t kMost = 1 << 20;  // a file may hold any number
  failures = std::min(std::max(failures, 0), kMost) + 1;
  SetField(proof_now, proof, sizeof(proof));
  failed_code = static_cast<int32_t>(status.code());
  SetField(status.message(), reason, sizeof(reason));
  SetField(HintOf(status), hint, sizeof(hint));
}

bool IssueRecord::HasProof(absl::string_view proof_now) const {
  return GetField(proof, sizeof(proof)) == proof_now.substr(0, sizeof(proof) - 1);
}

absl::Status IssueRecord::Failure() const {
  if (failures <= 0) return absl::OkStatus();
  // What the file says may be anything, but whoever has failed did not succeed.
  const auto code =
      failed_code == 0 ? absl::StatusCode::kUnknown : static_cast<absl::StatusCode>(failed_code);
  const absl::Status status(code, GetField(reason, sizeof(reason)));
  const std::string action = GetField(hint, sizeof(hint));
  return action.empty() ? status : WithHint(status, action);
}

void SetField(absl::string_view text, char* field, size_t size) {
  std::memset(field, 0, size);
  std::memcpy(field, text.data(), std::min(text.size(), size - 1));
}

std::string GetField(const char* field, size_t size) { return std::string(field, strnlen(field, size)); }

}  // namespace credential_provider
