#include "credential_provider/base/machine.h"

#include <sys/utsname.h>

#include "absl/strings/str_cat.h"
#include "absl/types/optional.h"
#include "credential_provider/base/random.h"
#include "credential_provider/platform/this_machine.h"

namespace credential_provider {
namespace {

constexpr size_t kNonceBytes = 16;

}  // namespace

std::string MachineText() {
  const std::string boot = BootId();
  const absl::optional<std::string> network = boot.empty() ? absl::nullopt : NetworkSpace();
  utsname names;
  if (!network || uname(&names) != 0) return RandomHex(kNonceBytes);
  return absl::StrCat(boot, " ", *network, " ", names.nodename);
}

}  // namespace credential_provider
