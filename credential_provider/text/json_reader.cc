#include "credential_provider/text/json_reader.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "credential_provider/text/json_text.h"

namespace credential_provider {

JsonReader::JsonReader(absl::string_view text, absl::string_view subject)
    : json_(ParseJson(text)), subject_(subject) {
  if (json_.is_object()) return;
  status_ = absl::InvalidArgumentError(
      absl::StrCat(subject_, json_.is_discarded() ? ": not JSON" : ": JSON, but not an object"));
  json_ = nlohmann::json::object();
}

JsonReader JsonReader::Of(const nlohmann::json& object, absl::string_view subject) {
  if (object.is_object()) return JsonReader(object, std::string(subject), absl::OkStatus());
  return JsonReader(nlohmann::json::object(), std::string(subject),
                    absl::InvalidArgumentError(absl::StrCat(subject, ": not a JSON object")));
}

JsonReader::JsonReader(nlohmann::json json, std::string subject, absl::Status status)
    : json_(std::move(json)), subject_(std::move(subject)), status_(std::move(status)) {}

std::string JsonReader::String(absl::string_view field) {
  const nlohmann::json* value = Find(field);
  if (value != nullptr && value->is_string()) return value->get<std::string>();
  Fail(field, "is missing or not a string");
  return "";
}

std::string JsonReader::OptionalString(absl::string_view field) {
  return Find(field) == nullptr ? "" : String(field);
}

std::string JsonReader::NonEmptyString(absl::string_view field) {
  std::string value = OptionalString(field);
  if (value.empty()) Fail(field, "is missing or empty");
  return value;
}

absl::Time JsonReader::Time(absl::string_view field) {
  absl::Time time = absl::InfinitePast();
  const bool parsed = absl::ParseTime(absl::RFC3339_full, OptionalString(field), &time, nullptr);
  // absl takes "infinite-future" for a time.
  if (!parsed || time == absl::InfiniteFuture() || time == absl::InfinitePast())
    Fail(field, "is missing or not a time such as 2026-01-02T03:04:05Z");
  return time;
}

int64_t JsonReader::OptionalInteger(absl::string_view field) {
  const nlohmann::json* value = Find(field);
  if (value == nullptr) return 0;
  if (value->is_number_integer()) return value->get<int64_t>();
  Fail(field, "is not a whole number");
  return 0;
}

bool JsonReader::OptionalBool(absl::string_view field) {
  const nlohmann::json* value = Find(field);
  if (value == nullptr) return false;
  if (value->is_boolean()) return value->get<bool>();
  Fail(field, "is neither true nor false");
  return false;
}

JsonReader JsonReader::Object(absl::string_view field) {
  const nlohmann::json* value = Find(field);
  if (value == nullptr || !value->is_object()) {
    Fail(field, "is missing or not an object");
    return JsonReader(nlohmann::json::object(), subject_, status_);
  }
  return JsonReader(*value, absl::StrCat(subject_, ": ", field), status_);
}

const nlohmann::json* JsonReader::Find(absl::string_view field) const {
  const auto found = json_.find(std::string(field));
  return found == json_.end() || found->is_null() ? nullptr : &*found;
}

void JsonReader::Fail(absl::string_view field, absl::string_view what) {
  if (!status_.ok()) return;
  status_ = absl::InvalidArgumentError(absl::StrCat(Place(field), " ", what));
}

std::string JsonReader::Place(absl::string_view field) const {
  return absl::StrCat(subject_, subject_.empty() ? "" : ": ", "field \"", field, "\"");
}

}  // namespace credential_provider
