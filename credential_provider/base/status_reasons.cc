#include "credential_provider/base/status_reasons.h"

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "absl/types/optional.h"

namespace credential_provider {
namespace {

constexpr char kReasonsPayload[] = "credential_provider/reasons";
constexpr char kBetweenReasons[] = "; ";

std::string InParentheses(absl::string_view text) { return absl::StrCat(" (", text, ")"); }

}  // namespace

absl::Status WithReasons(const absl::Status& status, const std::vector<std::string>& reasons) {
  if (status.ok() || reasons.empty()) return status;
  absl::Status result(status.code(),
                      absl::StrCat(status.message(), InParentheses(absl::StrJoin(reasons, kBetweenReasons))));
  status.ForEachPayload(
      [&result](absl::string_view url, const absl::Cord& value) { result.SetPayload(url, value); });
  result.SetPayload(kReasonsPayload, absl::Cord(absl::StrJoin(reasons, "\n")));
  return result;
}

ReasonedMessage MessageOf(const absl::Status& status) {
  const absl::optional<absl::Cord> payload = status.GetPayload(kReasonsPayload);
  if (!payload) return {std::string(status.message()), {}};
  const std::vector<std::string> reasons = absl::StrSplit(std::string(*payload), '\n');
  absl::string_view message = status.message();
  if (!absl::ConsumeSuffix(&message, InParentheses(absl::StrJoin(reasons, kBetweenReasons))))
    return {std::string(message), {}};
  return {std::string(message), reasons};
}

}  // namespace credential_provider
