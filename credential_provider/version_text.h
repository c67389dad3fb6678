// What `version` prints.
#ifndef CREDENTIAL_PROVIDER_VERSION_TEXT_H_
#define CREDENTIAL_PROVIDER_VERSION_TEXT_H_

#include <string>

#include "absl/strings/string_view.h"

namespace credential_provider {

// Returns lines: the release of `program`, the commit it was built from if that is known, and the libraries in it of
// which a fix is a release of ours.
std::string VersionText(absl::string_view program);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_VERSION_TEXT_H_
