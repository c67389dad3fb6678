#include "credential_provider/process/child_environment.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace credential_provider {

ChildEnvironment::ChildEnvironment(const Environment& environment) {
  for (const char* const* entry = environment.entries(); *entry != nullptr; ++entry)
    variables_.emplace_back(*entry);
  Point();
}

void ChildEnvironment::Set(absl::string_view name, absl::string_view value) {
  const std::string begin = absl::StrCat(name, "=");
  variables_.erase(
      std::remove_if(variables_.begin(), variables_.end(),
                     [&](const std::string& variable) { return absl::StartsWith(variable, begin); }),
      variables_.end());
  variables_.push_back(absl::StrCat(begin, value));
  Point();
}

void ChildEnvironment::Point() {
  entries_.clear();
  for (const std::string& variable : variables_) entries_.push_back(variable.c_str());
  entries_.push_back(nullptr);
}

}  // namespace credential_provider
