#include "kubeconfig_writer/entries/provider_command.h"

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "credential_provider/base/file.h"
#include "credential_provider/base/program_name.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/process/executable.h"
#include "credential_provider/process/own_path.h"
#include "credential_provider/process/versioned_path.h"
#include "kubeconfig_writer/entries/lasting_path.h"

namespace kubeconfig_writer {
namespace {

using namespace credential_provider;  // NOLINT: this file joins the two

absl::string_view NameIn(absl::string_view command) { return command.substr(command.rfind('/') + 1); }

bool IsBare(absl::string_view command) { return !absl::StrContains(command, "/"); }

// Returns the path of the provider that belongs to the running program.
absl::StatusOr<std::string> FindProvider() {
  const std::string folder = DirectoryOf(OwnFile());
  for (const absl::string_view place : {"/", "/../credential_provider/"}) {
    std::string provider = Resolved(absl::StrCat(folder, place, kProgramName));
    if (!provider.empty() && IsExecutable(provider)) return provider;
  }
  return WithHint(
      absl::NotFoundError(absl::StrCat(kProgramName, ": not found beside this program, in ", folder)),
      "install both programs in one folder, or name it with --command");
}

// As kubectl compares the two, or as the files really are.
bool LiesBelow(const std::string& path, const std::string& kubeconfig) {
  const std::string file = AbsolutePath(kubeconfig);
  for (const std::string& folder : {DirectoryOf(file), Resolved(DirectoryOf(file))}) {
    if (!folder.empty() && absl::StartsWith(path, absl::StrCat(folder == "/" ? "" : folder, "/")))
      return true;
  }
  return false;
}

const char* InWords(LastingPath::Kind kind) {
  switch (kind) {
    case LastingPath::Kind::kStarted:
      return "in the folder that this program was started from";
    case LastingPath::Kind::kOwn:
      return "where it is installed";
    case LastingPath::Kind::kLink:
      return "the link that stays when it is upgraded";
    case LastingPath::Kind::kVersioned:
      return "there is no other path";
  }
  return "";
}

// Returns `lasting` as a command in the file `kubeconfig`.
absl::StatusOr<ChosenCommand> CommandFor(const LastingPath& lasting, const std::string& kubeconfig,
                                         const Environment& environment) {
  if (!LiesBelow(lasting.path, kubeconfig)) return ChosenCommand{lasting.path, InWords(lasting.kind)};
  const std::string name(NameIn(lasting.path));
  const std::string found = FindExecutable(name, environment.Get("PATH"));
  if (!found.empty() && Resolved(found) == Resolved(lasting.path))
    return ChosenCommand{name, "by name: kubectl would make a path below the kubeconfig's folder relative"};
  return WithHint(
      absl::FailedPreconditionError(absl::StrCat(lasting.path,
                                                 ": lies below the kubeconfig's folder, where kubectl would "
                                                 "make the path relative")),
      absl::StrCat("put ", name, " on the PATH"));
}

absl::Status NotAProvider(const std::string& given, absl::StatusCode code, absl::string_view reason) {
  return WithHint(absl::Status(code, absl::StrCat("--command: ", Printable(given), ": ", reason)),
                  absl::StrCat("name a program, or a link to one, that is called ", kProgramName, " or ",
                               kPluginName, ", or leave the flag out"));
}

// What a new `install` would write, for a hint; the path of no use is `instead_of`.
std::string Remedy(const std::string& instead_of, const std::string& install_line,
                   const Environment& environment) {
  const std::string again =
      install_line.empty() ? "install or migrate it again" : absl::StrCat("run `", install_line, "`");
  const absl::StatusOr<std::string> provider = FindProvider();
  if (provider.ok()) {
    const LastingPath lasting = FindLastingPath(*provider, PathAsStarted(), environment);
    if (lasting.kind != LastingPath::Kind::kVersioned && lasting.path != instead_of)
      return absl::StrCat(again, ", which writes ", Printable(lasting.path));
  }
  return absl::StrCat("link both programs into a folder like ~/.local/bin, and from there ", again);
}

}  // namespace

bool IsProviderCommand(absl::string_view command) {
  return NameIn(command) == kProgramName || NameIn(command) == kPluginName;
}

absl::StatusOr<std::string> NamedCommand(const std::string& given) {
  if (!IsProviderCommand(given)) {
    return NotAProvider(given, absl::StatusCode::kInvalidArgument,
                        absl::StrCat("not called ", kProgramName, " or ", kPluginName,
                                     ", by which entries are known as ours"));
  }
  if (IsBare(given)) return given;
  if (!IsExecutable(given))
    return NotAProvider(given, absl::StatusCode::kNotFound, "no program that can be run");
  return AbsolutePath(given);
}

absl::StatusOr<ChosenCommand> ProviderCommand(const CommandRequest& request, const Environment& environment) {
  if (!request.given.empty()) {
    absl::StatusOr<std::string> named = NamedCommand(request.given);
    if (!named.ok()) return named.status();
    return ChosenCommand{*std::move(named), "as given with --command"};
  }
  const bool named = IsProviderCommand(request.standing) && IsBare(request.standing);
  if (named && !FindExecutable(request.standing, environment.Get("PATH")).empty())
    return ChosenCommand{request.standing, "by name, as before"};
  absl::StatusOr<std::string> provider = FindProvider();
  if (!provider.ok()) return provider.status();
  return CommandFor(FindLastingPath(*provider, PathAsStarted(), environment), request.kubeconfig,
                    environment);
}

absl::Status CheckCommand(const std::string& command, const std::string& install_line,
                          const Environment& environment) {
  const std::string subject = absl::StrCat("command ", Printable(command));
  if (FindExecutable(command, environment.Get("PATH")).empty()) {
    const absl::Status reason = WithContext(NotExecutable(command), subject);
    return WithHint(absl::NotFoundError(reason.message()), Remedy(command, install_line, environment));
  }
  if (IsBare(command) || !NamesVersion(command)) return absl::OkStatus();
  return WithHint(
      absl::FailedPreconditionError(absl::StrCat(subject, ": names a version, so an upgrade takes it away")),
      Remedy(command, install_line, environment));
}

}  // namespace kubeconfig_writer
