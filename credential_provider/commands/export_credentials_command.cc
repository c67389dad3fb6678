#include "credential_provider/commands/export_credentials_command.h"

#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "credential_provider/alibaba_cloud/access_key.h"
#include "credential_provider/answer/principals.h"
#include "credential_provider/base/clock.h"
#include "credential_provider/base/program_name.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/base/waiting.h"
#include "credential_provider/http/curl_transport.h"
#include "credential_provider/identity/identity_text.h"
#include "credential_provider/identity/identity_words.h"
#include "credential_provider/invocation/invocation.h"
#include "credential_provider/issuers/ack_options.h"
#include "credential_provider/sources/source_chain.h"
#include "credential_provider/store/store_options.h"

namespace credential_provider {
namespace {

constexpr FlagSpec kPermanentKeyFlag = {
    "--permanent-key", nullptr, "hand over an AccessKey that does not expire, too", nullptr, Preset::kNever};

// As env and shells have it.
constexpr int kCannotRun = 126;
constexpr int kNotFound = 127;

// By which names a key is known to SDKs, to the aliyun command, to Terraform, and to ossutil and OSS's SDKs.
constexpr const char* kIdNames[] = {"ALIBABA_CLOUD_ACCESS_KEY_ID", "ALIBABACLOUD_ACCESS_KEY_ID",
                                    "ALICLOUD_ACCESS_KEY", "OSS_ACCESS_KEY_ID"};
constexpr const char* kSecretNames[] = {"ALIBABA_CLOUD_ACCESS_KEY_SECRET", "ALIBABACLOUD_ACCESS_KEY_SECRET",
                                        "ALICLOUD_SECRET_KEY", "OSS_ACCESS_KEY_SECRET"};
constexpr const char* kTokenNames[] = {"ALIBABA_CLOUD_SECURITY_TOKEN", "ALIBABACLOUD_SECURITY_TOKEN",
                                       "ALICLOUD_SECURITY_TOKEN", "OSS_SESSION_TOKEN"};
constexpr const char* kRegionNames[] = {"ALIBABA_CLOUD_REGION_ID", "ALIBABACLOUD_REGION_ID",
                                        "ALIBABA_CLOUD_REGION", "ALICLOUD_REGION", "OSS_REGION"};

// What would let another identity take the place of the key: older names, and other ways to one, of SDKs,
// `aliyun`, Terraform, Ansible, ossutil, and the command line of Log Service.
constexpr const char* kOthers[] = {"ALICLOUD_ACCESS_KEY_ID",
                                   "ALICLOUD_ACCESS_KEY_SECRET",
                                   "ALICLOUD_ACCESS_KEY_STS_TOKEN",
                                   "ALICLOUD_SECRET_ACCESS_KEY",
                                   "ACCESS_KEY_ID",
                                   "ACCESS_KEY_SECRET",
                                   "SECURITY_TOKEN",
                                   "ALIYUN_LOG_CLI_ACCESSID",
                                   "ALIYUN_LOG_CLI_ACCESSKEY",
                                   "ALIYUN_LOG_CLI_STS_TOKEN",
                                   "ALIBABA_CLOUD_PROFILE",
                                   "ALIBABACLOUD_PROFILE",
                                   "ALICLOUD_PROFILE",
                                   "ALIBABA_CLOUD_PROFILE_MODE",
                                   "ALIBABA_CLOUD_BEARER_TOKEN",
                                   "ALIBABA_CLOUD_ROLE_ARN",
                                   "ALIBABACLOUD_ROLE_ARN",
                                   "ALICLOUD_ASSUME_ROLE_ARN",
                                   "OSS_ROLE_ARN",
                                   "ALIBABA_CLOUD_ROLE_SESSION_NAME",
                                   "ALIBABACLOUD_ROLE_SESSION_NAME",
                                   "ALICLOUD_ASSUME_ROLE_SESSION_NAME",
                                   "ALICLOUD_ASSUME_ROLE_SESSION_EXPIRATION",
                                   "OSS_ROLE_SESSION_NAME",
                                   "ALIBABA_CLOUD_EXTERNAL_ID",
                                   "ALIBABACLOUD_EXTERNAL_ID",
                                   "ALIBABA_CLOUD_OIDC_PROVIDER_ARN",
                                   "ALIBABACLOUD_OIDC_PROVIDER_ARN",
                                   "ALIBABA_CLOUD_OIDC_TOKEN_FILE",
                                   "ALIBABACLOUD_OIDC_TOKEN_FILE",
                                   "ALIBABA_CLOUD_CREDENTIALS_URI",
                                   "ALICLOUD_CREDENTIALS_URI",
                                   "ALIBABA_CLOUD_ECS_METADATA",
                                   "ALICLOUD_ECS_ROLE_NAME"};

template <size_t kCount>
void SetAll(const char* const (&names)[kCount], const std::string& value) {
  for (const char* const name : names) value.empty() ? unsetenv(name) : setenv(name, value.c_str(), 1);
}

// Nowhere else than in this process, which becomes the command. Without a region the command's own stays.
void SetVariables(const AccessKey& key, const std::string& region) {
  SetAll(kIdNames, key.id);
  SetAll(kSecretNames, key.secret.Reveal());
  SetAll(kTokenNames, key.security_token.Reveal());
  if (!region.empty()) SetAll(kRegionNames, region);
  SetAll(kOthers, "");
  setenv("ALIBABACLOUD_IGNORE_PROFILE", "TRUE", 1);  // for `aliyun`, where a profile wins over variables
}

absl::Status CheckTemporary(const Identity& identity, const AccessKey& key, const ParsedFlags& flags) {
  if (!key.security_token.empty() || flags.Has(kPermanentKeyFlag.name)) return absl::OkStatus();
  return WithHint(
      absl::FailedPreconditionError(
          absl::StrCat(Printable(IdentityInWords(ShownIdentity(identity.who)), 80),
                       ": a permanent key, which the command and all that it starts could keep")),
      absl::StrCat("assume a role with --role-arn, or hand the key over with ", kPermanentKeyFlag.name));
}

// Returns only when that fails, with the status to exit with. `pipe_signal` is what the command shall do
// about SIGPIPE.
int Become(const std::vector<std::string>& command, void (*pipe_signal)(int)) {
  std::vector<char*> argv;
  for (const std::string& arg : command) argv.push_back(const_cast<char*>(arg.c_str()));
  argv.push_back(nullptr);
  signal(SIGPIPE, pipe_signal);
  execvp(argv[0], argv.data());
  const int error = errno;
  PrintError(kProgramName,
             WithHint(ErrnoError(error, Printable(command.front(), 200)),
                      "this is the command after --: is it there, on the PATH, and executable?"));
  return error == ENOENT ? kNotFound : kCannotRun;
}

std::vector<FlagSpec> ExportCredentialsFlags(const Command&) {
  std::vector<FlagSpec> flags = CallerFlags();
  flags.push_back(kRegionFlag);
  flags.insert(flags.end(), StoreFlags().begin(), StoreFlags().end());
  flags.push_back(kPermanentKeyFlag);
  return flags;
}

absl::StatusOr<Output> RunExportCredentials(const Command&, const ParsedFlags& flags,
                                            const Environment& environment) {
  if (flags.operands().empty())
    return UsageError("export-credentials: needs the command that is to be run, after --");
  absl::StatusOr<Caller> caller = ParseCaller(flags);
  if (!caller.ok()) return UsageError(caller.status());
  absl::StatusOr<StoreOptions> options = ParseStoreOptions(flags);
  if (!options.ok()) return UsageError(options.status());
  Principals principals(*caller, *options, environment);
  absl::StatusOr<FoundIdentity> found = FindIdentity(caller->identity, environment, principals.Anew());
  if (!found.ok()) return found.status();
  const Identity& identity = found->identity;
  const auto pipe_signal = signal(SIGPIPE, SIG_IGN);
  CurlTransport transport(caller->ca_file, &SayWaitingFor);
  SystemClock clock;
  const auto warn = [](const absl::Status& status) { PrintWarning(kProgramName, status); };
  // No session that is remembered: it may be about to end, and the command may take its time.
  absl::StatusOr<AccessKey> key =
      identity.access_key({transport, clock, environment, caller->timeout, SessionStore(), warn});
  if (!key.ok()) return WithContext(key.status(), absl::StrCat("identity ", identity.source));
  absl::Status temporary = CheckTemporary(identity, *key, flags);
  if (!temporary.ok()) return temporary;
  SetVariables(*key, std::string(flags.Get(kRegionFlag.name, identity.region)));
  return Output{"", Become(flags.operands(), pipe_signal)};
}

}  // namespace

const Command kExportCredentialsCommand = {
    "export-credentials",
    "-- COMMAND...",
    "runs a command with the temporary key of who asks",
    R"(Runs COMMAND with the temporary key of who asks in its environment, by the names that SDKs, aliyun, Terraform and ossutil
know (ALIBABA_CLOUD_ACCESS_KEY_ID and so on), and the region if one is known. What is there of another identity is taken out. The
key is in no file and no argument; COMMAND takes the place of this program, so signals and exit status are its own. A role is
assumed anew, for its whole duration. A permanent key is refused without --permanent-key.)",
    &ExportCredentialsFlags,
    &RunExportCredentials,
};

}  // namespace credential_provider
