#include "credential_provider/platform/darwin/process_arguments.h"

#include <algorithm>
#include <cstring>

namespace credential_provider {

std::string ArgumentsIn(absl::string_view data) {
  int count = 0;
  if (data.size() < sizeof(count)) return "";
  std::memcpy(&count, data.data(), sizeof(count));
  data.remove_prefix(sizeof(count));
  data.remove_prefix(std::min(data.find('\0'), data.size()));
  data.remove_prefix(std::min(data.find_first_not_of('\0'), data.size()));
  size_t end = 0;
  for (int i = 0; i < count; ++i) {
    const size_t zero = data.find('\0', end);
    if (zero == absl::string_view::npos) return "";
    end = zero + 1;
  }
  return std::string(data.substr(0, end));
}

}  // namespace credential_provider
