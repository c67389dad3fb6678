// A snapshot of the process environment, taken by main and passed on; nothing else calls getenv but what
// reads the variables of proxies and trusted authorities (http/), of the language (language/) and of the
// terminal (base/terminal).
#ifndef CREDENTIAL_PROVIDER_BASE_ENVIRONMENT_H_
#define CREDENTIAL_PROVIDER_BASE_ENVIRONMENT_H_

#include <string>

#include "absl/strings/string_view.h"

namespace credential_provider {

class Environment {
 public:
  // `entries` is a null-terminated array of "NAME=value", as main is given it. It must outlive this object.
  explicit Environment(const char* const* entries) : entries_(entries) {}

  // Returns the value of `name`, or "" when it is not set: an empty variable counts as unset, as in every
  // Alibaba Cloud SDK and in kubectl.
  absl::string_view Get(absl::string_view name) const;

  // Returns the variables as given, for a child process.
  const char* const* entries() const { return entries_; }

 private:
  const char* const* entries_;
};

// Returns the path of `below`, "/.kube/config", in the user's home: "/.kube/config" too where HOME is "/".
// REQUIRES: HOME is set.
std::string InHome(const Environment& environment, absl::string_view below);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_BASE_ENVIRONMENT_H_
