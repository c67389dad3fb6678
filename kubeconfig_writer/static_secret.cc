#include "kubeconfig_writer/static_secret.h"

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "credential_provider/base/file.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/crypto/certificate_facts.h"
#include "credential_provider/http/url.h"
#include "credential_provider/sources/jwt_claims.h"
#include "kubeconfig_writer/json_field.h"
#include "kubeconfig_writer/secret_shape.h"
#include "kubeconfig_writer/user_credential.h"

namespace kubeconfig_writer {
namespace {

using credential_provider::Printable;
using nlohmann::json;

constexpr size_t kMaxTokenBytes = 1 << 20;
constexpr char kAckTokenPrefix[] = "k8s-ack-v2.";

// Collects the findings in one entry.
class Findings {
 public:
  Findings(const KubeconfigEntry& entry, absl::string_view list)
      : entry_(entry), name_(absl::StrCat(list, " ", entry.name)) {}

  void Add(absl::string_view kind, absl::string_view place, absl::string_view details,
           absl::Time ends = absl::InfiniteFuture()) {
    findings_.push_back(
        {entry_.file, name_, std::string(kind), std::string(place), std::string(details), ends});
  }

  void AddToken(absl::string_view place, absl::string_view token);
  void AddKey();
  void AddExec(const json& exec);
  void AddAuthProvider(const json& provider);

  std::vector<Finding> Take() { return std::move(findings_); }

 private:
  const KubeconfigEntry& entry_;
  const std::string name_;
  std::vector<Finding> findings_;
};

void Findings::AddToken(absl::string_view place, absl::string_view token) {
  const credential_provider::JwtClaims claims = credential_provider::ReadJwtClaims(token);
  std::string details = absl::StartsWith(token, kAckTokenPrefix) ? "for ack-ram-authenticator" : "opaque";
  if (!claims.subject.empty() || !claims.issuer.empty() || claims.expires != absl::InfiniteFuture())
    details = absl::StrCat("JWT of ", Printable(claims.issuer, 100), " for ", Printable(claims.subject, 100));
  Add("token", place, details, claims.expires);
}

// A key is told of with its certificate, which says whose it is and until when.
void Findings::AddKey() {
  const bool has_data = !TextAt(entry_.content, "client-key-data").empty();
  const std::string place =
      has_data ? "client-key-data" : ResolvePath(TextAt(entry_.content, "client-key"), entry_.file);
  if (place.empty()) return;
  const absl::StatusOr<std::string> pem = DataOrFile(entry_, "client-certificate-data", "client-certificate");
  if (!pem.ok()) return Add("client key", place, pem.status().message());
  if (pem->empty()) return Add("client key", place, "without a certificate");
  const absl::StatusOr<const credential_provider::OpenSslLibrary*> openssl =
      credential_provider::LoadOpenSsl();
  if (!openssl.ok()) return Add("client key", place, openssl.status().message());
  const absl::StatusOr<credential_provider::CertificateFacts> facts =
      credential_provider::ReadCertificate(**openssl, *pem);
  if (!facts.ok())
    return Add("client key", place, absl::StrCat("its certificate: ", facts.status().message()));
  Add("client key", place, absl::StrCat("subject ", facts->subject.text, "; issuer ", facts->issuer.text),
      facts->not_after);
}

// "--token VALUE", "--token=VALUE" and, for env(1), "API_TOKEN=VALUE", by name or by the value's shape. What
// looks like a variable's name may be part of a secret, so it is not shown.
void Findings::AddExec(const json& exec) {
  std::string flag;  // the one that takes the next argument
  for (const json& item : exec.value("args", json::array())) {
    const std::string arg = item.is_string() ? item.get<std::string>() : "";
    const size_t equals = arg.find('=');
    const bool is_flag = absl::StartsWith(arg, "-");
    const std::string name = is_flag ? arg.substr(0, equals) : flag;
    const std::string value = is_flag ? (equals == std::string::npos ? "" : arg.substr(equals + 1)) : arg;
    if (!value.empty() && IsSecretName(name)) {
      Add("exec secret", absl::StrCat("exec.args ", name), "a secret by its flag's name");
    } else if (IsSecretValue(value)) {
      Add("exec secret", name.empty() ? "exec.args" : absl::StrCat("exec.args ", name),
          "a secret by its shape");
    } else if (!is_flag && equals != std::string::npos && equals + 1 < arg.size() &&
               IsSecretName(arg.substr(0, equals))) {
      Add("exec secret", "exec.args", "a secret by its variable's name");
    }
    flag = is_flag && equals == std::string::npos ? arg : "";
  }
  for (const json& variable : exec.value("env", json::array())) {
    const std::string name = TextAt(variable, "name");
    const std::string value = TextAt(variable, "value");
    if (value.empty() || (!IsSecretName(name) && !IsSecretValue(value))) continue;
    Add("exec secret", absl::StrCat("exec.env ", name),
        IsSecretName(name) ? "a secret by its name" : "a secret by its shape");
  }
}

void Findings::AddAuthProvider(const json& provider) {
  const json config = provider.value("config", json::object());
  if (!config.is_object()) return;
  for (const auto& [name, value] : config.items()) {
    if (!value.is_string() || value.empty() || !IsSecretName(name)) continue;
    const std::string text = value.get<std::string>();
    if (!text.empty()) AddToken(absl::StrCat("auth-provider.config ", name), text);
  }
}

const json* ObjectAt(const json& object, const char* field) {
  const auto found = object.is_object() ? object.find(field) : object.end();
  return found != object.end() && found->is_object() ? &*found : nullptr;
}

bool HasPassword(const std::string& url) {
  const std::string origin(credential_provider::OriginOf(url));
  const size_t at = origin.rfind('@');
  const size_t scheme = origin.find("://");
  return at != std::string::npos && scheme != std::string::npos && origin.find(':', scheme + 3) < at;
}

}  // namespace

std::vector<Finding> FindUserSecrets(const KubeconfigEntry& user) {
  Findings findings(user, "user");
  findings.AddKey();
  const std::string token = TextAt(user.content, "token");
  if (!token.empty()) findings.AddToken("token", token);
  const std::string file = ResolvePath(TextAt(user.content, "tokenFile"), user.file);
  if (!file.empty()) {
    const absl::StatusOr<std::string> text = credential_provider::ReadFile(file, kMaxTokenBytes);
    if (text.ok()) findings.AddToken(file, *text);
  }
  if (!TextAt(user.content, "password").empty())
    findings.Add("password", "password",
                 absl::StrCat("of ", Printable(TextAt(user.content, "username"), 100)));
  if (const json* const exec = ObjectAt(user.content, "exec")) findings.AddExec(*exec);
  if (const json* const provider = ObjectAt(user.content, "auth-provider"))
    findings.AddAuthProvider(*provider);
  return findings.Take();
}

std::vector<std::string> SecretFilesOf(const KubeconfigEntry& user) {
  std::vector<std::string> files;
  for (const char* const field : {"client-key", "tokenFile"}) {
    const std::string path = TextAt(user.content, field);
    if (!path.empty()) files.push_back(ResolvePath(path, user.file));
  }
  return files;
}

std::vector<Finding> FindClusterSecrets(const KubeconfigEntry& cluster) {
  Findings findings(cluster, "cluster");
  if (HasPassword(TextAt(cluster.content, "server")))
    findings.Add("password", "server", "in the server's URL");
  if (HasPassword(TextAt(cluster.content, "proxy-url")))
    findings.Add("password", "proxy-url", "in the proxy's URL");
  return findings.Take();
}

}  // namespace kubeconfig_writer
