#include "kubeconfig_writer/install/shell_identity.h"

#include <algorithm>
#include <filesystem>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/identity/identity_text.h"
#include "credential_provider/identity/identity_words.h"
#include "credential_provider/identity/source_names.h"
#include "credential_provider/sources/source_chain.h"

namespace kubeconfig_writer {
namespace {

using namespace credential_provider;  // NOLINT: this file joins the two

enum class Holds { kPlain, kPath, kUrl };

struct Variable {
  const char* name;
  Holds holds;
};

// What the sources read. A key's other spellings are not here: the source says which it has taken.
constexpr Variable kVariables[] = {
    {"ALIBABA_CLOUD_CONFIG_FILE", Holds::kPath},
    {"ALIBABA_CLOUD_CREDENTIALS_FILE", Holds::kPath},
    {"ALIBABA_CLOUD_PROFILE", Holds::kPlain},
    {"ALIBABACLOUD_PROFILE", Holds::kPlain},
    {"ALICLOUD_PROFILE", Holds::kPlain},
    {"ALIBABA_CLOUD_CLI_PROFILE_DISABLED", Holds::kPlain},
    {"ALIBABA_CLOUD_IGNORE_PROFILE", Holds::kPlain},
    {"ALIBABACLOUD_IGNORE_PROFILE", Holds::kPlain},
    {"ALIBABA_CLOUD_ROLE_ARN", Holds::kPlain},
    {"ALIBABA_CLOUD_ROLE_SESSION_NAME", Holds::kPlain},
    {"ALIBABA_CLOUD_OIDC_PROVIDER_ARN", Holds::kPlain},
    {"ALIBABA_CLOUD_OIDC_TOKEN_FILE", Holds::kPath},
    {"ALIBABA_CLOUD_ECS_METADATA", Holds::kPlain},
    {"ALIBABA_CLOUD_CREDENTIALS_URI", Holds::kUrl},
};

// The variables of this process but those of some names.
class Without {
 public:
  Without(const Environment& environment, const std::vector<std::string>& names) {
    for (const char* const* entry = environment.entries(); *entry != nullptr; ++entry) {
      const absl::string_view variable = *entry;
      const bool is_one = std::any_of(names.begin(), names.end(), [variable](const std::string& name) {
        return absl::StartsWith(variable, absl::StrCat(name, "="));
      });
      if (!is_one) entries_.push_back(*entry);
    }
    entries_.push_back(nullptr);
  }
  Without(const Without&) = delete;
  Without& operator=(const Without&) = delete;

  Environment environment() const { return Environment(entries_.data()); }

 private:
  std::vector<const char*> entries_;
};

// Who asks, and where that was found; "" for nobody.
std::string Caller(const IdentityOptions& options, const Environment& environment) {
  const absl::StatusOr<FoundIdentity> found = FindIdentity(options, environment);
  if (!found.ok()) return "";
  const Identity& identity = found->identity;
  return absl::StrJoin({identity.source, identity.who, identity.found_in.file, identity.found_in.profile},
                       "\n");
}

// A password may be in front of the host, a token behind the path.
bool MayHoldSecret(const Variable& variable, absl::string_view value) {
  return variable.holds == Holds::kUrl && value.find_first_of("@?#") != absl::string_view::npos;
}

std::string FromAnyFolder(const Variable& variable, absl::string_view value) {
  std::error_code failed;
  if (variable.holds != Holds::kPath) return std::string(value);
  const std::filesystem::path path = std::filesystem::absolute(std::string(value), failed);
  return failed ? std::string(value) : path.string();
}

void Add(const Variable& variable, absl::string_view value, ShellIdentity* shell) {
  if (MayHoldSecret(variable, value)) {
    shell->secret.emplace_back(variable.name);
  } else {
    shell->plain.emplace_back(variable.name, FromAnyFolder(variable, value));
  }
}

std::vector<std::string> NamesOf(const ShellIdentity& shell) {
  std::vector<std::string> names = shell.secret;
  for (const auto& [name, value] : shell.plain) names.push_back(name);
  return names;
}

// Returns the fewest variables that make it this caller. Of several that say the same, any would do: the
// first of kVariables is kept.
std::vector<const Variable*> NeededVariables(const IdentityOptions& options, const Environment& environment) {
  const std::string caller = Caller(options, environment);
  std::vector<const Variable*> needed;
  std::vector<std::string> dropped;
  for (auto variable = std::rbegin(kVariables); variable != std::rend(kVariables); ++variable) {
    if (environment.Get(variable->name).empty()) continue;
    dropped.emplace_back(variable->name);
    const Without without(environment, dropped);
    if (Caller(options, without.environment()) == caller) continue;
    dropped.pop_back();
    needed.insert(needed.begin(), &*variable);
  }
  return needed;
}

constexpr absl::string_view kKeyEnds[] = {"ACCESS_KEY_ID", "ACCESS_KEY", "ACCESS_KEY_SECRET", "SECRET_KEY"};

// All spellings of a key that are set: the next one would take the place of the first.
std::vector<std::string> KeyVariables(const Environment& environment) {
  std::vector<std::string> names;
  for (const char* const* entry = environment.entries(); *entry != nullptr; ++entry) {
    const absl::string_view variable = *entry;
    const absl::string_view name = variable.substr(0, variable.find('='));
    if (std::any_of(std::begin(kKeyEnds), std::end(kKeyEnds),
                    [name](absl::string_view end) { return absl::EndsWith(name, end); }))
      names.emplace_back(name);
  }
  return names;
}

}  // namespace

ShellIdentity FindShellIdentity(const IdentityOptions& options, const Environment& environment) {
  ShellIdentity shell;
  const absl::StatusOr<FoundIdentity> found = FindIdentity(options, environment);
  if (!found.ok()) return shell;
  if (found->identity.source == kEnvironmentSource) {
    shell.secret.push_back(found->identity.found_in.chosen_by);
  } else {
    for (const Variable* variable : NeededVariables(options, environment))
      Add(*variable, environment.Get(variable->name), &shell);
  }
  std::vector<std::string> left_out = KeyVariables(environment);
  for (const Variable& variable : kVariables) left_out.emplace_back(variable.name);
  const Without without(environment, left_out);
  const absl::StatusOr<FoundIdentity> elsewhere = FindIdentity(options, without.environment());
  if (elsewhere.ok()) shell.elsewhere = IdentityInWords(ShownIdentity(elsewhere->identity.who));
  return shell;
}

absl::Status CheckOtherShells(const ShellIdentity& shell, bool plain_is_written) {
  const std::vector<std::string> names = plain_is_written ? shell.secret : NamesOf(shell);
  if (names.empty()) return absl::OkStatus();
  const std::string what = absl::StrJoin(names, ", ");
  const std::string then = shell.elsewhere.empty() ? "nobody can ask there"
                                                   : absl::StrCat(Printable(shell.elsewhere), " asks there");
  const absl::Status lacking = absl::FailedPreconditionError(
      absl::StrCat("another shell lacks ", what, ", which says who asks: ", then));
  if (!shell.secret.empty()) {
    return WithHint(lacking,
                    "a kubeconfig is no place for a secret: keep it in a profile of aliyun, and install with "
                    "--profile NAME");
  }
  return WithHint(lacking, absl::StrCat("no secret is in ", names.size() == 1 ? "it" : "them",
                                        ": --with-env --replace writes ", names.size() == 1 ? "it" : "them",
                                        " into the stanza"));
}

}  // namespace kubeconfig_writer
