#include "kubeconfig_writer/entries/stanza_change.h"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/invocation/invocation.h"
#include "credential_provider/sources/identity_flags.h"

namespace kubeconfig_writer {
namespace {

using namespace credential_provider;  // NOLINT: this file joins the two

// Of the SDKs, of the aliyun CLI, of older SDKs and Terraform.
constexpr absl::string_view kOfSources[] = {"ALIBABA_CLOUD_", "ALIBABACLOUD_", "ALICLOUD_"};

// What is in names of variables that say where somebody asks, and not who.
constexpr absl::string_view kOfPlaces[] = {"REGION", "ENDPOINT", "SCHEME"};

// The values of all others may be secrets.
constexpr absl::string_view kShown[] = {"PROFILE", "_FILE", "_ARN"};

std::vector<std::string> ShownVariables(const StanzaVariables& env) {
  std::vector<std::string> shown;
  for (const auto& [name, value] : IdentityVariablesIn(env)) {
    const bool is_shown = std::any_of(std::begin(kShown), std::end(kShown),
                                      [&name = name](auto end) { return absl::EndsWith(name, end); });
    shown.push_back(is_shown ? absl::StrCat(name, "=", value) : name);
  }
  return shown;
}

// Whether `value`, of a stanza, is that of the variable: a path is written as it is from any folder.
bool IsSame(absl::string_view variable, const std::string& value) {
  std::error_code failed;
  return !variable.empty() &&
         (variable == value || std::filesystem::absolute(std::string(variable), failed) == value);
}

// Each flag with its value, and before them the words without a flag, as this program would write them.
std::vector<std::string> PartsOf(const ProviderStanza& stanza) {
  const absl::StatusOr<Invocation> invocation = ParseInvocation(stanza.args);
  const std::vector<std::string> words = invocation.ok() ? FormatInvocation(*invocation) : stanza.args;
  std::vector<std::string> parts;
  for (const std::string& word : words) {
    if (parts.empty() || absl::StartsWith(word, "--")) {
      parts.push_back(word);
    } else {
      absl::StrAppend(&parts.back(), " ", word);
    }
  }
  const std::vector<std::string> variables = ShownVariables(stanza.env);
  parts.insert(parts.end(), variables.begin(), variables.end());
  return parts;
}

// Those of `parts` that are not in `others`.
std::string Without(const std::vector<std::string>& parts, const std::vector<std::string>& others) {
  std::vector<std::string> left;
  for (const std::string& part : parts) {
    if (std::find(others.begin(), others.end(), part) == others.end()) left.push_back(part);
  }
  return left.empty() ? "(default)" : Printable(absl::StrJoin(left, " "));
}

}  // namespace

std::string IdentityFlagsIn(absl::Span<const std::string> args) {
  absl::StatusOr<Invocation> invocation = ParseInvocation(args);
  if (!invocation.ok()) return "";
  invocation->identity.role_duration = kDefaultRoleDuration;
  return absl::StrJoin(FormatIdentityOptions(invocation->identity), " ");
}

bool SaysWhoAsks(absl::string_view name) {
  const auto begins = [name](absl::string_view prefix) { return absl::StartsWith(name, prefix); };
  const auto has = [name](absl::string_view part) { return absl::StrContains(name, part); };
  return name == "HOME" || (std::any_of(std::begin(kOfSources), std::end(kOfSources), begins) &&
                            std::none_of(std::begin(kOfPlaces), std::end(kOfPlaces), has));
}

StanzaVariables IdentityVariablesIn(const StanzaVariables& env) {
  StanzaVariables found;
  for (const auto& variable : env) {
    if (SaysWhoAsks(variable.first)) found.push_back(variable);
  }
  std::sort(found.begin(), found.end());
  return found;
}

bool AskAlike(const ProviderStanza& a, const ProviderStanza& b) {
  return IdentityFlagsIn(a.args) == IdentityFlagsIn(b.args) &&
         IdentityVariablesIn(a.env) == IdentityVariablesIn(b.env);
}

StanzaVariables WithShared(StanzaVariables wanted, const StanzaVariables& standing,
                           const Environment& environment) {
  for (const auto& [name, value] : IdentityVariablesIn(standing)) {
    const bool is_wanted = std::any_of(wanted.begin(), wanted.end(),
                                       [&name = name](const auto& other) { return other.first == name; });
    if (!is_wanted && IsSame(environment.Get(name), value)) wanted.emplace_back(name, value);
  }
  return wanted;
}

std::string DescribeIdentity(const ProviderStanza& stanza) {
  std::vector<std::string> parts = ShownVariables(stanza.env);
  const std::string flags = IdentityFlagsIn(stanza.args);
  if (!flags.empty()) parts.insert(parts.begin(), flags);
  return absl::StrJoin(parts, " ");
}

std::string DescribeChange(const ProviderStanza& before, const ProviderStanza& after) {
  const std::vector<std::string> old = PartsOf(before), fresh = PartsOf(after);
  std::string gone = Without(old, fresh), come = Without(fresh, old);
  return gone == come ? "" : absl::StrCat(gone, " -> ", come);
}

}  // namespace kubeconfig_writer
