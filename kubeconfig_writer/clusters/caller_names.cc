#include "kubeconfig_writer/clusters/caller_names.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "credential_provider/alibaba_cloud/caller_identity.h"
#include "credential_provider/base/status_context.h"

namespace kubeconfig_writer {
namespace {

using namespace credential_provider;  // NOLINT: this file joins the two

constexpr char kSubject[] = "--context-name: {account}";

// The parts of the last role's ARN: acs, ram, "", the account, role/NAME.
std::vector<std::string> PartsOfRole(const IdentityOptions& options) {
  const std::string& arns = options.role_arn;
  return absl::StrSplit(arns.substr(arns.rfind(',') + 1), absl::MaxSplits(':', 4));
}

absl::Status NotFixed(absl::string_view word, absl::string_view flag) {
  return WithHint(
      absl::InvalidArgumentError(absl::StrCat("--context-name: {", word, "} is known with ", flag, " only")),
      absl::StrCat("give ", flag, ", or another name"));
}

}  // namespace

std::string RoleNameIn(const IdentityOptions& options) {
  const std::vector<std::string> parts = PartsOfRole(options);
  return parts.size() == 5 ? parts[4].substr(parts[4].rfind('/') + 1) : "";
}

std::string AccountIn(const IdentityOptions& options) {
  const std::vector<std::string> parts = PartsOfRole(options);
  return parts.size() == 5 ? parts[3] : "";
}

absl::Status CheckCallerNames(absl::string_view name_template, const IdentityOptions& options,
                              absl::string_view alias) {
  if (AsksFor(name_template, "profile") && options.profile.empty()) return NotFixed("profile", "--profile");
  if (AsksFor(name_template, "role") && RoleNameIn(options).empty()) return NotFixed("role", "--role-arn");
  if (AsksFor(name_template, "alias") && alias.empty()) return NotFixed("alias", "--alias");
  return absl::OkStatus();
}

absl::StatusOr<NameValues> CallerNames(absl::string_view name_template, const IdentityOptions& options,
                                       absl::string_view alias, AckSession& service,
                                       const Environment& environment) {
  NameValues values = {{"profile", options.profile},
                       {"role", RoleNameIn(options)},
                       {"account", AccountIn(options)},
                       {"alias", std::string(alias)}};
  if (!AsksFor(name_template, "account") || !values["account"].empty()) return values;
  absl::StatusOr<AcsClient> sts = service.Sts(environment);
  if (!sts.ok()) return WithContext(sts.status(), kSubject);
  absl::StatusOr<CallerIdentity> caller = GetCallerIdentity(*sts, service.key());
  if (!caller.ok()) return WithContext(caller.status(), kSubject);
  values["account"] = caller->account_id;
  return values;
}

}  // namespace kubeconfig_writer
