// Defaults of flags, for what a person types every day: a variable, CREDENTIAL_PROVIDER_REGION for --region,
// or a line "region = cn-hangzhou" under [defaults] in ~/.config/credential_provider/config. A flag that is
// typed counts more than a variable, and a variable more than the file. `get` takes none of them: the stanza
// decides who asks.
#ifndef CREDENTIAL_PROVIDER_CLI_FLAG_DEFAULTS_H_
#define CREDENTIAL_PROVIDER_CLI_FLAG_DEFAULTS_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "absl/types/span.h"
#include "credential_provider/base/environment.h"
#include "credential_provider/cli/command_line.h"
#include "credential_provider/text/ini_text.h"

namespace credential_provider {

// Where a default comes from, the one that counts most first.
enum class DefaultLevel { kVariable, kFile };

struct FlagDefault {
  std::string value;
  DefaultLevel level = DefaultLevel::kVariable;
  std::string from;  // the variable's name, or the file's path
};

class FlagDefaults {
 public:
  // Reads the file if there is one. `environment` must outlive this object. FailedPrecondition when somebody
  // else could have written it; InvalidArgument when it is no such file.
  static absl::StatusOr<FlagDefaults> Read(const Environment& environment);

  // Returns the default of `spec`; nothing when there is none, or when the flag takes none.
  absl::optional<FlagDefault> Of(const FlagSpec& spec) const;

  // InvalidArgument when the file names something that is none of `specs`.
  absl::Status CheckNames(absl::Span<const FlagSpec> specs) const;

  // $XDG_CONFIG_HOME/credential_provider/config or $HOME/.config/…; "" when neither is set. The file need not
  // be there.
  const std::string& path() const { return path_; }

 private:
  explicit FlagDefaults(const Environment& environment) : environment_(environment) {}

  const Environment& environment_;
  std::string path_;
  IniSection file_;  // by the flags' names without "--"
};

// "CREDENTIAL_PROVIDER_CA_FILE" for --ca-file.
std::string DefaultVariable(const FlagSpec& spec);

inline constexpr FlagSpec kNoDefaultsFlag = {
    "--no-defaults", nullptr, "take flags as they are typed, without defaults from variables and file"};

// Returns `typed` and the defaults of those of `specs` that are not in it. Of flags that say together who
// asks, none is added when one was typed, and those of a lower level are not mixed with those of a higher.
ParsedFlags WithDefaults(absl::Span<const FlagSpec> specs, ParsedFlags typed, const FlagDefaults& defaults);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_CLI_FLAG_DEFAULTS_H_
