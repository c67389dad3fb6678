#include "kubeconfig_writer/contexts/context_or_flags.h"

#include <unistd.h>

#include <cerrno>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/issuers/ack_options.h"
#include "credential_provider/sources/identity_flags.h"
#include "kubeconfig_writer/file/kubeconfig_path.h"

namespace kubeconfig_writer {
namespace {

using namespace credential_provider;  // NOLINT: this file joins the two

// Returns the first flag of `flags` that says which cluster is meant or who asks; "" for none.
std::string FirstChoosing(const ParsedFlags& flags) {
  std::vector<FlagSpec> choosing = IdentityFlags();
  choosing.insert(choosing.begin(), {kClusterIdFlag, kRegionFlag, kCsEndpointFlag});
  for (const FlagSpec& spec : choosing) {
    if (flags.HasTyped(spec.name)) return spec.name;
  }
  return "";
}

}  // namespace

absl::StatusOr<MergedKubeconfig> ReadMerged(const ParsedFlags& flags, const Environment& environment) {
  const std::string named(flags.Get(kKubeconfigFlag.name));
  absl::StatusOr<std::vector<std::string>> paths = KubeconfigPaths(named, environment);
  if (!paths.ok()) return paths.status();
  if (!named.empty() && access(named.c_str(), F_OK) != 0 && errno == ENOENT)
    return WithHint(WithContext(ErrnoError(ENOENT, named), kKubeconfigFlag.name),
                    "name a file that is there");
  return MergedKubeconfig::Read(*paths);
}

bool ChooseByFlags(const ParsedFlags& flags) { return !FirstChoosing(flags).empty(); }

absl::StatusOr<std::string> ChosenContext(const Command& command, const ParsedFlags& flags,
                                          const MergedKubeconfig& kubeconfig) {
  const std::vector<std::string>& operands = flags.operands();
  if (operands.size() > 1) return UsageError(absl::StrCat(NameOf(command), ": takes one context"));
  const std::string choosing = FirstChoosing(flags);
  if (!operands.empty() && !choosing.empty()) {
    return UsageError(absl::StrCat(choosing, ": context ", Printable(operands[0], 60),
                                   " says which cluster it is and who asks: give the one or the other"));
  }
  if (!operands.empty()) return operands[0];
  if (!kubeconfig.current_context().empty()) return kubeconfig.current_context();
  return UsageError(absl::StrCat(NameOf(command), ": there is no current-context: name one"));
}

absl::StatusOr<ContextOrFlags> FindContextOrFlags(const Command& command, const ParsedFlags& flags,
                                                  const Environment& environment) {
  if (flags.operands().empty() && ChooseByFlags(flags)) return ContextOrFlags{"", flags, environment};
  absl::StatusOr<MergedKubeconfig> kubeconfig = ReadMerged(flags, environment);
  if (!kubeconfig.ok()) return kubeconfig.status();
  absl::StatusOr<std::string> context = ChosenContext(command, flags, *kubeconfig);
  if (!context.ok()) return context.status();
  absl::StatusOr<ContextStanza> stanza = FindContextStanza(*kubeconfig, *context);
  if (!stanza.ok()) return stanza.status();
  absl::StatusOr<ParsedFlags> all = CompletedByStanza(flags, *stanza);
  if (!all.ok()) return all.status();
  return ContextOrFlags{*std::move(context), *std::move(all), AdoptVariables(stanza->stanza, environment)};
}

}  // namespace kubeconfig_writer
