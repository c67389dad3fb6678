#include "kubeconfig_writer/migration/ack_ram_tool_user.h"

#include <unistd.h>

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/time/time.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/cli/command_line.h"
#include "credential_provider/issuers/ack_issuer.h"
#include "credential_provider/issuers/ack_token_issuer.h"
#include "credential_provider/process/child_environment.h"
#include "kubeconfig_writer/entries/provider_stanza.h"
#include "kubeconfig_writer/schema/exec_stanza.h"
#include "kubeconfig_writer/schema/text_field.h"
#include "kubeconfig_writer/schema/user_fields.h"

namespace kubeconfig_writer {
namespace {

using namespace credential_provider;  // NOLINT: this file joins the two

constexpr char kName[] = "ack-ram-tool";
constexpr char kPlugin[] = "credential-plugin";
constexpr char kGetCredential[] = "get-credential";
constexpr char kGetToken[] = "get-token";

constexpr char kClusterId[] = "--cluster-id";
constexpr char kExpiration[] = "--expiration";
constexpr char kProfileName[] = "--profile-name";
constexpr char kProfileFile[] = "--profile-file";
constexpr char kRoleArn[] = "--role-arn";
constexpr char kRegionId[] = "--region-id";
constexpr char kStsEndpoint[] = "--sts-endpoint";
constexpr char kCsEndpoint[] = "--cs-endpoint";
constexpr char kCredentialType[] = "--credential-type";
constexpr char kIgnoreEnvironment[] = "--ignore-env-credentials";
constexpr char kIgnoreAliyun[] = "--ignore-aliyun-cli-credentials";

// What it can be told in a stanza. The last ones have nothing to do with who asks for what.
constexpr FlagSpec kFlags[] = {{kClusterId, "ID", ""},
                               {kExpiration, "TIME", ""},
                               {kProfileName, "NAME", ""},
                               {kProfileFile, "NAME", ""},
                               {kRoleArn, "ARN", ""},
                               {kRegionId, "ID", ""},
                               {kStsEndpoint, "HOST", ""},
                               {kCsEndpoint, "HOST", ""},
                               {kCredentialType, "TYPE", ""},
                               {kIgnoreAliyun, nullptr, ""},
                               {kIgnoreEnvironment, nullptr, ""},
                               {"--api-version", "NAME", ""},
                               {"--credential-cache-dir", "NAME", ""},
                               {"--log-level", "LEVEL", ""},
                               {"--ram-endpoint", "HOST", ""},
                               {"--assume-yes", nullptr, "", nullptr, Preset::kNever, "-y"},
                               {"--verbose", nullptr, "", nullptr, Preset::kNever, "-v"}};

// The variables that stand for flags which are not given.
struct Stand {
  const char* flag;
  const char* variable;
};
constexpr Stand kStands[] = {{kProfileFile, "ACK_RAM_TOOL_PROFILE_FILE"},
                             {kProfileName, "ACK_RAM_TOOL_PROFILE_NAME"},
                             {kProfileName, "ACK_RAM_TOOL_PROFIL_ENAME"},
                             {kRegionId, "ACK_RAM_TOOL_REGION_ID"},
                             {kStsEndpoint, "ACK_RAM_TOOL_STS_ENDPOINT"},
                             {kCsEndpoint, "ACK_RAM_TOOL_CS_ENDPOINT"},
                             {kCredentialType, "ACK_RAM_TOOL_CREDENTIAL_TYPE"},
                             {kIgnoreAliyun, "ACK_RAM_TOOL_IGNORE_ALIYUN_CLI_CREDENTIALS"},
                             {kIgnoreEnvironment, "ACK_RAM_TOOL_IGNORE_ENV_CREDENTIALS"}};

bool IsSwitch(absl::string_view flag) { return flag == kIgnoreAliyun || flag == kIgnoreEnvironment; }

bool IsTrue(absl::string_view value) {
  const absl::string_view words[] = {"1", "t", "T", "true", "TRUE", "True"};
  return std::find(std::begin(words), std::end(words), value) != std::end(words);
}

ParsedFlags WithVariables(ParsedFlags flags, const Environment& environment) {
  for (const Stand& stand : kStands) {
    const absl::string_view value = environment.Get(stand.variable);
    if (value.empty() || flags.Has(stand.flag) || (IsSwitch(stand.flag) && !IsTrue(value))) continue;
    flags = flags.With(stand.flag, IsSwitch(stand.flag) ? "" : value);
  }
  return flags;
}

std::string Expanded(absl::string_view path, const Environment& environment) {
  const bool in_home = absl::StartsWith(path, "~/") && !environment.Get("HOME").empty();
  return in_home ? InHome(environment, path.substr(1)) : std::string(path);
}

bool HasKeyInEnvironment(const Environment& environment) {
  return !environment.Get("ALIBABA_CLOUD_ACCESS_KEY_ID").empty() ||
         !environment.Get("ALIBABACLOUD_ACCESS_KEY_ID").empty() ||
         !environment.Get("ALICLOUD_ACCESS_KEY").empty();
}

bool HasAliyunConfig(const Environment& environment) {
  return !environment.Get("HOME").empty() &&
         access(InHome(environment, "/.aliyun/config.json").c_str(), F_OK) == 0;
}

// Which source it would ask: its order is the one here, but for what it was told to pass over. "" for the
// order as it is.
std::string SourceOf(const ParsedFlags& flags, const Environment& environment) {
  const absl::string_view type = flags.Get(kCredentialType);
  if (type == "imds" || type == "ecs-role") return "instance-role";
  const absl::string_view file = flags.Get(kProfileFile);
  if (!file.empty()) return absl::EndsWith(file, ".json") ? "aliyun-profile" : "ini-file";
  const bool no_environment = flags.Has(kIgnoreEnvironment), no_aliyun = flags.Has(kIgnoreAliyun);
  if (no_environment && !no_aliyun && HasAliyunConfig(environment)) return "aliyun-profile";
  if (no_environment) return "ini-file";
  if (no_aliyun) return HasKeyInEnvironment(environment) ? "environment" : "ini-file";
  return "";
}

void AddIdentity(const ParsedFlags& flags, const Environment& environment, AckRamToolUser* user) {
  const auto add = [user](const char* flag, absl::string_view value) {
    if (!value.empty()) user->args.insert(user->args.end(), {flag, std::string(value)});
  };
  const std::string source = SourceOf(flags, environment);
  const std::string file = Expanded(flags.Get(kProfileFile), environment);
  add("--identity", source);
  if (source.empty() || source == "aliyun-profile") add("--profile", flags.Get(kProfileName));
  if (!file.empty() && source == "aliyun-profile") user->env.emplace_back("ALIBABA_CLOUD_CONFIG_FILE", file);
  if (!file.empty() && source == "ini-file") user->env.emplace_back("ALIBABA_CLOUD_CREDENTIALS_FILE", file);
  add("--role-arn", flags.Get(kRoleArn));
  if (flags.Has(kRoleArn)) {
    const absl::string_view session = environment.Get("ALIBABA_CLOUD_ROLE_SESSION_NAME");
    add("--role-session-name", session.empty() ? kName : session);
  }
  if (flags.Has(kStsEndpoint))
    user->env.emplace_back("ALIBABA_CLOUD_STS_ENDPOINT", std::string(flags.Get(kStsEndpoint)));
}

absl::Status NotUnderstood(const KubeconfigEntry& user, absl::string_view why) {
  return WithHint(absl::FailedPreconditionError(
                      absl::StrCat("user ", Printable(user.name), ": its stanza of ", kName, ": ", why)),
                  "install the cluster again, with the flags that say who asks: `kubeconfig_writer install`");
}

}  // namespace

bool RunsAckRamTool(const nlohmann::json& user) {
  if (!user.is_object() || !user.contains("exec") || !user.at("exec").is_object()) return false;
  if (HasStaticCredential(user)) return false;
  const nlohmann::json& exec = user.at("exec");
  const std::string command = TextAt(exec, "command");
  const std::vector<std::string> args = ArgsIn(exec);
  return command.substr(command.rfind('/') + 1) == kName && args.size() > 1 && args[0] == kPlugin &&
         (args[1] == kGetCredential || args[1] == kGetToken);
}

absl::StatusOr<AckRamToolUser> ReadAckRamToolUser(const KubeconfigEntry& user,
                                                  const Environment& environment) {
  absl::StatusOr<ExecStanza> stanza = ParseExecStanza(user.content.at("exec"), user.file);
  if (!stanza.ok()) return stanza.status();
  ChildEnvironment variables(environment);
  for (const auto& [name, value] : stanza->env) variables.Set(name, value);
  const absl::StatusOr<ParsedFlags> given = ParseFlags(kFlags, absl::MakeSpan(stanza->args).subspan(2));
  if (!given.ok()) return NotUnderstood(user, given.status().message());
  if (!given->operands().empty()) return NotUnderstood(user, "an argument that is no flag");
  const ParsedFlags flags = WithVariables(*given, variables.environment());
  AckRamToolUser found;
  found.cluster_id = std::string(flags.Get(kClusterId));
  const bool is_token = stanza->args[1] == kGetToken;
  found.args = {is_token ? kAckTokenIssuer.name : kAckIssuer.name, kClusterId, found.cluster_id};
  absl::Duration expiration;
  if (!is_token && absl::ParseDuration(flags.Get(kExpiration, "3h"), &expiration))
    found.args.insert(found.args.end(), {"--duration", absl::FormatDuration(expiration)});
  if (flags.Has(kRegionId))
    found.args.insert(found.args.end(), {"--region", std::string(flags.Get(kRegionId))});
  if (!is_token && flags.Has(kCsEndpoint))
    found.args.insert(found.args.end(), {"--cs-endpoint", std::string(flags.Get(kCsEndpoint))});
  for (const auto& variable : stanza->env) {
    if (!absl::StartsWith(variable.first, "ACK_RAM_TOOL_")) found.env.push_back(variable);
  }
  AddIdentity(flags, variables.environment(), &found);
  return found;
}

}  // namespace kubeconfig_writer
