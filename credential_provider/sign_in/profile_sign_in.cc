#include "credential_provider/sign_in/profile_sign_in.h"

#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/types/optional.h"
#include "credential_provider/base/file.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/process/ending_signals.h"
#include "credential_provider/sign_in/browser_sign_in.h"
#include "credential_provider/sign_in/device_sign_in.h"
#include "credential_provider/sources/aliyun/cloud_sso_portal.h"
#include "credential_provider/sources/aliyun/config_file.h"
#include "credential_provider/sources/aliyun/oauth_tokens.h"
#include "credential_provider/text/did_you_mean.h"
#include "credential_provider/text/json_reader.h"
#include "credential_provider/text/shell_words.h"

namespace credential_provider {
namespace {

constexpr char kCloudSso[] = "CloudSSO";
constexpr char kOAuth[] = "OAuth";
constexpr char kChain[] = "ChainableRamRoleArn";

// A session that cannot be had at once would waste what a person has just done.
constexpr int kSessionAttempts = 3;
constexpr absl::Duration kSessionPause = absl::Seconds(1);

std::string Subject(absl::string_view path, absl::string_view profile) {
  return absl::StrCat(path, ": profile \"", Printable(profile, 60), "\"");
}

absl::StatusOr<JsonReader> FieldsOf(const AliyunConfig& config, const std::string& name) {
  const nlohmann::json* const found = config.FindProfile(name);
  if (found != nullptr) return JsonReader::Of(*found, Subject(config.path, name));
  return WithHint(
      absl::NotFoundError(absl::StrCat(Subject(config.path, name), ": not there")),
      DidYouMean(name, config.ProfileNames(), "`aliyun configure list` shows those that there are"));
}

std::string HintForNoConfig(const absl::Status& failure, absl::string_view given,
                            const Environment& environment) {
  if (!absl::IsNotFound(failure))
    return "the profiles of `aliyun` are in this file: it has to be one that you can read";
  // `aliyun` would make it in a file of its own choice.
  if (!environment.Get("ALIBABA_CLOUD_CONFIG_FILE").empty())
    return "ALIBABA_CLOUD_CONFIG_FILE says so: is that the file that is meant?";
  const std::string name(given.empty() ? "NAME" : given);
  const std::string configure = ShellLine({"aliyun", "configure", "--profile", name, "--mode", kCloudSso});
  return absl::StrCat("`", configure, "` (or OAuth) makes a profile to sign in to");
}

absl::Status NeedsNoSignIn(const SignInProfile& profile, const Environment& environment) {
  const std::string whoami = ProfileLine("whoami", profile.asked, environment);
  const std::string mode = Printable(profile.mode.empty() ? "AK" : profile.mode, 30);
  return WithHint(absl::FailedPreconditionError(absl::StrCat(Subject(profile.path, profile.name), ": mode ",
                                                             mode, " needs no sign-in by a person")),
                  absl::StrCat("`", whoami, "` shows whose key it has"));
}

// What the session of a sign-in, and with it the profile, depends on, beside the tokens.
std::string MeantBy(JsonReader fields) {
  std::string meant;
  for (const char* field : {"mode", "cloud_sso_sign_in_url", "cloud_sso_account_id",
                            "cloud_sso_access_config", "oauth_site_type"})
    absl::StrAppend(&meant, fields.OptionalString(field), "\n");
  return meant;
}

// The fields of the AccessKey that the CLI keeps.
void AddSession(const AccessKey& session, absl::Time end, ProfileFields* fields) {
  (*fields)["access_key_id"] = session.id;
  (*fields)["access_key_secret"] = session.secret.Reveal();
  (*fields)["sts_token"] = session.security_token.Reveal();
  (*fields)["sts_expiration"] = absl::ToUnixSeconds(end);
}

template <typename GetSession>
absl::StatusOr<AccessKey> NewSession(const NetworkContext& fetch, GetSession get) {
  absl::StatusOr<AccessKey> session = get();
  for (int i = 1; i < kSessionAttempts && !session.ok(); ++i) {
    const absl::Status& failed = session.status();
    if (!absl::IsUnavailable(failed) && !absl::IsAborted(failed) && !absl::IsDeadlineExceeded(failed)) break;
    fetch.clock.Sleep(kSessionPause);
    session = get();
  }
  return session;
}

// What is to be written, and what is told.
struct NewSignIn {
  ProfileFields fields;
  SignInResult result;
};

absl::StatusOr<NewSignIn> SignInToCloudSso(const SignInProfile& profile, JsonReader& fields,
                                           const Person& person, const NetworkContext& fetch) {
  absl::StatusOr<CloudSsoAccess> access = ReadCloudSsoAccess(profile.name, fields);
  if (!access.ok()) return access.status();
  absl::StatusOr<DeviceToken> token = SignInByDevice(*access, person, fetch);
  if (!token.ok()) return token.status();
  absl::StatusOr<AccessKey> session =
      NewSession(fetch, [&] { return CloudSsoSession(*access, token->access_token, fetch); });
  if (!session.ok()) return session.status();
  NewSignIn made;
  made.fields = {{"access_token", token->access_token.Reveal()},
                 {"cloud_sso_access_token_expire", absl::ToUnixSeconds(token->end)}};
  AddSession(*session, session->expires - absl::Seconds(5), &made.fields);  // as the CLI does
  made.result.end = token->end;
  return made;
}

absl::StatusOr<NewSignIn> SignInToOAuth(const SignInProfile& profile, JsonReader& fields,
                                        const Person& person, const NetworkContext& fetch) {
  absl::StatusOr<OAuthSite> site = FindOAuthSite(fields.OptionalString("oauth_site_type"), fetch.environment);
  if (!site.ok()) {
    return WithHint(WithContext(site.status(), Subject(profile.path, profile.name)),
                    ConfigureHint(profile.name, kOAuth));
  }
  absl::StatusOr<OAuthTokens> tokens = SignInByBrowser(*site, person, fetch);
  if (!tokens.ok()) return tokens.status();
  absl::StatusOr<AccessKey> session =
      NewSession(fetch, [&] { return ExchangeOAuthToken(*site, tokens->access, fetch); });
  if (!session.ok()) return WithContext(session.status(), "OAuth");
  NewSignIn made;
  made.fields = {{"oauth_access_token", tokens->access.Reveal()},
                 {"oauth_refresh_token", nullptr},
                 {"oauth_access_token_expire", absl::ToUnixSeconds(tokens->access_end)}};
  made.result = {tokens->access_end, !tokens->refresh.empty()};
  if (made.result.renews_itself) made.fields["oauth_refresh_token"] = tokens->refresh.Reveal();
  AddSession(*session, session->expires, &made.fields);
  return made;
}

// Signals that end this process wait meanwhile: a file half made would be left.
absl::Status Keep(const SignInProfile& profile, const std::string& meant, const ProfileFields& fields,
                  const NetworkContext& fetch) {
  const absl::StatusOr<FileDescriptor> lock = LockAliyunConfig(profile.path, fetch.clock, fetch.time_limit);
  if (!lock.ok()) return lock.status();
  const absl::StatusOr<AliyunConfig> config = ReadAliyunConfig(profile.path);
  if (!config.ok()) return config.status();
  const absl::StatusOr<JsonReader> now = FieldsOf(*config, profile.name);
  if (!now.ok() || MeantBy(*now) != meant) {
    return absl::FailedPreconditionError(
        absl::StrCat(Subject(profile.path, profile.name), ": was changed meanwhile; nothing was written"));
  }
  absl::Status written;
  absl::optional<EndingSignal> ending;
  {
    EndingSignals signals;
    signals.Begin();
    written = UpdateAliyunProfile(profile.path, profile.name, fields, ConfigMode::kPrivate);
    ending = signals.Take();
  }
  if (ending) raise(ending->number);
  return written;
}

// Nobody shall sign in for nothing.
absl::Status CanBeReplaced(const std::string& path, const NetworkContext& fetch) {
  char real[PATH_MAX];
  if (realpath(path.c_str(), real) == nullptr) return ErrnoError(errno, path);
  const std::string folder = DirectoryOf(real);
  if (access(folder.c_str(), W_OK) != 0) {
    return WithHint(ErrnoError(errno, folder),
                    "a new config.json is made in this folder and renamed: make it writable");
  }
  return LockAliyunConfig(path, fetch.clock, fetch.time_limit).status();
}

}  // namespace

absl::StatusOr<SignInProfile> FindSignInProfile(absl::string_view given, const Environment& environment) {
  absl::StatusOr<std::string> path = AliyunConfigPath(environment, !given.empty());
  if (!path.ok()) return path.status();
  absl::StatusOr<AliyunConfig> config = ReadAliyunConfig(*path);
  if (!config.ok()) return WithHint(config.status(), HintForNoConfig(config.status(), given, environment));
  SignInProfile profile{*path, ChooseAliyunProfile(given, environment, *config).name, "", ""};
  profile.asked = profile.name;
  std::vector<std::string> seen;
  while (true) {
    absl::StatusOr<JsonReader> fields = FieldsOf(*config, profile.name);
    if (!fields.ok()) return fields.status();
    profile.mode = fields->OptionalString("mode");
    if (profile.mode == kCloudSso || profile.mode == kOAuth) return profile;
    const std::string source = fields->OptionalString("source_profile");
    seen.push_back(profile.name);
    const bool goes_on = profile.mode == kChain && !source.empty() &&
                         std::find(seen.begin(), seen.end(), source) == seen.end();
    if (!goes_on) return NeedsNoSignIn(profile, environment);
    profile.name = source;
  }
}

std::string SignInLine(const std::string& profile, const Environment& environment) {
  return LoginLine(profile, environment);
}

absl::StatusOr<SignInResult> SignInToProfile(const SignInProfile& profile, const Person& person,
                                             const NetworkContext& fetch) {
  absl::Status possible = CanBeReplaced(profile.path, fetch);
  if (!possible.ok()) return possible;
  absl::StatusOr<AliyunConfig> config = ReadAliyunConfig(profile.path);
  if (!config.ok()) return config.status();
  absl::StatusOr<JsonReader> fields = FieldsOf(*config, profile.name);
  if (!fields.ok()) return fields.status();
  const std::string meant = MeantBy(*fields);
  const auto sign_in = profile.mode == kCloudSso ? &SignInToCloudSso : &SignInToOAuth;
  absl::StatusOr<NewSignIn> made = sign_in(profile, *fields, person, fetch);
  if (!made.ok()) return made.status();
  absl::Status kept = Keep(profile, meant, made->fields, fetch);
  if (!kept.ok()) return kept;
  return made->result;
}

}  // namespace credential_provider
