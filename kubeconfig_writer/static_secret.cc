#include "kubeconfig_writer/static_secret.h"

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "credential_provider/base/file.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/crypto/certificate_facts.h"
#include "credential_provider/sources/jwt_claims.h"
#include "kubeconfig_writer/argument_secret.h"
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
  void AddExtensions();

  std::vector<Finding> Take() { return std::move(findings_); }

 private:
  void AddArguments(absl::string_view kind, absl::string_view place, const json& list);
  void AddVariable(absl::string_view kind, absl::string_view prefix, const std::string& name,
                   const std::string& value);
  void AddFields(const json& value, const std::string& place);

  const KubeconfigEntry& entry_;
  const std::string name_;
  std::vector<Finding> findings_;
};

std::string DescribeClaims(const credential_provider::JwtClaims& claims) {
  std::string description = "JWT";
  if (!claims.issuer.empty()) absl::StrAppend(&description, " of ", Printable(claims.issuer, 100));
  if (!claims.subject.empty()) absl::StrAppend(&description, " for ", Printable(claims.subject, 100));
  return description;
}

void Findings::AddToken(absl::string_view place, absl::string_view token) {
  const credential_provider::JwtClaims claims = credential_provider::ReadJwtClaims(token);
  std::string details = absl::StartsWith(token, kAckTokenPrefix) ? "for ack-ram-authenticator" : "opaque";
  if (!claims.subject.empty() || !claims.issuer.empty() || claims.expires != absl::InfiniteFuture())
    details = DescribeClaims(claims);
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
  const absl::StatusOr<credential_provider::CertificateFacts> facts =
      credential_provider::ReadCertificate(*pem);
  if (!facts.ok())
    return Add("client key", place, absl::StrCat("its certificate: ", facts.status().message()));
  Add("client key", place, absl::StrCat("subject ", facts->subject.text, "; issuer ", facts->issuer.text),
      facts->not_after);
}

void Findings::AddExec(const json& exec) {
  AddArguments("exec secret", "exec.args", exec.value("args", json::array()));
  for (const json& variable : exec.value("env", json::array()))
    AddVariable("exec secret", "exec.env ", TextAt(variable, "name"), TextAt(variable, "value"));
}

void Findings::AddArguments(absl::string_view kind, absl::string_view place, const json& list) {
  std::vector<std::string> arguments;
  for (const json& item : list) arguments.push_back(item.is_string() ? item.get<std::string>() : "");
  for (const ArgumentSecret& secret : FindArgumentSecrets(arguments)) {
    if (!secret.in_doubt)
      Add(kind, absl::StrCat(place, secret.flag.empty() ? "" : " ", secret.flag), secret.why);
  }
}

void Findings::AddVariable(absl::string_view kind, absl::string_view prefix, const std::string& name,
                           const std::string& value) {
  const absl::string_view why = WhySecretVariable(name, value);
  if (!why.empty()) Add(kind, absl::StrCat(prefix, name), why);
}

// Looks into what an extension holds, which may be anything.
void Findings::AddFields(const json& value, const std::string& place) {
  constexpr char kKind[] = "extension secret";
  if (value.is_array()) AddArguments(kKind, place, value);
  if (!value.is_structured()) return;
  AddVariable(kKind, absl::StrCat(place, " "), TextAt(value, "name"), TextAt(value, "value"));
  for (const auto& [name, field] : value.items()) {
    const std::string inner = value.is_object() ? absl::StrCat(place, " ", name) : place;
    if (value.is_object() && field.is_string())
      AddVariable(kKind, absl::StrCat(place, " "), name, field.get<std::string>());
    AddFields(field, inner);
  }
}

void Findings::AddExtensions() {
  if (!entry_.content.is_object()) return;
  for (const json& extension : entry_.content.value("extensions", json::array())) {
    if (extension.is_object() && extension.contains("extension"))
      AddFields(extension.at("extension"), absl::StrCat("extensions ", TextAt(extension, "name")));
  }
}

// gcp's "token-key" and "expiry-key" say where in its plugin's answer these stand.
void Findings::AddAuthProvider(const json& provider) {
  const json config = provider.value("config", json::object());
  if (!config.is_object()) return;
  for (const auto& [name, value] : config.items()) {
    const std::string text = value.is_string() ? value.get<std::string>() : "";
    if (IsSecretByName(name, text) && name != "token-key" && name != "expiry-key")
      AddToken(absl::StrCat("auth-provider.config ", name), text);
  }
}

const json* ObjectAt(const json& object, const char* field) {
  const auto found = object.is_object() ? object.find(field) : object.end();
  return found != object.end() && found->is_object() ? &*found : nullptr;
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
  findings.AddExtensions();
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
  if (!PasswordInAddress(TextAt(cluster.content, "server")).empty())
    findings.Add("password", "server", "in the server's URL");
  if (!PasswordInAddress(TextAt(cluster.content, "proxy-url")).empty())
    findings.Add("password", "proxy-url", "in the proxy's URL");
  findings.AddExtensions();
  return findings.Take();
}

}  // namespace kubeconfig_writer
