#include "credential_provider/cli/other_program.h"

#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "credential_provider/base/file.h"
#include "credential_provider/base/program_name.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/base/typed_name.h"
#include "credential_provider/process/own_path.h"

namespace credential_provider {
namespace {

// What the first and the second that is started is told before the name that was typed: credential_provider
// may become kubeconfig_writer, and that credential_provider again.
constexpr absl::string_view kTypedAs[] = {"--typed-as=", "--typed-twice-as="};
constexpr size_t kMost = sizeof(kTypedAs) / sizeof(kTypedAs[0]);

// What was done about them before they were ignored.
struct WriteSignals {
  bool ignored = false;
  void (*pipe)(int) = SIG_DFL;
  void (*limit)(int) = SIG_DFL;
} signals;

size_t handed_over = 0;  // how often, until this program was started

// What is for nobody but the program itself.
bool IsOfItself(absl::string_view word) {
  return word == "get" || word == "help" || word == "--help" || word == "-h" || word == "version" ||
         word == "--version";
}

// What comes after "--" is somebody else's.
bool NamesKubeconfig(absl::Span<const std::string> args) {
  const auto end = std::find(args.begin(), args.end(), "--");
  return std::any_of(args.begin(), end, [](absl::string_view arg) {
    for (const absl::string_view flag : {"--kubeconfig", "--context"}) {
      if (absl::ConsumePrefix(&arg, flag)) return arg.empty() || arg[0] == '=';
    }
    return false;
  });
}

}  // namespace

absl::Status Become(absl::string_view program, absl::Span<const std::string> args, absl::string_view called) {
  const std::string own = OwnFile();
  const std::string file = absl::StrCat(DirectoryOf(own), "/", program);
  if (handed_over == kMost) {
    return WithHint(absl::FailedPreconditionError(absl::StrCat(file, ": not ", program)),
                    "install both programs again");
  }
  const std::string typed = absl::StrCat(kTypedAs[handed_over], TypedName(program));
  const std::string name = called.empty() ? file : std::string(called);
  std::vector<char*> argv = {const_cast<char*>(name.c_str()), const_cast<char*>(typed.c_str())};
  for (const std::string& arg : args) argv.push_back(const_cast<char*>(arg.c_str()));
  argv.push_back(nullptr);
  if (signals.ignored) {
    signal(SIGPIPE, signals.pipe);
    signal(SIGXFSZ, signals.limit);
  }
  execv(file.c_str(), argv.data());
  return WithHint(ErrnoError(errno, file),
                  absl::StrCat("this is a command of the other program: put ", program, " beside ",
                               own.substr(own.rfind('/') + 1), ", or install them again"));
}

void IgnoreWriteSignals() { signals = {true, signal(SIGPIPE, SIG_IGN), signal(SIGXFSZ, SIG_IGN)}; }

bool IsCalled(const char* started_as, absl::string_view name) {
  if (started_as == nullptr) return false;
  const absl::string_view path = started_as;
  return path.substr(path.rfind('/') + 1) == name;
}

bool TakeTypedName(std::vector<std::string>* args) {
  for (size_t i = 0; i < kMost && !args->empty(); ++i) {
    if (!absl::StartsWith(args->front(), kTypedAs[i])) continue;
    SetTypedName(absl::StripPrefix(args->front(), kTypedAs[i]));
    args->erase(args->begin());
    handed_over = i + 1;
    return true;
  }
  return false;
}

bool IsForTheOther(const Program& program, absl::Span<const std::string> args) {
  if (args.empty() || IsOfItself(args.front())) return false;
  absl::Span<const std::string> rest = args;
  const absl::optional<Command> command = TakeCommand(program, &rest);
  if (!command || NamesKubeconfig(rest)) return true;
  if (*command->operands != '\0') return false;
  const absl::StatusOr<ParsedFlags> flags = ParseFlags(command->flags(*command), rest);
  return flags.ok() && !flags->operands().empty();
}

Program AsTyped(Program program) {
  program.name = TypedName(program.name).data();  // of a constant
  if (absl::string_view(program.name) != kKubectlPlugin) return program;
  program.summary =
      "kubectl ack gives kubectl short-lived credentials for ACK clusters, and keeps the kubeconfig.";
  program.closing = "It is kubeconfig_writer and credential_provider under one name.\n";
  return program;
}

std::string FileOf(const Program& program) {
  return absl::string_view(program.name) == kKubectlPlugin ? kPluginName : program.name;
}

}  // namespace credential_provider
