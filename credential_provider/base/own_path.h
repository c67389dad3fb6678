// Where the file of the running program is.
#ifndef CREDENTIAL_PROVIDER_BASE_OWN_PATH_H_
#define CREDENTIAL_PROVIDER_BASE_OWN_PATH_H_

#include <string>

#include "absl/strings/string_view.h"

namespace credential_provider {

// Returns the file that is running, without links on the way to it; "" when that cannot be found out.
std::string OwnFile();

// Returns the path by which it was started, absolute, with the links in it as they are; "" when that cannot
// be found out. A name that a shell has looked for on its PATH is a path here.
std::string PathAsStarted();

// Returns `path` as it is seen from the working folder, without "." and "..". Links stay links, but for those
// before a "..".
std::string AbsolutePath(absl::string_view path);

// Returns `path` without links on the way; "" when it leads nowhere.
std::string Resolved(const std::string& path);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_BASE_OWN_PATH_H_
