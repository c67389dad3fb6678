#include "kubeconfig_writer/lock_owner.h"

#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "absl/types/optional.h"
#include "credential_provider/platform/processes.h"
#include "credential_provider/platform/this_machine.h"

namespace kubeconfig_writer {
namespace {

constexpr absl::string_view kMark = "kubeconfig_writer";

// Returns what tells the process from others of its id; "" when there is none.
std::string StartOf(pid_t id) {
  const absl::optional<credential_provider::ProcessInfo> process = credential_provider::FindProcess(id);
  return process ? process->start : "";
}

// Process ids mean something only within this.
std::string Machine() {
  return absl::StrCat(credential_provider::BootId(), " ", credential_provider::ProcessSpace());
}

}  // namespace

std::string ThisProcess() {
  return absl::StrCat(kMark, " ", getpid(), " ", StartOf(getpid()), " ", Machine(), "\n");
}

bool IsGone(absl::string_view owner) {
  const std::vector<absl::string_view> words =
      absl::StrSplit(absl::StripSuffix(owner, "\n"), absl::MaxSplits(' ', 3));
  int id = 0;
  if (words.size() != 4 || words[0] != kMark || !absl::SimpleAtoi(words[1], &id) || id <= 0) return false;
  const std::string machine = Machine();
  if (words[2].empty() || machine.find(' ') == 0 || words[3] != machine) return false;
  if (kill(id, 0) != 0 && errno == ESRCH) return true;
  const std::string start = StartOf(id);
  return !start.empty() && start != words[2];
}

}  // namespace kubeconfig_writer
