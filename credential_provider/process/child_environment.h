// The variables of a child process: those of this one, and what is set anew.
#ifndef CREDENTIAL_PROVIDER_PROCESS_CHILD_ENVIRONMENT_H_
#define CREDENTIAL_PROVIDER_PROCESS_CHILD_ENVIRONMENT_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "credential_provider/base/environment.h"

namespace credential_provider {

class ChildEnvironment {
 public:
  explicit ChildEnvironment(const Environment& environment);
  ChildEnvironment(const ChildEnvironment&) = delete;
  ChildEnvironment& operator=(const ChildEnvironment&) = delete;

  // Gives `name` this value and no other.
  void Set(absl::string_view name, absl::string_view value);

  // Returns the variables as they are now; what is returned lives until the next Set.
  Environment environment() const { return Environment(entries_.data()); }

 private:
  void Point();

  std::vector<std::string> variables_;
  std::vector<const char*> entries_;
};

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_PROCESS_CHILD_ENVIRONMENT_H_
