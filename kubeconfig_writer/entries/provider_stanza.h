// Whether a user of a kubeconfig is this program's: the one rule for all that add, list, change and remove
// entries.
#ifndef KUBECONFIG_WRITER_ENTRIES_PROVIDER_STANZA_H_
#define KUBECONFIG_WRITER_ENTRIES_PROVIDER_STANZA_H_

#include <string>
#include <utility>
#include <vector>

#include "nlohmann/json.hpp"

namespace kubeconfig_writer {

// By name and value.
using StanzaVariables = std::vector<std::pair<std::string, std::string>>;

// How a stanza runs this program. Who asks is in both.
struct ProviderStanza {
  std::vector<std::string> args;  // none when it does not
  StanzaVariables env;

  bool operator==(const ProviderStanza& other) const { return args == other.args && env == other.env; }
};

// Returns the one of `user`, the content of an entry, also when it wraps another plugin.
ProviderStanza ProviderStanzaOf(const nlohmann::json& user);

// Returns the arguments of an exec stanza as text, "" for one that is none.
std::vector<std::string> ArgsIn(const nlohmann::json& exec);

// Returns the arguments with which `user`, the content of an entry, runs `credential_provider get`; none when
// it does not.
std::vector<std::string> ProviderArgs(const nlohmann::json& user);

// Returns true when `user` runs our provider for a credential of its own, or did, as its installHint says,
// until somebody took its arguments out: `kubectl config set-credentials --exec-command` does.
bool RunsProvider(const nlohmann::json& user);

// Returns true when `user` runs `credential_provider get exec` in front of somebody else's plugin.
bool IsWrapped(const nlohmann::json& user);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_ENTRIES_PROVIDER_STANZA_H_
