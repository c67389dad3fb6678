// One profile in the text of config.json, edited so that every other byte stays: the CLI and people have
// their own ways to write the same JSON.
#ifndef CREDENTIAL_PROVIDER_SOURCES_ALIYUN_EDITED_PROFILE_H_
#define CREDENTIAL_PROVIDER_SOURCES_ALIYUN_EDITED_PROFILE_H_

#include <map>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "nlohmann/json.hpp"

namespace credential_provider {

// Fields of a profile and their values; null takes a field out.
using ProfileFields = std::map<std::string, nlohmann::json>;

// Returns `text` with these fields of the profile called `name`. A field that was not there comes after the
// others, spaced as the last one is. NotFound when there is no such profile, InvalidArgument when `text` is
// no JSON object. Errors quote nothing of it.
absl::StatusOr<std::string> WithProfileFields(absl::string_view text, absl::string_view name,
                                              const ProfileFields& fields);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_SOURCES_ALIYUN_EDITED_PROFILE_H_
