#include "credential_provider/ledger/ledger_record.h"

#include "credential_provider/base/safe_text.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/text/json_text.h"
#include "credential_provider/text/time_text.h"

namespace credential_provider {
namespace {

using nlohmann::ordered_json;

constexpr size_t kLongestValue = 400;

std::string Text(const ordered_json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

absl::Time TimeIn(const ordered_json& object, const char* name) {
  absl::Time time;
  return absl::ParseTime(absl::RFC3339_sec, Text(object, name), &time, nullptr) ? time
                                                                                : absl::InfiniteFuture();
}

}  // namespace

std::string LedgerRecord::Part(absl::string_view part) const {
  for (const auto& [its_name, value] : key) {
    if (its_name == part) return value;
  }
  return "";
}

ordered_json LedgerJson(const LedgerRecord& record) {
  ordered_json json = {{"time", FormatInstant(record.time)}, {"why", record.why}, {"id", record.id}};
  json["until"] = nullptr;
  if (record.until != absl::InfiniteFuture()) json["until"] = FormatInstant(record.until);
  json["store"] = record.store;
  json["server"] = Printable(record.server, kLongestValue);
  json["name"] = record.name;
  json["key"] = ordered_json::object();
  for (const auto& [name, value] : record.key) json["key"][name] = Printable(value, kLongestValue);
  return json;
}

std::string FormatLedgerLine(const LedgerRecord& record) {
  return SafeJson(LedgerJson(record).dump(-1, ' ', false, ordered_json::error_handler_t::replace)) + "\n";
}

absl::optional<LedgerRecord> ParseLedgerLine(absl::string_view line) {
  const auto json = ParseJson<ordered_json>(line);
  if (!json.is_object()) return absl::nullopt;
  LedgerRecord record;
  record.time = TimeIn(json, "time");
  if (record.time == absl::InfiniteFuture()) return absl::nullopt;
  record.why = Text(json, "why");
  record.id = Text(json, "id");
  record.until = TimeIn(json, "until");
  record.store = Text(json, "store");
  record.server = Text(json, "server");
  record.name = Text(json, "name");
  const auto key = json.find("key");
  if (key == json.end() || !key->is_object()) return record;
  for (const auto& [name, value] : key->items()) {
    if (value.is_string()) record.key.emplace_back(name, value.get<std::string>());
  }
  return record;
}

}  // namespace credential_provider
