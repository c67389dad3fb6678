#include "tests/simulation/keyring.h"

#include <linux/keyctl.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "absl/strings/str_cat.h"

namespace credential_provider::simulation {
namespace {

constexpr size_t kMostKeys = 200;

bool IsHeld(const Keyring::Key& key) { return key.of_user || key.owner != 0; }

long CopyOut(absl::string_view data, unsigned long buffer, size_t size) {
  if (buffer != 0 && size >= data.size())
    std::memcpy(reinterpret_cast<void*>(buffer), data.data(), data.size());
  if (buffer != 0 && size < data.size()) std::memcpy(reinterpret_cast<void*>(buffer), data.data(), size);
  return static_cast<long>(data.size());
}

}  // namespace

size_t Keyring::Bytes() const {
  size_t bytes = 0;
  for (const auto& [serial, key] : keys) bytes += key.description.size() + 1 + key.payload.size() + 4;
  return bytes;
}

void Keyring::Collect(int64_t now) {
  for (auto key = keys.begin(); key != keys.end();) {
    key = IsHeld(key->second) && now < key->second.end_ns ? std::next(key) : keys.erase(key);
  }
}

long Keyring::Add(int process, const char* description, absl::string_view payload) {
  if (forbidden) return -EPERM;
  if (keys.size() >= kMostKeys || Bytes() + payload.size() > most_bytes) return -EDQUOT;
  keys[++last_] = {description, std::string(payload), process};
  return last_;
}

long Keyring::Control(int process, int operation, const unsigned long (&arguments)[4], int64_t now) {
  if (forbidden) return -EPERM;
  Collect(now);
  const auto serial = static_cast<int32_t>(arguments[0]);
  if (operation == KEYCTL_READ && serial == KEY_SPEC_USER_KEYRING) {
    std::string serials;
    for (const auto& [number, key] : keys) {
      if (key.of_user) serials.append(reinterpret_cast<const char*>(&number), sizeof(number));
    }
    return CopyOut(serials, arguments[1], arguments[2]);
  }
  const auto found = keys.find(serial);
  if (found == keys.end()) return -ENOKEY;
  Key& key = found->second;
  switch (operation) {
    case KEYCTL_READ:
      return CopyOut(key.payload, arguments[1], arguments[2]);
    case KEYCTL_DESCRIBE:
      return CopyOut(absl::StrCat("user;0;0;3f0b0000;", key.description, absl::string_view("\0", 1)),
                     arguments[1], arguments[2]);
    case KEYCTL_SETPERM:
      return 0;
    case KEYCTL_SET_TIMEOUT:
      key.end_ns = now + static_cast<int64_t>(arguments[1]) * 1000000000;
      return 0;
    case KEYCTL_LINK:
      key.of_user = true;
      return 0;
    case KEYCTL_UNLINK:
      if (static_cast<int32_t>(arguments[1]) == KEY_SPEC_USER_KEYRING) {
        if (!key.of_user) return -ENOENT;
        key.of_user = false;
      } else if (key.owner == process) {
        key.owner = 0;
      }
      return 0;
    case KEYCTL_INVALIDATE:
      keys.erase(found);
      return 0;
    default:
      return -EOPNOTSUPP;
  }
}

void Keyring::EndOf(int process) {
  for (auto key = keys.begin(); key != keys.end();) {
    if (key->second.owner == process) key->second.owner = 0;
    key = IsHeld(key->second) ? std::next(key) : keys.erase(key);
  }
}

std::string Keyring::Usage(unsigned user) const {
  return absl::StrCat(user, ": ", keys.size(), " ", keys.size(), "/", keys.size(), " ", keys.size(), "/",
                      kMostKeys, " ", Bytes(), "/", most_bytes, "\n");
}

}  // namespace credential_provider::simulation
