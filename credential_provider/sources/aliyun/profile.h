// One profile of config.json, as the code of each mode reads it.
#ifndef CREDENTIAL_PROVIDER_SOURCES_ALIYUN_PROFILE_H_
#define CREDENTIAL_PROVIDER_SOURCES_ALIYUN_PROFILE_H_

#include <functional>
#include <string>

#include "absl/status/statusor.h"
#include "credential_provider/base/environment.h"
#include "credential_provider/identity/principal.h"
#include "credential_provider/text/json_reader.h"

namespace credential_provider {

struct AliyunProfile {
  std::string path;  // of config.json
  std::string name;
  JsonReader fields;  // its errors name the file, the profile and the field
  const Environment& environment;
  const Resolver& resolve;
  // Returns the identity of another profile of the same file.
  std::function<absl::StatusOr<Identity>(const std::string& name)> other;
  std::string given_region = "";  // of --region
};

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_SOURCES_ALIYUN_PROFILE_H_
