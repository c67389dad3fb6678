// kubeconfig_writer: puts our exec stanza into a kubeconfig and takes it out again. See README.md.
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "credential_provider/base/environment.h"
#include "credential_provider/base/file.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/command_line.h"
#include "credential_provider/issuers/registry.h"
#include "credential_provider/report.h"
#include "kubeconfig_writer/install_command.h"
#include "kubeconfig_writer/uninstall_command.h"

namespace kubeconfig_writer {
namespace {

using credential_provider::Environment;
using credential_provider::FlagSpec;
using credential_provider::ParsedFlags;

constexpr char kProgram[] = "kubeconfig_writer";
constexpr char kVersion[] = "0.1.0";
constexpr int kSuccess = 0;
constexpr int kFailure = 1;
constexpr int kWrongUsage = 2;

constexpr char kHelp[] =
    R"(kubeconfig_writer puts the exec stanza of credential_provider into a kubeconfig, and takes it out again.

Usage:
  kubeconfig_writer install ack --cluster-id ID [flags]        add cluster, user and context of an ACK cluster
  kubeconfig_writer install ack-token --cluster-id ID [flags]  the same, with tokens for ack-ram-authenticator
  kubeconfig_writer install ack --help                         the flags
  kubeconfig_writer uninstall CONTEXT [--kubeconfig FILE]      remove them; the file is then as it was before
  kubeconfig_writer version
)";

constexpr char kInstallHelp[] =
    R"(Asks ACK once for the address and the authority of the cluster, with the caller's own AccessKey, and adds cluster,
user and context to the kubeconfig. No secret is written: the user runs `credential_provider get` with the flags given
here. Doing it again changes nothing.

Usage: kubeconfig_writer install ack|ack-token --cluster-id ID [flags]

Flags:
)";

constexpr FlagSpec kHelpFlag = {"--help", nullptr, "this text"};

int Fail(const absl::Status& status, int exit_status) {
  const std::string report = FormatReport(kProgram, credential_provider::Severity::kError, status);
  credential_provider::WriteAll(STDERR_FILENO, report, "stderr").IgnoreError();
  return exit_status;
}

int WrongUsage(const absl::Status& status, absl::string_view help) {
  return Fail(credential_provider::WithHint(status, absl::StrCat("run `", help, "`")), kWrongUsage);
}

int Print(absl::string_view text) {
  absl::Status written = credential_provider::WriteAll(STDOUT_FILENO, text, "stdout");
  return written.ok() ? kSuccess : Fail(written, kFailure);
}

int PrintOrFail(const absl::StatusOr<std::string>& text) {
  return text.ok() ? Print(*text) : Fail(text.status(), kFailure);
}

int RunInstall(const credential_provider::IssuerKind& issuer, absl::Span<const std::string> args,
               const Environment& environment) {
  constexpr char kSeeHelp[] = "kubeconfig_writer install ack --help";
  std::vector<FlagSpec> specs = InstallFlags();
  specs.push_back(kHelpFlag);
  absl::StatusOr<ParsedFlags> flags = ParseFlags(specs, args);
  if (!flags.ok()) return WrongUsage(flags.status(), kSeeHelp);
  if (flags->Has(kHelpFlag.name)) return Print(absl::StrCat(kInstallHelp, FormatFlags(specs)));
  if (!flags->operands().empty()) {
    return WrongUsage(absl::InvalidArgumentError("install: takes flags only behind the issuer"), kSeeHelp);
  }
  absl::StatusOr<InstallRequest> request = ParseInstall(issuer, *flags);
  if (!request.ok()) return WrongUsage(request.status(), kSeeHelp);
  return PrintOrFail(Install(*request, environment));
}

int RunUninstall(absl::Span<const std::string> args, const Environment& environment) {
  constexpr char kSeeHelp[] = "kubeconfig_writer help";
  constexpr FlagSpec kSpecs[] = {{"--kubeconfig", "FILE", "the kubeconfig to change"}, kHelpFlag};
  absl::StatusOr<ParsedFlags> flags = ParseFlags(kSpecs, args);
  if (!flags.ok()) return WrongUsage(flags.status(), kSeeHelp);
  if (flags->Has(kHelpFlag.name)) return Print(kHelp);
  if (flags->operands().size() != 1) {
    return WrongUsage(absl::InvalidArgumentError("uninstall: needs the name of one context"), kSeeHelp);
  }
  return PrintOrFail(Uninstall(flags->operands()[0], std::string(flags->Get("--kubeconfig")), environment));
}

int Run(absl::Span<const std::string> args, const Environment& environment) {
  const std::string command = args.empty() ? "" : args[0];
  if (command == "help" || command == "--help" || command == "-h") return Print(kHelp);
  if (command == "version" || command == "--version")
    return Print(absl::StrCat(kProgram, " ", kVersion, "\n"));
  if (command == "install" && args.size() > 1) {
    const credential_provider::IssuerKind* const issuer = credential_provider::FindIssuerKind(args[1]);
    if (issuer != nullptr) return RunInstall(*issuer, args.subspan(2), environment);
  }
  if (command == "uninstall") return RunUninstall(args.subspan(1), environment);
  const absl::string_view reason = command.empty() ? "no command given"
                                   : command == "install"
                                       ? "install: unknown issuer: ack and ack-token are known"
                                       : "unknown command";
  return WrongUsage(absl::InvalidArgumentError(reason), "kubeconfig_writer help");
}

}  // namespace
}  // namespace kubeconfig_writer

int main(int argc, char** argv) {
  signal(SIGPIPE, SIG_IGN);
  const rlimit no_core = {0, 0};
  setrlimit(RLIMIT_CORE, &no_core);  // the memory holds keys
  const std::vector<std::string> args(argv + (argc > 0 ? 1 : 0), argv + argc);
  return kubeconfig_writer::Run(args, credential_provider::Environment(environ));
}
