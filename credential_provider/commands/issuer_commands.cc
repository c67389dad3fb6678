#include "credential_provider/commands/issuer_commands.h"

#include "credential_provider/base/program_name.h"
#include "credential_provider/process/own_path.h"
#include "credential_provider/process/versioned_path.h"

namespace credential_provider {

std::string StanzaProgram(const ParsedFlags& flags) {
  if (flags.Has(kStanzaProgramFlag.name)) return std::string(flags.Get(kStanzaProgramFlag.name));
  std::string started = PathAsStarted();
  return started.empty() || NamesVersion(started) ? kProgramName : started;
}

}  // namespace credential_provider
