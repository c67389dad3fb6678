#include "tests/sandbox/control/options.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace sandbox {

absl::StatusOr<Options> ParseOptions(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; i += 2) {
    const std::string name = argv[i];
    if (i + 1 == argc) return absl::InvalidArgumentError(absl::StrCat(name, ": has no value"));
    const std::string value = argv[i + 1];
    int seconds = 0;
    if (name == "--dir") {
      options.directory = value;
    } else if (name == "--name") {
      options.name = value;
    } else if (name == "--port-file") {
      options.port_file = value;
    } else if (name == "--lifetime" && absl::SimpleAtoi(value, &seconds) && seconds > 0) {
      options.lifetime = absl::Seconds(seconds);
    } else if (name == "--port" && absl::SimpleAtoi(value, &options.port) && options.port > 0) {
      continue;
    } else {
      return absl::InvalidArgumentError(absl::StrCat(name, ": unknown, or a bad value"));
    }
  }
  if (options.directory.empty()) return absl::InvalidArgumentError("--dir: is required");
  if (options.port_file.empty()) options.port_file = absl::StrCat(options.directory, "/sandbox.json");
  return options;
}

}  // namespace sandbox
