#include "kubeconfig_writer/audit/finding.h"

#include <algorithm>

namespace kubeconfig_writer {
namespace {

struct Remedy {
  absl::string_view kind;
  absl::string_view text;
};

// Whoever has seen a file, its backup or a copy that was pasted has what was in it.
constexpr Remedy kRemedies[] = {
    {kClientKey,
     "let an exec plugin get a short-lived one (ACK: `kubeconfig_writer migrate`), then have this one "
     "revoked"},
    {kToken, "let an exec plugin get short-lived ones, then have this one revoked"},
    {kPassword, "let an exec plugin sign in, or a proxy know you otherwise; then change it"},
    {kExecSecret,
     "change it, and keep the new one in a file, variable or keyring that the plugin reads: name that place"},
    {kExtensionSecret, "take the field out, then change or revoke what was in it"},
    {kFieldSecret, "take the field out, then change or revoke what was in it"},
    {kNameSecret, "rename the entry and what refers to it, then change or revoke what was in the name"},
    {kCommentSecret, "delete the line, then change or revoke what was in it"},
    {kMode, "chmod 600 on the file, go-w on the folder; setfacl -b on what has an access list"},
    {kCommand, "name the program by a path on which only you and root can change anything"},
    {kUnreadable, "mend the file, then audit it again: secrets in it were not looked for"},
};

}  // namespace

absl::string_view RemedyFor(absl::string_view kind) {
  const auto found = std::find_if(std::begin(kRemedies), std::end(kRemedies),
                                  [kind](const Remedy& remedy) { return remedy.kind == kind; });
  return found == std::end(kRemedies) ? absl::string_view() : found->text;
}

}  // namespace kubeconfig_writer
