#include "credential_provider/platform/store_places.h"

#include <limits.h>
#include <unistd.h>

#include "absl/strings/strip.h"

namespace credential_provider {

StorePlaces PlacesOfThisSystem() {
  StorePlaces places;
  char folder[PATH_MAX];
  const size_t size = confstr(_CS_DARWIN_USER_TEMP_DIR, folder, sizeof(folder));
  if (size > 0 && size <= sizeof(folder)) places.user_folder = std::string(absl::StripSuffix(folder, "/"));
  return places;
}

}  // namespace credential_provider
