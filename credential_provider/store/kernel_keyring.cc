#include "credential_provider/store/kernel_keyring.h"

#include <linux/keyctl.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/string_view.h"
#include "credential_provider/base/status_context.h"

namespace credential_provider {
namespace {

constexpr char kSubject[] = "keyring";
constexpr char kType[] = "user";
// A key of the type "user" holds at most 32767 bytes.
constexpr size_t kLargestPayload = 32767;
// keyctl_setperm(3): all for who possesses the key; view, read, write, search and link for processes of this
// user that do not, such as those of a session keyring without a link to the user's; nothing for others.
constexpr unsigned kPermissions = 0x3f1f0000;

template <typename... Args>
long Keyctl(int operation, Args... args) {
  return syscall(SYS_keyctl, operation, args...);
}

absl::Status KeyringError(int error_number) {
  switch (error_number) {
    case ENOKEY:
    case EKEYEXPIRED:
    case EKEYREVOKED:
      return absl::NotFoundError("keyring: no such key");
    case ENOSYS:
      return absl::PermissionDeniedError("keyring: not available here");
    case EDQUOT:
      return absl::ResourceExhaustedError("keyring: this user's quota is used up");
    default:
      return ErrnoError(error_number, kSubject);
  }
}

absl::Status Result(long returned) { return returned < 0 ? KeyringError(errno) : absl::OkStatus(); }

// Returns what a keyctl operation that fills a buffer gives; `fill` returns the whole size, or -1.
template <typename Fill>
absl::StatusOr<Secret> ReadAllOf(Fill fill) {
  char buffer[kLargestPayload + 1];
  const long size = fill(buffer, sizeof(buffer));
  if (size < 0) return KeyringError(errno);
  const size_t known = std::min(sizeof(buffer), static_cast<size_t>(size));
  Secret data(std::string(buffer, known));
  explicit_bzero(buffer, known);
  return data;
}

// Returns the description of a key of type "user"; "" for others. The kernel's text is
// "type;uid;gid;permissions;description".
std::string DescriptionOf(KeySerial key) {
  const absl::StatusOr<Secret> data =
      ReadAllOf([key](char* buffer, size_t size) { return Keyctl(KEYCTL_DESCRIBE, key, buffer, size); });
  if (!data.ok() || !absl::StartsWith(data->Reveal(), "user;")) return "";
  const std::string& text = data->Reveal();
  size_t begin = 0;
  for (int field = 0; field < 4; ++field) {
    begin = text.find(';', begin);
    if (begin == std::string::npos) return "";
    ++begin;
  }
  return text.substr(begin, text.find('\0', begin) - begin);
}

}  // namespace

absl::StatusOr<KeySerial> FindUserKey(const std::string& description) {
  const long key = Keyctl(KEYCTL_SEARCH, KEY_SPEC_USER_KEYRING, kType, description.c_str(), 0);
  if (key < 0) return KeyringError(errno);
  return static_cast<KeySerial>(key);
}

absl::StatusOr<Secret> ReadUserKey(KeySerial key) {
  return ReadAllOf([key](char* buffer, size_t size) { return Keyctl(KEYCTL_READ, key, buffer, size); });
}

absl::Status PutUserKey(const std::string& description, const Secret& payload, absl::Duration lifetime) {
  if (payload.Reveal().size() > kLargestPayload)
    return absl::ResourceExhaustedError("keyring: larger than a key may be");
  const auto seconds = static_cast<unsigned>(std::max<int64_t>(1, absl::ToInt64Seconds(lifetime)));
  const long key = syscall(SYS_add_key, kType, description.c_str(), payload.Reveal().data(),
                           payload.Reveal().size(), KEY_SPEC_PROCESS_KEYRING);
  absl::Status result = Result(key);
  if (!result.ok()) return result;
  result = Result(Keyctl(KEYCTL_SETPERM, key, kPermissions));
  if (result.ok()) result = Result(Keyctl(KEYCTL_SET_TIMEOUT, key, seconds));
  if (result.ok()) result = Result(Keyctl(KEYCTL_LINK, key, KEY_SPEC_USER_KEYRING));
  Keyctl(KEYCTL_UNLINK, key, KEY_SPEC_PROCESS_KEYRING);
  return result;
}

absl::Status RemoveUserKey(KeySerial key) {
  return Result(Keyctl(KEYCTL_UNLINK, key, KEY_SPEC_USER_KEYRING));
}

std::vector<UserKey> ListUserKeys() {
  const absl::StatusOr<Secret> serials = ReadAllOf(
      [](char* buffer, size_t size) { return Keyctl(KEYCTL_READ, KEY_SPEC_USER_KEYRING, buffer, size); });
  std::vector<UserKey> keys;
  if (!serials.ok()) return keys;
  const std::string& bytes = serials->Reveal();
  std::vector<KeySerial> list(bytes.size() / sizeof(KeySerial));
  std::copy_n(bytes.data(), list.size() * sizeof(KeySerial), reinterpret_cast<char*>(list.data()));
  for (const KeySerial key : list) {
    std::string description = DescriptionOf(key);
    if (!description.empty()) keys.push_back({key, std::move(description)});
  }
  return keys;
}

}  // namespace credential_provider
