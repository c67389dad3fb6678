#include "credential_provider/platform/store_places.h"

namespace credential_provider {

StorePlaces PlacesOfThisSystem() {
  return {/*has_keyring=*/true, /*shared_memory=*/"/dev/shm", /*user_folder=*/""};
}

}  // namespace credential_provider
