#include "credential_provider/kubectl_plugin.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <iterator>
#include <string>

#include "absl/strings/str_cat.h"
#include "credential_provider/base/file.h"
#include "credential_provider/base/own_path.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/program_name.h"

namespace credential_provider {
namespace {

// The first words of what credential_provider does; everything else is kubeconfig_writer's, mistakes too.
constexpr absl::string_view kProviderWords[] = {"get", "whoami", "doctor", "status", "forget"};

bool IsStartedAsPlugin(char** argv) {
  if (argv[0] == nullptr) return false;
  const absl::string_view name = argv[0];
  return name.substr(name.rfind('/') + 1) == kPluginName;
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
  if (!IsStartedAsPlugin(argv)) return absl::OkStatus();
  const absl::string_view program = ProgramFor(argv);
  if (program == self) return absl::OkStatus();
  std::string file = absl::StrCat(DirectoryOf(OwnFile()), "/", program);
  // By its own name it runs whatever it is asked for, so that the two can never go on handing over.
  argv[0] = &file[0];
  execv(file.c_str(), argv);
  return WithHint(ErrnoError(errno, file), absl::StrCat("`", kPluginName, "` is both programs: put ", program,
                                                        " beside ", self, ", or install them again"));
}

}  // namespace credential_provider
