// A kubeconfig in which "\x01" stands for a secret: an audit finds it, and neither the audit nor a diff shows
// it.
#include <algorithm>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "kubeconfig_writer/audit/secret_findings.h"
#include "kubeconfig_writer/document/kubeconfig_diff.h"
#include "kubeconfig_writer/schema/text_field.h"
#include "tests/fuzz/input.h"
#include "tests/fuzz/require.h"

namespace kubeconfig_writer {
namespace {

using absl::StrContains;
using credential_provider::Require;
using nlohmann::json;

// Base64 as well, and with nothing in its shape that gives it away.
constexpr char kSecret[] = "correcthorse";

bool HoldsSecret(const std::string& text) { return StrContains(text, kSecret); }

// With something around it a text may be a reference or the mark of a place: "$NAME", "keyring:NAME",
// "NAME.pem".
bool IsSecret(const std::string& text) { return text == kSecret; }

bool HasSecretField(const json& object, std::initializer_list<const char*> fields) {
  return std::any_of(fields.begin(), fields.end(),
                     [&object](const char* field) { return IsSecret(TextAt(object, field)); });
}

const json& At(const json& object, const char* field) {
  static const json none;
  return object.is_object() && object.contains(field) ? object.at(field) : none;
}

// True for `arg` when it is one of these and then the secret.
bool IsNamedSecret(const std::string& arg) {
  for (const char* const name : {"API_TOKEN=", "Authorization: Bearer ", "plugin --pass ", "--token=",
                                 "exec plugin --password=", "{\"token\": \"", "http://u:p@a?access_token="}) {
    if (arg == absl::StrCat(name, kSecret)) return true;
  }
  return false;
}

// What follows a "-" may be a flag again.
bool HasSecretArgument(const json& args) {
  bool behind_flag = false;
  for (const json& item : args) {
    const std::string arg = item.is_string() ? item.get<std::string>() : "";
    if (IsNamedSecret(arg) || (behind_flag && IsSecret(arg))) return true;
    behind_flag = arg == "--token";
  }
  return false;
}

bool HasSecretExtension(const json& extensions) {
  return std::any_of(extensions.begin(), extensions.end(), [](const json& extension) {
    return HasSecretField(At(extension, "extension"), {"clientSecret"});
  });
}

// Tells by fixed names whether the secret is in `user` where it is used as one.
bool UsesSecret(const json& user) {
  const json& exec = At(user, "exec");
  for (const json& variable : At(exec, "env")) {
    if (TextAt(variable, "name") == "API_TOKEN" && IsSecret(TextAt(variable, "value"))) return true;
  }
  return HasSecretField(user, {"token", "password", "client-key-data"}) ||
         HasSecretArgument(At(exec, "args")) || HasSecretExtension(At(user, "extensions")) ||
         HasSecretField(At(At(user, "auth-provider"), "config"), {"refresh-token", "client-secret"});
}

// An alias may show the secret's text under another name, which is no fault of the audit's.
bool StandsOnce(const std::string& text) {
  const size_t first = text.find(kSecret);
  return first != std::string::npos && text.find(kSecret, first + 1) == std::string::npos;
}

void CheckAudit(const KubeconfigEntry& user) {
  const std::vector<Finding> findings = FindUserSecrets(user);
  Require(!findings.empty(), "a secret is found");
  for (const Finding& finding : findings) {
    Require(
        !HoldsSecret(absl::StrCat(finding.file, finding.entry, finding.kind, finding.place, finding.details)),
        "no finding shows a secret");
  }
}

void CheckDiff(const KubeconfigDocument& document, const std::string& name) {
  const std::string masked = document.MaskedText();
  Require(!HoldsSecret(masked), "a masked text shows no secret");
  Require(std::count(masked.begin(), masked.end(), '\n') ==
              std::count(document.text().begin(), document.text().end(), '\n'),
          "a masked text has as many lines");
  KubeconfigDocument after = document;
  if (!after.Remove(KubeconfigList::kUsers, name).ok()) return;
  const std::string diff = DiffOf("config", document, after);
  Require(!diff.empty() && !HoldsSecret(diff), "a diff shows no secret");
}

// Files are left alone: a fuzzer would name any.
bool NamesFile(const json& user) {
  return user.contains("tokenFile") || user.contains("client-key") || user.contains("client-certificate");
}

void Check(const std::string& text) {
  const absl::StatusOr<KubeconfigDocument> document = KubeconfigDocument::Parse(text);
  if (!document.ok()) {
    credential_provider::RequireShowable(document.status());
    return;
  }
  for (const std::string& name : document->Names(KubeconfigList::kUsers)) {
    const json content = *document->Find(KubeconfigList::kUsers, name);
    if (!content.is_object() || NamesFile(content)) continue;
    if (!UsesSecret(content)) continue;
    if (StandsOnce(absl::StrCat(name, " ", content.dump()))) CheckAudit({name, content, "config"});
    if (StandsOnce(text)) CheckDiff(*document, name);
  }
}

}  // namespace
}  // namespace kubeconfig_writer

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view text = credential_provider::Input(data, size).Rest();
  kubeconfig_writer::Check(absl::StrReplaceAll(text, {{"\x01", kubeconfig_writer::kSecret}}));
  return 0;
}
