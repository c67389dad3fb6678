// Which places this system has for what is kept between runs.
#ifndef CREDENTIAL_PROVIDER_PLATFORM_STORE_PLACES_H_
#define CREDENTIAL_PROVIDER_PLATFORM_STORE_PLACES_H_

#include <string>

namespace credential_provider {

struct StorePlaces {
  bool has_keyring = false;   // kernel_keyring.h, where that is not forbidden
  std::string shared_memory;  // a folder for everybody's files in memory; "" where there is none
  std::string user_folder;    // one that only this user can enter; "" where there is none
};

// Linux: the kernel's keyring and /dev/shm, without a system call. macOS: the user's temporary folder, which
// is on disk; confstr(3), _CS_DARWIN_USER_TEMP_DIR.
StorePlaces PlacesOfThisSystem();

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_PLATFORM_STORE_PLACES_H_
