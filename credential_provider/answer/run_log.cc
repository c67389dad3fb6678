#include "credential_provider/answer/run_log.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "credential_provider/identity/shown_key.h"
#include "credential_provider/log/log.h"

namespace credential_provider {
namespace {

std::string TimeText(absl::Time time) {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", time, absl::UTCTimeZone());
}

LogFields FieldsOf(const CredentialKey& key) {
  LogFields fields = {{"file", key.FileName()}};
  for (const auto& [name, value] : ShownParts(key)) fields.emplace_back(name, value);
  return fields;
}

void AddTimes(const absl::optional<Entry>& stored, LogFields* fields) {
  if (!stored) return;
  fields->emplace_back("issued", TimeText(stored->issued));
  fields->emplace_back("expires", TimeText(EndOf(*stored)));
}

LogFields FieldsOf(const absl::Status& failure) {
  return {{"result", "failed"},
          {"code", absl::StatusCodeToString(failure.code())},
          {"reason", failure.message()}};
}

}  // namespace

void LogLookup(const CredentialKey& key, Verdict verdict, const absl::optional<Entry>& stored) {
  Log(LogLevel::kDebug, "key", [&] { return FieldsOf(key); });
  Log(LogLevel::kInfo, "lookup", [&] {
    LogFields fields = {{"result", IsGood(verdict) ? "hit" : "miss"}, {"rule", NameOf(verdict)}};
    AddTimes(stored, &fields);
    return fields;
  });
}

void LogAhead(const CredentialKey& key, const absl::optional<Entry>& stored) {
  Log(LogLevel::kDebug, "key", [&] { return FieldsOf(key); });
  Log(LogLevel::kInfo, "renew-ahead", [&] {
    LogFields fields;
    AddTimes(stored, &fields);
    return fields;
  });
}

void LogRemembered(const IssueRecord& issuance, absl::Time now) {
  Log(LogLevel::kInfo, "backing-off", [&] {
    return LogFields{{"failures", int64_t{issuance.failures}},
                     {"failed_ms_ago", absl::ToInt64Milliseconds(now - issuance.failed())},
                     {"reason", issuance.Failure().message()}};
  });
}

void LogWait(const IssueRecord& issuance) {
  Log(LogLevel::kDebug, "wait", [&] {
    return LogFields{{"for", "another process that issues"}, {"holder", int64_t{issuance.holder}}};
  });
}

void LogTaken(const Entry& entry, absl::Duration waited) {
  Log(LogLevel::kInfo, "taken", [&] {
    return LogFields{{"from", "another process that issued it"},
                     {"waited_ms", absl::ToInt64Milliseconds(waited)},
                     {"expires", TimeText(EndOf(entry))}};
  });
}

void LogIssued(const absl::StatusOr<Credential>& credential, absl::Duration took) {
  Log(LogLevel::kInfo, "issued", [&] {
    LogFields fields = credential.ok()
                           ? LogFields{{"result", "ok"}, {"expires", TimeText(credential->expires)}}
                           : FieldsOf(credential.status());
    fields.emplace_back("ms", absl::ToInt64Milliseconds(took));
    return fields;
  });
}

void LogStored(const absl::StatusOr<Placement>& placement) {
  Log(LogLevel::kInfo, "stored", [&] {
    if (!placement.ok()) return FieldsOf(placement.status());
    LogFields fields = {{"result", "ok"}, {"place", StoreKindName(placement->kind)}};
    if (!placement->passed_over.empty()) fields.emplace_back("passed_over", placement->passed_over);
    return fields;
  });
}

}  // namespace credential_provider
