#include "kubeconfig_writer/commands/prompt_line.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "absl/time/clock.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/cli/flag_defaults.h"
#include "credential_provider/identity/identity_words.h"
#include "credential_provider/invocation/exec_invocation.h"
#include "credential_provider/text/time_text.h"
#include "kubeconfig_writer/contexts/context_entries.h"
#include "kubeconfig_writer/entries/our_entries.h"
#include "kubeconfig_writer/file/kubeconfig_path.h"

namespace kubeconfig_writer {
namespace {

using namespace credential_provider;  // NOLINT: this file joins the two

constexpr size_t kLongestContext = 60;
constexpr size_t kLongestWho = 40;

// Of a wrapped plugin its name.
std::string WhoInAWord(const OurEntry& entry) {
  std::string who = ShortIdentity(entry.who);
  const absl::string_view plugin = entry.identity;
  if (!who.empty() || entry.issuer != kExecName) return who;
  return std::string(plugin.substr(plugin.rfind('/') + 1));
}

std::string StateInAWord(const OurEntry& entry, absl::Time now) {
  if (entry.state != "stored") return entry.state;
  if (entry.expires <= now) return "expired";
  return std::string(absl::StripPrefix(InWords(entry.expires, now), "in "));
}

}  // namespace

absl::optional<ParsedFlags> FlagsOfPrompt(absl::Span<const std::string> args) {
  if (args.empty() || args[0] != "status") return absl::nullopt;
  absl::StatusOr<ParsedFlags> flags =
      ParseFlags({kPromptFlag, kKubeconfigFlag, kNoDefaultsFlag}, args.subspan(1));
  if (!flags.ok() || !flags->Has(kPromptFlag.name) || flags->operands().size() > 1) return absl::nullopt;
  return *std::move(flags);
}

std::string PromptLine(const ParsedFlags& flags, const Environment& environment) {
  const absl::StatusOr<std::vector<std::string>> paths =
      KubeconfigPaths(flags.Get(kKubeconfigFlag.name), environment);
  if (!paths.ok()) return "";
  const std::string named = flags.operands().empty() ? "" : flags.operands()[0];
  const absl::StatusOr<MergedKubeconfig> kubeconfig = ReadContext(*paths, named);
  if (!kubeconfig.ok()) return "";
  const std::string context = named.empty() ? kubeconfig->current_context() : named;
  if (!kubeconfig->Find(KubeconfigList::kContexts, context)) return "";
  std::vector<std::string> words = {Printable(context, kLongestContext)};
  const absl::optional<OurEntry> entry = FindOurEntry(*kubeconfig, context, environment);
  if (entry) {
    const std::string who = WhoInAWord(*entry);
    if (!who.empty()) words.push_back(Printable(who, kLongestWho));
    words.push_back(StateInAWord(*entry, absl::Now()));
  }
  return absl::StrCat(absl::StrJoin(words, " "), "\n");
}

}  // namespace kubeconfig_writer
