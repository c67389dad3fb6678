#include "credential_provider/platform/kernel_keyring.h"

#include <fcntl.h>
#include <linux/keyctl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "credential_provider/base/file.h"
#include "credential_provider/base/status_context.h"

namespace credential_provider {
namespace {

constexpr char kSubject[] = "keyring";
constexpr char kType[] = "user";
constexpr size_t kLongestDescription = 4096;
constexpr size_t kLongestKeyring = 1 << 20;
constexpr int kFilterMode = 2;  // of PR_GET_SECCOMP
// keyctl_setperm(3): all for who possesses the key; view, read and search for processes of this user that do
// not, such as those of a session keyring without a link to the user's; nothing for others.
constexpr unsigned kPermissions = 0x3f0b0000;
constexpr size_t kLinkBytes = 4;  // what the kernel counts for a place in a keyring
constexpr size_t kMaxProcFile = 1 << 20;
constexpr KeyQuota kUsualQuota = {200, 20000};  // keyrings(7)

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

// Makes a key that ends with the process that makes it.
KeySerial MakeKey(const std::string& description, absl::string_view payload) {
  return static_cast<KeySerial>(syscall(SYS_add_key, kType, description.c_str(), payload.data(),
                                        payload.size(), KEY_SPEC_PROCESS_KEYRING));
}

// Uses keyrings in a child and returns whether it lived to tell. What the calls say does not matter here.
bool ChildSurvivesKeyrings() {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return true;
  const FileDescriptor in(ends[0]);
  FileDescriptor out(ends[1]);
  const pid_t child = fork();
  if (child < 0) return true;
  if (child == 0) {
    MakeKey("credential_provider:try", "x");
    Keyctl(KEYCTL_GET_KEYRING_ID, KEY_SPEC_USER_KEYRING, 0);
    _exit(write(out.get(), "x", 1) == 1 ? 0 : 1);
  }
  out = FileDescriptor();
  char lived;
  const bool survives = read(in.get(), &lived, 1) == 1;
  waitpid(child, nullptr, 0);
  return survives;
}

}  // namespace

absl::Status CheckKeyringsCanBeTried() {
  static const bool can = prctl(PR_GET_SECCOMP, 0, 0, 0, 0) != kFilterMode || ChildSurvivesKeyrings();
  if (can) return absl::OkStatus();
  return absl::PermissionDeniedError("keyring: a seccomp filter kills whoever uses it here");
}

bool ReadUserKey(KeySerial key, std::string* payload) {
  return Keyctl(KEYCTL_READ, key, &(*payload)[0], payload->size()) == static_cast<long>(payload->size());
}

absl::StatusOr<KeySerial> PutUserKey(const std::string& description, absl::string_view payload,
                                     absl::Duration lifetime) {
  const auto seconds = static_cast<unsigned>(std::max<int64_t>(1, absl::ToInt64Seconds(lifetime)));
  const KeySerial key = MakeKey(description, payload);
  absl::Status result = Result(key);
  if (!result.ok()) return result;
  result = Result(Keyctl(KEYCTL_SETPERM, key, kPermissions));
  if (result.ok()) result = Result(Keyctl(KEYCTL_SET_TIMEOUT, key, seconds));
  if (result.ok()) result = Result(Keyctl(KEYCTL_LINK, key, KEY_SPEC_USER_KEYRING));
  Keyctl(KEYCTL_UNLINK, key, KEY_SPEC_PROCESS_KEYRING);
  if (!result.ok()) return result;
  return key;
}

absl::Status RemoveUserKey(KeySerial key) {
  const absl::Status removed = Result(Keyctl(KEYCTL_UNLINK, key, KEY_SPEC_USER_KEYRING));
  Keyctl(KEYCTL_INVALIDATE, key);  // or it can be read by its number for a moment yet
  return removed;
}

// The kernel's text is "type;uid;gid;permissions;description".
std::string DescriptionOfUserKey(KeySerial key) {
  char buffer[kLongestDescription];
  const long size = Keyctl(KEYCTL_DESCRIBE, key, buffer, sizeof(buffer));
  if (size <= 0 || size > static_cast<long>(sizeof(buffer))) return "";
  const std::vector<std::string> fields =
      absl::StrSplit(absl::string_view(buffer, static_cast<size_t>(size) - 1), absl::MaxSplits(';', 4));
  return fields.size() == 5 && fields[0] == kType ? fields[4] : "";
}

size_t SizeOfUserKey(KeySerial key) {
  const long size = Keyctl(KEYCTL_READ, key, nullptr, 0);
  return size < 0 ? 0 : static_cast<size_t>(size);
}

std::vector<UserKey> ListUserKeys() {
  std::vector<UserKey> keys;
  const long size = Keyctl(KEYCTL_READ, KEY_SPEC_USER_KEYRING, nullptr, 0);
  if (size <= 0 || size > static_cast<long>(kLongestKeyring)) return keys;
  std::vector<KeySerial> serials(static_cast<size_t>(size) / sizeof(KeySerial));
  const long known =
      Keyctl(KEYCTL_READ, KEY_SPEC_USER_KEYRING, serials.data(), serials.size() * sizeof(KeySerial));
  serials.resize(known < 0 ? 0 : std::min(serials.size(), static_cast<size_t>(known) / sizeof(KeySerial)));
  for (const KeySerial key : serials) {
    std::string description = DescriptionOfUserKey(key);
    if (!description.empty()) keys.push_back({key, std::move(description)});
  }
  return keys;
}

// A line is "uid: keys made/complete counted/allowed bytes/allowed"; see proc(5).
KeyQuota QuotaOfUser() {
  const absl::StatusOr<std::string> users = ReadFile("/proc/key-users", kMaxProcFile);
  const std::vector<std::string> lines = absl::StrSplit(users.value_or(""), '\n');
  for (const std::string& line : lines) {
    const std::vector<std::string> numbers = absl::StrSplit(line, absl::ByAnyChar(" :/"), absl::SkipEmpty());
    uid_t user;
    KeyQuota quota;
    if (numbers.size() == 8 && absl::SimpleAtoi(numbers[0], &user) && user == geteuid() &&
        absl::SimpleAtoi(numbers[5], &quota.keys) && absl::SimpleAtoi(numbers[7], &quota.bytes))
      return quota;
  }
  return kUsualQuota;
}

size_t QuotaCharge(size_t description_size, size_t payload_size) {
  return description_size + 1 + payload_size + kLinkBytes;
}

}  // namespace credential_provider
