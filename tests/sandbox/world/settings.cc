#include "tests/sandbox/world/settings.h"

#include <functional>
#include <map>

#include "absl/strings/str_cat.h"
#include "tests/sandbox/certificates/private_keys.h"

namespace sandbox {
namespace {

using nlohmann::json;

// Stores `value` in its setting; false when it has the wrong type or value.
using Setter = std::function<bool(const json& value, Settings& settings)>;

Setter Flag(bool Settings::*member) {
  return [member](const json& value, Settings& settings) {
    if (value.is_boolean()) settings.*member = value.get<bool>();
    return value.is_boolean();
  };
}

// Works for absl::Duration and for absl::optional of it.
template <typename Member>
Setter Seconds(Member Settings::*member) {
  return [member](const json& value, Settings& settings) {
    if (value.is_number_integer()) settings.*member = absl::Seconds(value.get<int64_t>());
    return value.is_number_integer();
  };
}

template <typename Member>
Setter Text(Member Settings::*member) {
  return [member](const json& value, Settings& settings) {
    if (value.is_string()) settings.*member = value.get<std::string>();
    return value.is_string();
  };
}

bool SetExtraClusters(const json& value, Settings& settings) {
  if (!value.is_number_unsigned() || value.get<unsigned>() > 5000) return false;
  for (int number = 0; number < value.get<int>(); ++number) settings.clusters.push_back(ExtraCluster(number));
  return true;
}

// Stores the member `name` of `object` in `text`, if it is there.
bool SetText(const json& object, const char* name, std::string* text) {
  const auto value = object.find(name);
  if (value == object.end()) return true;
  if (value->is_string()) *text = value->get<std::string>();
  return value->is_string();
}

// Stores the members of the object "tags", if it is there.
bool SetTags(const json& object, std::map<std::string, std::string>* tags) {
  const auto value = object.find("tags");
  if (value == object.end()) return true;
  if (!value->is_object()) return false;
  for (const auto& [key, text] : value->items()) {
    if (!text.is_string()) return false;
    (*tags)[key] = text.get<std::string>();
  }
  return true;
}

// Without an id it is that of the extra cluster of this number.
bool ReadCluster(const json& object, int number, Cluster* cluster) {
  *cluster = ExtraCluster(number);
  const auto open = object.find("public");
  if (open != object.end()) {
    if (!open->is_boolean()) return false;
    cluster->has_public_endpoint = open->get<bool>();
  }
  return SetText(object, "id", &cluster->id) && SetText(object, "name", &cluster->name) &&
         SetText(object, "region", &cluster->region) && SetText(object, "type", &cluster->type) &&
         SetText(object, "state", &cluster->state) && SetText(object, "account", &cluster->account) &&
         SetText(object, "profile", &cluster->profile) &&
         SetText(object, "resource_group", &cluster->resource_group) && SetTags(object, &cluster->tags);
}

bool SetClusters(const json& value, Settings& settings) {
  if (!value.is_array() || value.size() > 5000) return false;
  settings.clusters.clear();
  for (const json& object : value) {
    settings.clusters.emplace_back();
    if (!object.is_object() ||
        !ReadCluster(object, static_cast<int>(settings.clusters.size()) - 1, &settings.clusters.back()))
      return false;
  }
  return true;
}

bool SetKeyType(const json& value, Settings& settings) {
  if (!value.is_string() || !IsKeyType(value.get<std::string>())) return false;
  settings.key_type = value.get<std::string>();
  return true;
}

const std::map<std::string, Setter>& Setters() {
  static const auto* setters = new std::map<std::string, Setter>{
      {"key_type", SetKeyType},
      {"mismatched_key", Flag(&Settings::mismatched_key)},
      {"not_before_offset_s", Seconds(&Settings::not_before_offset)},
      {"lifetime_s", Seconds(&Settings::lifetime)},
      {"expiration_offset_s", Seconds(&Settings::expiration_offset)},
      {"omit_expiration", Flag(&Settings::omit_expiration)},
      {"config_text", Text(&Settings::config_text)},
      {"server", Text(&Settings::server)},
      {"server_ca", Text(&Settings::server_ca)},
      {"clusters", SetClusters},
      {"extra_clusters", SetExtraClusters},
      {"session_lifetime_s", Seconds(&Settings::session_lifetime)},
      {"id_token_lifetime_s", Seconds(&Settings::id_token_lifetime)},
      {"device_interval_s", Seconds(&Settings::device_interval)},
      {"device_lifetime_s", Seconds(&Settings::device_lifetime)},
      {"sign_in_lifetime_s", Seconds(&Settings::sign_in_lifetime)},
      {"oauth_without_refresh_token", Flag(&Settings::oauth_without_refresh_token)},
      {"sso_client", Text(&Settings::sso_client)},
      {"metadata_v2_only", Flag(&Settings::metadata_v2_only)},
      {"metadata_without_role", Flag(&Settings::metadata_without_role)},
      {"metadata_role", Text(&Settings::metadata_role)},
      {"credentials_uri_role", Text(&Settings::credentials_uri_role)},
      {"metadata_instance", Text(&Settings::metadata_instance)},
  };
  return *setters;
}

}  // namespace

absl::StatusOr<Settings> ParseSettings(const json& object) {
  Settings settings;
  for (const auto& [name, value] : object.items()) {
    const auto setter = Setters().find(name);
    if (setter == Setters().end())
      return absl::InvalidArgumentError(absl::StrCat("config: unknown name ", name));
    if (!setter->second(value, settings)) {
      return absl::InvalidArgumentError(absl::StrCat("config: bad value for ", name));
    }
  }
  return settings;
}

}  // namespace sandbox
