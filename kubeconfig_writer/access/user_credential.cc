#include "kubeconfig_writer/access/user_credential.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "credential_provider/base/file.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/cli/listing.h"
#include "credential_provider/crypto/client_certificate.h"
#include "credential_provider/kubernetes/plugin_policy.h"
#include "credential_provider/text/jwt_claims.h"
#include "credential_provider/text/time_text.h"
#include "kubeconfig_writer/access/cluster_info.h"
#include "kubeconfig_writer/access/plugin_run.h"
#include "kubeconfig_writer/entries/install_line.h"
#include "kubeconfig_writer/schema/relative_path.h"
#include "kubeconfig_writer/schema/text_field.h"
#include "kubeconfig_writer/schema/user_fields.h"

namespace kubeconfig_writer {
namespace {

using namespace credential_provider;  // NOLINT: this file joins the two
using nlohmann::ordered_json;

constexpr size_t kMaxCredentialBytes = 1 << 20;

std::string EndsIn(absl::Time end, absl::Time now) {
  if (end == absl::InfiniteFuture()) return "that does not say when it expires";
  return absl::StrCat("until ", FormatInstant(end), " (", InWords(end, now), ")");
}

absl::Status CheckEnd(absl::string_view what, absl::Time end, absl::Time now, absl::string_view hint) {
  if (end > now) return absl::OkStatus();
  return WithHint(absl::UnauthenticatedError(absl::StrCat(what, ": expired at ", FormatInstant(end))), hint);
}

// Checks the certificate and its key, and tells of them.
absl::Status CheckPair(const UserCredential& credential, absl::Time now, absl::string_view hint,
                       SayStep say) {
  absl::StatusOr<CertificateDates> dates =
      CheckClientCertificate(credential.certificate_pem, credential.key_pem);
  if (!dates.ok()) return WithHint(dates.status(), hint);
  absl::Status lives = CheckEnd("client certificate", dates->not_after, now, hint);
  if (lives.ok()) say("credential", absl::StrCat("a client certificate ", EndsIn(dates->not_after, now)));
  return lives;
}

absl::Status CheckToken(absl::string_view token, absl::Time end, absl::Time now, absl::string_view hint,
                        SayStep say) {
  const absl::Time ends = std::min(end, ReadJwtClaims(token).expires);
  absl::Status lives = CheckEnd("token", ends, now, hint);
  if (lives.ok()) say("credential", absl::StrCat("a token ", EndsIn(ends, now)));
  return lives;
}

// The token of the kubeconfig; a file with one wins over the text, which serves when the file has none.
absl::StatusOr<std::string> StaticToken(const KubeconfigEntry& user) {
  std::string text = TextAt(user.content, "token");
  const std::string file = TextAt(user.content, "tokenFile");
  if (file.empty()) return text;
  absl::StatusOr<std::string> token = ReadFile(ResolvePath(file, user.file), kMaxCredentialBytes);
  if (token.ok()) absl::StripAsciiWhitespace(&*token);
  if (!text.empty() && (!token.ok() || token->empty())) return text;
  if (!token.ok())
    return WithHint(WithContext(token.status(), "tokenFile"),
                    "correct the path in the kubeconfig, or put the file there");
  return token;
}

absl::StatusOr<UserCredential> StaticCredential(const KubeconfigEntry& user, absl::Time now, SayStep say) {
  constexpr char kHint[] =
      "the credential is in the kubeconfig: put a new one there, or `kubeconfig_writer migrate CONTEXT`";
  UserCredential credential;
  absl::StatusOr<std::string> certificate = DataOrFile(user, "client-certificate-data", "client-certificate");
  if (!certificate.ok()) return certificate.status();
  absl::StatusOr<std::string> key = DataOrFile(user, "client-key-data", "client-key");
  if (!key.ok()) return key.status();
  absl::StatusOr<std::string> token = StaticToken(user);
  if (!token.ok()) return token.status();
  absl::Status sound = CheckHeaderText("token", *token);
  credential.certificate_pem = *std::move(certificate);
  credential.key_pem = Secret(*std::move(key));
  if (sound.ok() && (!credential.certificate_pem.empty() || !credential.key_pem.empty()))
    sound = CheckPair(credential, now, kHint, say);
  if (sound.ok() && !token->empty()) {
    sound = CheckToken(*token, absl::InfiniteFuture(), now, kHint, say);
    credential.authorization = Secret(absl::StrCat("Bearer ", *token));
  } else if (sound.ok() && !TextAt(user.content, "username").empty()) {
    credential.authorization =
        Secret(absl::StrCat("Basic ", absl::Base64Escape(absl::StrCat(TextAt(user.content, "username"), ":",
                                                                      TextAt(user.content, "password")))));
    say("credential", "a user name and its password");
  }
  if (!sound.ok()) return sound;
  return credential;
}

absl::StatusOr<UserCredential> PluginCredential(const KubeconfigEntry& user, const KubeconfigEntry& cluster,
                                                const Environment& environment, absl::Duration time_limit,
                                                absl::Time now, SayStep say) {
  absl::StatusOr<ExecStanza> stanza = ParseExecStanza(user.content.at("exec"), user.file);
  if (!stanza.ok()) return WithHint(stanza.status(), "correct the user's exec stanza, or install it again");
  absl::StatusOr<std::string> allowed = CheckPluginPolicy(stanza->command, environment);
  if (!allowed.ok()) return allowed.status();
  say("plugin policy", *allowed);
  absl::StatusOr<ordered_json> info = stanza->provide_cluster_info ? ClusterInfo(cluster) : ordered_json();
  if (!info.ok()) return info.status();
  absl::StatusOr<Credential> answer = RunPlugin(*stanza, InstallLine(user), *info, environment, time_limit);
  if (!answer.ok()) return answer.status();
  say("plugin", absl::StrCat(Printable(stanza->command), " answers in ", FullName(stanza->api_version)));
  const std::string hint =
      "the plugin gave out an expired credential: check this machine's clock, and the plugin's cache";
  UserCredential credential;
  credential.certificate_pem = answer->certificate_pem;
  credential.key_pem = answer->key_pem;
  absl::Status sound = CheckEnd("the plugin's answer", answer->expires, now, hint);
  if (sound.ok() && !credential.certificate_pem.empty()) sound = CheckPair(credential, now, hint, say);
  if (sound.ok() && !answer->token.empty()) {
    sound = CheckToken(answer->token.Reveal(), answer->expires, now, hint, say);
    credential.authorization = Secret(absl::StrCat("Bearer ", answer->token.Reveal()));
  }
  if (!sound.ok()) return sound;
  return credential;
}

}  // namespace

absl::StatusOr<UserCredential> GetUserCredential(const KubeconfigEntry& user, const KubeconfigEntry& cluster,
                                                 const Environment& environment, absl::Duration time_limit,
                                                 absl::Time now, SayStep say) {
  absl::Status usable = CheckUserFields(user.content);
  if (!usable.ok()) return usable;
  const bool has_exec =
      user.content.is_object() && user.content.contains("exec") && user.content.at("exec").is_object();
  const bool is_static = HasStaticCredential(user.content);
  if (!has_exec && !is_static) {
    return WithHint(
        absl::FailedPreconditionError("no credential: neither a static one nor an exec stanza"),
        "complete the user's entry, or have `kubeconfig_writer install ack --cluster-id ID` write one");
  }
  if (has_exec && is_static)
    say("plugin", "never started: kubectl takes the static credential beside the stanza");
  absl::StatusOr<UserCredential> credential =
      is_static ? StaticCredential(user, now, say)
                : PluginCredential(user, cluster, environment, time_limit, now, say);
  if (credential.ok()) credential->impersonate = TextAt(user.content, "as");
  return credential;
}

}  // namespace kubeconfig_writer
