#include "credential_provider/base/status_context.h"

#include <cerrno>
#include <cstring>

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "absl/types/optional.h"

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

// Returns the length of the well-formed UTF-8 character at the start of `text`, or 0. The second byte has
// narrower bounds behind some first bytes, which keep out overlong forms, surrogates and what is beyond
// U+10FFFF.
size_t Utf8Length(absl::string_view text) {
  const auto byte = [text](size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  const size_t length = lead < 0x80   ? 1
                        : lead < 0xC2 ? 0
                        : lead < 0xE0 ? 2
                        : lead < 0xF0 ? 3
                        : lead < 0xF5 ? 4
                                      : 0;
  if (length <= 1 || length > text.size()) return length == 1 ? 1 : 0;
  const unsigned char least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  const unsigned char most = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  if (byte(1) < least || byte(1) > most) return 0;
  for (size_t i = 2; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return 0;
  }
  return length;
}

// U+0080 to U+009F are control characters too; some terminals obey them.
bool IsControl(absl::string_view character) {
  const auto lead = static_cast<unsigned char>(character[0]);
  if (lead == 0xC2) return static_cast<unsigned char>(character[1]) < 0xA0;
  return lead < 0x20 || lead == 0x7F;
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
  if (status.ok() || status.GetPayload(kHintPayload).has_value()) return status;
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
    if (length == 0 || IsControl(text)) {
      result += text[0] == '\n' || text[0] == '\t' ? ' ' : '?';
    } else {
      result.append(text.data(), length);
    }
    text.remove_prefix(length == 0 ? 1 : length);
  }
  return result;
}

}  // namespace credential_provider
