#include "kubeconfig_writer/access/plugin_secrets.h"

#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "kubeconfig_writer/secrets/secret_names.h"
#include "kubeconfig_writer/secrets/secret_patterns.h"

namespace kubeconfig_writer {
namespace {

using credential_provider::Environment;
using credential_provider::Secret;

// What is shorter is no secret, and taking it out would leave no sentence whole.
constexpr size_t kShortestSecret = 4;

void AddIfSecret(absl::string_view name, absl::string_view value, std::vector<Secret>* secrets) {
  if (value.size() >= kShortestSecret && (IsSecretName(name) || IsSecretValue(value)))
    secrets->emplace_back(std::string(value));
}

}  // namespace

std::vector<Secret> NamedSecrets(const ExecStanza& stanza, const Environment& environment) {
  std::vector<Secret> secrets;
  std::string flag;  // the one that takes the next argument
  for (const std::string& arg : stanza.args) {
    const size_t equals = arg.find('=');
    if (equals != std::string::npos) AddIfSecret(arg.substr(0, equals), arg.substr(equals + 1), &secrets);
    AddIfSecret(flag, arg, &secrets);
    flag = absl::StartsWith(arg, "-") && equals == std::string::npos ? arg : "";
  }
  for (const char* const* entry = environment.entries(); *entry != nullptr; ++entry) {
    const std::pair<absl::string_view, absl::string_view> parts =
        absl::StrSplit(*entry, absl::MaxSplits('=', 1));
    AddIfSecret(parts.first, parts.second, &secrets);
  }
  return secrets;
}

std::vector<Secret> StanzaTexts(const ExecStanza& stanza) {
  std::vector<Secret> texts;
  texts.emplace_back(absl::StrJoin(stanza.args, " "));
  for (const auto& [name, value] : stanza.env) {
    if (value.size() >= kShortestSecret) texts.emplace_back(value);
  }
  return texts;
}

}  // namespace kubeconfig_writer
