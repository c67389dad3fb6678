#include "kubeconfig_writer/audit/secret_findings.h"

#include <sys/stat.h>

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "credential_provider/base/file.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/crypto/certificate_facts.h"
#include "credential_provider/text/jwt_claims.h"
#include "kubeconfig_writer/audit/findings.h"
#include "kubeconfig_writer/schema/relative_path.h"
#include "kubeconfig_writer/schema/text_field.h"
#include "kubeconfig_writer/secrets/argument_secrets.h"
#include "kubeconfig_writer/secrets/placeholder.h"
#include "kubeconfig_writer/secrets/secret_names.h"
#include "kubeconfig_writer/secrets/secret_patterns.h"

namespace kubeconfig_writer {
namespace {

using credential_provider::Printable;
using nlohmann::json;

constexpr size_t kMaxTokenBytes = 1 << 20;
constexpr char kAckTokenPrefix[] = "k8s-ack-v2.";

std::string LabelOf(absl::string_view list, const KubeconfigEntry& entry) {
  return absl::StrCat(list, " ", Showable(entry.name));
}

// A pipe would be waited for without end.
bool IsRegularFile(const std::string& path) {
  struct stat info;
  return stat(path.c_str(), &info) == 0 && S_ISREG(info.st_mode);
}

// Returns the file that `field` names, if it is there.
std::string FileAt(const KubeconfigEntry& entry, const char* field) {
  const std::string path = ResolvePath(TextAt(entry.content, field), entry.file);
  return !path.empty() && IsRegularFile(path) ? path : "";
}

std::string DescribeClaims(const credential_provider::JwtClaims& claims) {
  std::string description = "JWT";
  if (!claims.issuer.empty()) absl::StrAppend(&description, " of ", Printable(claims.issuer, 100));
  if (!claims.subject.empty()) absl::StrAppend(&description, " for ", Printable(claims.subject, 100));
  return description;
}

void AddToken(absl::string_view place, absl::string_view token, Findings* findings) {
  if (IsPlaceholder(token)) return;
  const credential_provider::JwtClaims claims = credential_provider::ReadJwtClaims(token);
  std::string details = absl::StartsWith(token, kAckTokenPrefix) ? "for ack-ram-authenticator" : "opaque";
  if (!claims.subject.empty() || !claims.issuer.empty() || claims.expires != absl::InfiniteFuture())
    details = DescribeClaims(claims);
  findings->Add(kToken, place, details, claims.expires);
}

// A key is told of with its certificate, which says whose it is and until when.
void AddKeyAt(const std::string& place, const KubeconfigEntry& user, Findings* findings) {
  const bool has_data = !TextAt(user.content, "client-certificate-data").empty();
  const bool has_file = !TextAt(user.content, "client-certificate").empty();
  if (!has_data && has_file && FileAt(user, "client-certificate").empty())
    return findings->Add(kClientKey, place, "its certificate: no such file");
  const absl::StatusOr<std::string> pem = DataOrFile(user, "client-certificate-data", "client-certificate");
  if (!pem.ok()) return findings->Add(kClientKey, place, pem.status().message());
  if (pem->empty()) return findings->Add(kClientKey, place, "without a certificate");
  const absl::StatusOr<credential_provider::CertificateFacts> facts =
      credential_provider::ReadCertificate(*pem);
  if (!facts.ok())
    return findings->Add(kClientKey, place, absl::StrCat("its certificate: ", facts.status().message()));
  findings->Add(kClientKey, place,
                absl::StrCat("subject ", facts->subject.text, "; issuer ", facts->issuer.text),
                facts->not_after);
}

// `kubectl config view` puts DATA+OMITTED there. Of a path only the file counts, unless the key is there
// itself.
void AddKey(const KubeconfigEntry& user, Findings* findings) {
  if (!IsPlaceholder(TextAt(user.content, "client-key-data"))) AddKeyAt("client-key-data", user, findings);
  const std::string file = FileAt(user, "client-key");
  if (!file.empty()) AddKeyAt(file, user, findings);
  findings->AddText(kClientKey, "client-key", "", TextAt(user.content, "client-key"));
  findings->AddText(kClientKey, "client-certificate-data", "client-certificate-data",
                    TextAt(user.content, "client-certificate-data"));
}

void AddTokens(const KubeconfigEntry& user, Findings* findings) {
  AddToken("token", TextAt(user.content, "token"), findings);
  findings->AddText(kToken, "tokenFile", "", TextAt(user.content, "tokenFile"));
  const std::string file = FileAt(user, "tokenFile");
  if (file.empty()) return;
  const absl::StatusOr<std::string> text = credential_provider::ReadFile(file, kMaxTokenBytes);
  if (text.ok()) AddToken(file, *text, findings);
}

void AddPassword(const json& user, Findings* findings) {
  if (!IsPlaceholder(TextAt(user, "password")))
    findings->Add(kPassword, "password",
                  absl::StrCat("of ", Printable(Showable(TextAt(user, "username")), 100)));
}

void AddExec(const json& exec, Findings* findings) {
  for (const auto& [name, value] : exec.items()) {
    if (name == "args") {
      findings->AddArguments(kExecSecret, "exec.args", value, TextAt(exec, "command"));
    } else if (name == "env" && value.is_array()) {
      for (const json& variable : value) findings->AddAll(kExecSecret, "exec.env", "", variable);
    } else {
      findings->AddAll(kExecSecret, absl::StrCat("exec.", name), name, value);
    }
  }
}

void AddAuthProvider(const json& provider, Findings* findings) {
  const json config = provider.value("config", json::object());
  if (!config.is_object()) return findings->AddAll(kFieldSecret, "auth-provider.config", "config", config);
  for (const auto& [name, value] : config.items()) {
    const std::string place = absl::StrCat("auth-provider.config ", name);
    const std::string text = value.is_string() ? value.get<std::string>() : "";
    if (name == "cmd-args") {
      const std::string line = absl::StrCat(TextAt(config, "cmd-path"), " ", text);
      findings->AddArguments(kExecSecret, place, json::array({line}));
    } else if (IsSecretByName(name, text)) {
      AddToken(place, text, findings);
    } else {
      findings->AddAll(kToken, place, name, value);
    }
  }
}

void AddExtensions(const json& extensions, Findings* findings) {
  if (!extensions.is_array()) return;
  for (const json& extension : extensions) {
    if (extension.is_object() && extension.contains("extension"))
      findings->AddAll(kExtensionSecret, absl::StrCat("extensions ", TextAt(extension, "name")), "",
                       extension.at("extension"));
  }
}

// Of an address only that there is a password; or a parameter with a telling name.
void AddAddress(const std::string& name, const std::string& address, absl::string_view details,
                Findings* findings) {
  const bool has_password = !IsPlaceholder(PasswordInAddress(address));
  if (has_password) return findings->Add(kPassword, name, details);
  findings->AddText(kFieldSecret, name, name, address);
}

void AddUserField(const std::string& name, const json& value, Findings* findings) {
  for (const char* const known :
       {"client-key-data", "client-key", "client-certificate-data", "token", "tokenFile", "password"}) {
    if (name == known) return;
  }
  if (name == "exec" && value.is_object()) return AddExec(value, findings);
  if (name == "auth-provider" && value.is_object()) return AddAuthProvider(value, findings);
  if (name == "extensions") return AddExtensions(value, findings);
  findings->AddAll(kFieldSecret, name, name, value);
}

}  // namespace

std::vector<Finding> FindUserSecrets(const KubeconfigEntry& user) {
  Findings findings(user.file, LabelOf("user", user));
  AddKey(user, &findings);
  AddTokens(user, &findings);
  AddPassword(user.content, &findings);
  for (const auto& [name, value] : user.content.items()) AddUserField(name, value, &findings);
  return findings.Take();
}

std::vector<std::string> SecretFilesOf(const KubeconfigEntry& user) {
  std::vector<std::string> files;
  for (const char* const field : {"client-key", "tokenFile"}) {
    std::string path = FileAt(user, field);
    if (!path.empty()) files.push_back(std::move(path));
  }
  return files;
}

std::vector<Finding> FindClusterSecrets(const KubeconfigEntry& cluster) {
  Findings findings(cluster.file, LabelOf("cluster", cluster));
  for (const auto& [name, value] : cluster.content.items()) {
    if (name == "server" && value.is_string()) {
      AddAddress(name, value.get<std::string>(), "in the server's URL", &findings);
    } else if (name == "proxy-url" && value.is_string()) {
      AddAddress(name, value.get<std::string>(), "in the proxy's URL", &findings);
    } else if (name == "extensions") {
      AddExtensions(value, &findings);
    } else {
      findings.AddAll(kFieldSecret, name, name, value);
    }
  }
  return findings.Take();
}

std::vector<Finding> FindContextSecrets(const KubeconfigEntry& context) {
  Findings findings(context.file, LabelOf("context", context));
  for (const auto& [name, value] : context.content.items()) {
    name == "extensions" ? AddExtensions(value, &findings) : findings.AddAll(kFieldSecret, name, name, value);
  }
  return findings.Take();
}

std::vector<Finding> FindItemSecrets(const KubeconfigEntry& entry, const std::string& key, const json& item) {
  Findings findings(entry.file, LabelOf(key, entry));
  for (const auto& [name, value] : item.items()) {
    if (name == "name" && value.is_string()) {
      findings.AddText(kNameSecret, "name", "", entry.name);
    } else if (name != key) {
      findings.AddAll(kFieldSecret, name, name, value);
    }
  }
  return findings.Take();
}

std::vector<Finding> FindOtherSecrets(const std::string& file, const std::string& name, const json& value) {
  Findings findings(file, "");
  if (name == "extensions") {
    AddExtensions(value, &findings);
  } else if (name == "preferences" && value.is_object()) {
    AddExtensions(value.value("extensions", json::array()), &findings);
    json others = value;
    others.erase("extensions");
    findings.AddAll(kFieldSecret, name, name, others);
  } else {
    findings.AddAll(kFieldSecret, name, name, value);
  }
  return findings.Take();
}

}  // namespace kubeconfig_writer
