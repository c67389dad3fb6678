#include "credential_provider/base/status_context.h"

#include <cerrno>
#include <cstring>

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "absl/types/optional.h"
#include "credential_provider/base/safe_text.h"

namespace credential_provider {
namespace {

constexpr char kHintPayload[] = "credential_provider/hint";

absl::StatusCode CodeOf(int error_number) {
  switch (error_number) {
    case ENOENT:
    case ENOTDIR:
      return absl::StatusCode::kNotFound;
    case EACCES:
    case EPERM:
    case EROFS:
      return absl::StatusCode::kPermissionDenied;
    case EEXIST:
      return absl::StatusCode::kAlreadyExists;
    case ENOSPC:
    case EDQUOT:
    case EMFILE:
    case ENFILE:
    case ENOMEM:
      return absl::StatusCode::kResourceExhausted;
    default:
      return absl::StatusCode::kUnknown;
  }
}

}  // namespace

absl::Status WithContext(const absl::Status& status, absl::string_view subject) {
  if (status.ok()) return status;
  absl::Status result(status.code(), absl::StrCat(subject, ": ", status.message()));
  status.ForEachPayload(
      [&result](absl::string_view url, const absl::Cord& value) { result.SetPayload(url, value); });
  return result;
}

absl::Status WithHint(const absl::Status& status, absl::string_view hint) {
  if (status.ok() || hint.empty() || status.GetPayload(kHintPayload).has_value()) return status;
  absl::Status result = status;
  result.SetPayload(kHintPayload, absl::Cord(hint));
  return result;
}

std::string HintOf(const absl::Status& status) {
  const absl::optional<absl::Cord> hint = status.GetPayload(kHintPayload);
  return hint.has_value() ? std::string(*hint) : "";
}

absl::Status ErrnoError(int error_number, absl::string_view subject) {
  return absl::Status(CodeOf(error_number), absl::StrCat(subject, ": ", std::strerror(error_number)));
}

std::string Printable(absl::string_view text, size_t max_bytes) {
  std::string result;
  while (!text.empty()) {
    const size_t length = Utf8Length(text);
    if (result.size() + length > max_bytes) return result + "...";
    if (length == 0 || IsUnsafe(text.substr(0, length))) {
      result += text[0] == '\n' || text[0] == '\t' ? ' ' : '?';
    } else {
      absl::StrAppend(&result, text.substr(0, length));
    }
    text.remove_prefix(length == 0 ? 1 : length);
  }
  return result;
}

}  // namespace credential_provider
