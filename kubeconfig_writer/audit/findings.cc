#include "kubeconfig_writer/audit/findings.h"

#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "kubeconfig_writer/schema/text_field.h"
#include "kubeconfig_writer/secrets/argument_secrets.h"
#include "kubeconfig_writer/secrets/secret_mask.h"

namespace kubeconfig_writer {
namespace {

using nlohmann::json;

// Certificates are nearly all bytes of a large file, and are looked at for keys alone.
bool IsData(absl::string_view name, const std::string& text, std::string* decoded) {
  return absl::EndsWith(name, "-data") && absl::Base64Unescape(text, decoded);
}

}  // namespace

std::string Showable(absl::string_view text) {
  return WhySecretVariable("", std::string(text)).empty() ? std::string(text) : std::string(kMask);
}

Findings::Findings(std::string file, absl::string_view entry) : file_(std::move(file)), entry_(entry) {}

void Findings::Add(absl::string_view kind, absl::string_view place, absl::string_view details,
                   absl::Time ends) {
  findings_.push_back({file_, entry_, std::string(kind), Showable(place), std::string(details), ends});
}

void Findings::AddText(absl::string_view kind, absl::string_view place, const std::string& name,
                       const std::string& text) {
  std::string decoded;
  if (IsData(name, text, &decoded)) {
    if (absl::StrContains(decoded, "PRIVATE KEY-----")) Add(kind, place, "a private key");
    return;
  }
  const absl::string_view why = WhySecretVariable(name, text);
  if (!why.empty()) Add(kind, place, why);
}

void Findings::AddArguments(absl::string_view kind, absl::string_view place, const json& list,
                            absl::string_view program) {
  std::vector<std::string> arguments;
  for (const json& item : list) arguments.push_back(item.is_string() ? item.get<std::string>() : "");
  for (const ArgumentSecret& secret : FindArgumentSecrets(arguments, program)) {
    if (!secret.in_doubt)
      Add(kind, absl::StrCat(place, secret.flag.empty() ? "" : " ", secret.flag), secret.why);
  }
}

// A mapping may be a name with its value: {name: Authorization, value: S}.
void Findings::AddAll(absl::string_view kind, const std::string& place, const std::string& name,
                      const json& value) {
  if (value.is_string()) return AddText(kind, place, name, value.get<std::string>());
  if (value.is_array()) {
    AddArguments(kind, place, value);
    for (const json& item : value) {
      if (item.is_structured()) AddAll(kind, place, name, item);
    }
    return;
  }
  if (!value.is_object()) return;
  const std::string named = TextAt(value, "name");
  for (const auto& [key, field] : value.items()) {
    const bool is_value = key == "value" && !named.empty();
    AddAll(kind, absl::StrCat(place, place.empty() ? "" : " ", is_value ? named : key),
           is_value ? named : key, field);
  }
}

}  // namespace kubeconfig_writer
