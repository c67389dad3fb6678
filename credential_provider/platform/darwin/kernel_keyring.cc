#include "credential_provider/platform/kernel_keyring.h"

namespace credential_provider {
namespace {

absl::Status None() { return absl::FailedPreconditionError("keyring: this system has none"); }

}  // namespace

absl::Status CheckKeyringsCanBeTried() { return None(); }

bool ReadUserKey(KeySerial, std::string*) { return false; }

absl::StatusOr<KeySerial> PutUserKey(const std::string&, absl::string_view, absl::Duration) { return None(); }

absl::Status RemoveUserKey(KeySerial) { return None(); }

std::string DescriptionOfUserKey(KeySerial) { return ""; }

size_t SizeOfUserKey(KeySerial) { return 0; }

std::vector<UserKey> ListUserKeys() { return {}; }

KeyQuota QuotaOfUser() { return {0, 0}; }

size_t QuotaCharge(size_t description_size, size_t payload_size) { return description_size + payload_size; }

}  // namespace credential_provider
