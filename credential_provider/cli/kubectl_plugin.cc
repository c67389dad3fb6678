#include "credential_provider/cli/kubectl_plugin.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <iterator>
#include <string>

#include "absl/strings/str_cat.h"
#include "credential_provider/base/file.h"
#include "credential_provider/base/program_name.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/process/own_path.h"

namespace credential_provider {
namespace {

// The first words of what credential_provider does; everything else is kubeconfig_writer's, mistakes too.
constexpr absl::string_view kProviderWords[] = {"get",    "whoami", "doctor", "explain",
                                                "status", "log",    "forget"};

bool IsStartedAs(absl::string_view name, char** argv) {
  if (argv[0] == nullptr) return false;
  const absl::string_view path = argv[0];
  return path.substr(path.rfind('/') + 1) == name;
}

// `credential_provider warm` is the other program's, which reads kubeconfigs: who looks for it here is sent
// there.
bool IsSentOn(absl::string_view self, char** argv) {
  return self == kProgramName && IsStartedAs(self, argv) && argv[1] != nullptr &&
         absl::string_view(argv[1]) == "warm";
}

// The program that `argv` is for. `help get` is about `get`.
absl::string_view ProgramFor(char** argv) {
  const bool about = argv[1] != nullptr && absl::string_view(argv[1]) == "help";
  const char* const word = argv[about ? 2 : 1];
  const bool provides = word != nullptr && std::find(std::begin(kProviderWords), std::end(kProviderWords),
                                                     word) != std::end(kProviderWords);
  return provides ? kProgramName : kWriterProgramName;
}

}  // namespace

absl::Status HandOver(absl::string_view self, char** argv) {
  if (!IsStartedAs(kPluginName, argv) && !IsSentOn(self, argv)) return absl::OkStatus();
  const absl::string_view program = ProgramFor(argv);
  if (program == self) return absl::OkStatus();
  std::string file = absl::StrCat(DirectoryOf(OwnFile()), "/", program);
  // By its own name it runs whatever it is asked for, so that the two can never go on handing over.
  argv[0] = &file[0];
  execv(file.c_str(), argv);
  return WithHint(ErrnoError(errno, file),
                  absl::StrCat("this is a command of the other program: put ", program, " beside ", self,
                               ", or install them again"));
}

}  // namespace credential_provider
