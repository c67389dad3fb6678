// A line with a plugin's command, then a kuberc: what kubectl would say of both, told independently.
#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "credential_provider/kubernetes/plugin_policy.h"
#include "credential_provider/text/shell_words.h"
#include "tests/fuzz/input.h"
#include "tests/fuzz/require.h"
#include "tests/fuzz/utf8.h"

namespace credential_provider {
namespace {

// Nothing is found by a name alone.
constexpr char kNoSearchPath[] = "";

// Go's filepath.Clean, by its four rules.
std::string Clean(absl::string_view path) {
  const bool rooted = absl::StartsWith(path, "/");
  std::vector<absl::string_view> kept;
  for (const absl::string_view part : absl::StrSplit(path, '/')) {
    if (part.empty() || part == ".") continue;
    if (part == ".." && !kept.empty() && kept.back() != "..") {
      kept.pop_back();
    } else if (part != ".." || !rooted) {
      kept.push_back(part);
    }
  }
  const std::string clean = absl::StrCat(rooted ? "/" : "", absl::StrJoin(kept, "/"));
  return clean.empty() ? "." : clean;
}

bool IsClean(const std::string& path) { return !path.empty() && Clean(path) == path; }

bool IsSound(const PluginPolicy& policy) {
  const auto& list = policy.allowlist;
  if (policy.name == "Allowlist") return !list.empty() && std::all_of(list.begin(), list.end(), IsClean);
  return list.empty() && (policy.name.empty() || policy.name == "AllowAll" || policy.name == "DenyAll");
}

bool Allows(const PluginPolicy& policy, const std::string& command) {
  const auto& list = policy.allowlist;
  if (policy.name == "Allowlist") return std::find(list.begin(), list.end(), command) != list.end();
  return policy.name != "DenyAll";
}

// The list that the line in `hint` sets, as a shell and kubectl would read it.
std::vector<std::string> SuggestedList(const std::string& hint) {
  const size_t begin = hint.find('`') + 1, end = hint.rfind("`; kubectl 1.35 ");
  const absl::StatusOr<std::vector<std::string>> words =
      SplitCommand(absl::string_view(hint).substr(begin, end - begin));
  Require(words.ok() && words->size() > 7, "the hint is a command");
  std::vector<std::string> list;
  for (size_t i = 7; i + 1 < words->size(); i += 2) {
    Require((*words)[i] == "--allowlist-entry" && absl::StartsWith((*words)[i + 1], "command="),
            "each word of the command is whole");
    list.push_back((*words)[i + 1].substr(8));
  }
  return list;
}

bool IsShown(const std::string& text) { return IsPlainUtf8(text); }

// Requires that whoever does what the hint says is done.
void CheckHint(const absl::Status& denied, const PluginPolicy& policy, const std::string& command) {
  if (!std::all_of(policy.allowlist.begin(), policy.allowlist.end(), IsShown)) return;
  const PluginPolicy followed = {policy.file, "Allowlist", SuggestedList(HintOf(denied))};
  Require(CheckPlugin(followed, command, kNoSearchPath).ok(), "the hint helps");
  for (const std::string& allowed : policy.allowlist) {
    if (policy.name != "Allowlist" || !IsClean(allowed)) continue;
    Require(Allows(followed, allowed), "what was allowed stays allowed");
  }
}

void Check(const std::string& command, absl::string_view text) {
  const absl::optional<PluginPolicy> policy = ParsePluginPolicy(text);
  if (!policy) return;
  const absl::Status allowed = CheckPlugin(*policy, command, kNoSearchPath);
  Require(absl::IsFailedPrecondition(allowed) == !IsSound(*policy), "what kubectl refuses is refused");
  Require(allowed.ok() == (IsSound(*policy) && Allows(*policy, command)), "what kubectl allows is allowed");
  if (allowed.ok()) return;
  RequireShowable(allowed);
  if (IsClean(command) && IsShown(command)) CheckHint(allowed, *policy, command);
}

}  // namespace
}  // namespace credential_provider

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  credential_provider::Input input(data, size);
  const std::string command(input.Until("\n"));
  credential_provider::Check(command, input.Rest());
  return 0;
}
