// The environment variables that describe a role, in the two spellings that are in use.
#ifndef CREDENTIAL_PROVIDER_SOURCES_ROLES_ROLE_VARIABLES_H_
#define CREDENTIAL_PROVIDER_SOURCES_ROLES_ROLE_VARIABLES_H_

#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "credential_provider/base/environment.h"

namespace credential_provider {

// Returns ALIBABA_CLOUD_`name`, else ALIBABACLOUD_`name`, else "", without blanks and line breaks around it.
inline std::string RoleVariable(const Environment& environment, absl::string_view name) {
  const absl::string_view value = environment.Get(absl::StrCat("ALIBABA_CLOUD_", name));
  return std::string(absl::StripAsciiWhitespace(
      value.empty() ? environment.Get(absl::StrCat("ALIBABACLOUD_", name)) : value));
}

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_SOURCES_ROLES_ROLE_VARIABLES_H_
