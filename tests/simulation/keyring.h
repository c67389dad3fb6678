// The kernel's keyring of one user, as keyctl(2) has it.
#ifndef CREDENTIAL_PROVIDER_TESTS_SIMULATION_KEYRING_H_
#define CREDENTIAL_PROVIDER_TESTS_SIMULATION_KEYRING_H_

#include <cstdint>
#include <map>
#include <string>

#include "absl/strings/string_view.h"

namespace credential_provider::simulation {

class Keyring {
 public:
  struct Key {
    std::string description;
    std::string payload;
    int owner = 0;         // the process in whose own keyring it is; 0 for none
    bool of_user = false;  // it is in the user's keyring
    int64_t end_ns = INT64_MAX;
  };

  // As the kernel's; a negative errno for an error. `now` is of a clock that nobody sets.
  long Add(int process, const char* description, absl::string_view payload);
  long Control(int process, int operation, const unsigned long (&arguments)[4], int64_t now);

  // The keys in the own keyring of a process end with it.
  void EndOf(int process);
  void Clear() { keys.clear(); }
  // The line of /proc/key-users.
  std::string Usage(unsigned user) const;

  std::map<int32_t, Key> keys;
  bool forbidden = false;  // as by a container's filter
  size_t most_bytes = 20000;

 private:
  size_t Bytes() const;
  void Collect(int64_t now);

  int32_t last_ = 0x1000;
};

}  // namespace credential_provider::simulation

#endif  // CREDENTIAL_PROVIDER_TESTS_SIMULATION_KEYRING_H_
