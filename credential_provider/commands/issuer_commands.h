// Commands that there is one of for each kind of credential: `get ack`, `get ack-token`, ….
#ifndef CREDENTIAL_PROVIDER_COMMANDS_ISSUER_COMMANDS_H_
#define CREDENTIAL_PROVIDER_COMMANDS_ISSUER_COMMANDS_H_

#include <string>
#include <vector>

#include "credential_provider/cli/command.h"
#include "credential_provider/invocation/invocation.h"
#include "credential_provider/issuers/registry.h"

namespace credential_provider {

// Returns what `make` makes of each row of the table of issuers, as a command of that issuer.
template <typename Make>
std::vector<Command> ForEachIssuer(Make make) {
  std::vector<Command> commands;
  for (const IssuerKind* const kind : IssuerKinds()) {
    Command command = make(*kind);
    command.object = kind->name;
    command.kind = kind;
    commands.push_back(command);
  }
  return commands;
}

// The flags of `get` for the kind of `command`.
inline std::vector<FlagSpec> IssuerGetFlags(const Command& command) { return GetFlags(*command.kind); }

// Of those that tell what kubectl meets: it may be forbidden to start the program that a stanza names
// (kubernetes/plugin_policy.h). As the flag of `install` that writes it.
inline constexpr FlagSpec kStanzaProgramFlag = {
    "--command", "PATH", "what the exec stanza has kubectl start (default: what install writes)", nullptr,
    Preset::kNever};

// Returns the value of that flag, else what `install` writes into a stanza, unless it has found another path
// that lasts.
std::string StanzaProgram(const ParsedFlags& flags);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_COMMANDS_ISSUER_COMMANDS_H_
