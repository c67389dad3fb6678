#include "tests/sandbox/control/request_log.h"

#include "tests/sandbox/wire/percent_encoding.h"
#include "tests/sandbox/wire/rfc3339.h"

namespace sandbox {
namespace {

using nlohmann::json;

// Parameters that hold secrets when a client puts them into the query.
constexpr const char* kSecretParameters[] = {"OIDCToken", "SecurityToken", "refresh_token", "access_token"};

std::string QueryWithoutSecrets(const HttpRequest& request) {
  NameValues query = request.Query();
  bool changed = false;
  for (auto& [name, value] : query) {
    for (const char* secret : kSecretParameters) {
      if (name != secret) continue;
      value = "REMOVED";
      changed = true;
    }
  }
  return changed ? CanonicalQuery(query) : request.raw_query;
}

}  // namespace

size_t RequestLog::Arrived(const HttpRequest& request, const Call& call, absl::Time now) {
  entries_.push_back({request.listener, call, request.method, request.path, QueryWithoutSecrets(request),
                      request.raw_query == CanonicalQuery(request.Query()), request.connection, 0, now});
  return cleared_ + entries_.size() - 1;
}

void RequestLog::Answered(size_t number, int status) {
  if (number >= cleared_) entries_[number - cleared_].status = status;
}

json RequestLog::List() const {
  json list = json::array();
  for (const Entry& entry : entries_) {
    list.push_back({{"listener", entry.listener},
                    {"service", entry.call.service},
                    {"method", entry.method},
                    {"path", entry.path},
                    {"query", entry.query},
                    {"canonical_query", entry.canonical_query},
                    {"connection", entry.connection},
                    {"action", entry.call.action},
                    {"access_key_id", entry.call.access_key_id},
                    {"status", entry.status},
                    {"time", FormatRfc3339(entry.time)}});
  }
  return list;
}

json RequestLog::Counts() const {
  json counts = {{"cs", 0}, {"sts", 0}, {"metadata", 0}, {"sign_in", 0}, {"api_server", 0}};
  json by_action = json::object();
  for (const Entry& entry : entries_) {
    counts[entry.call.service] = counts.value(entry.call.service, 0) + 1;
    by_action[entry.call.action] = by_action.value(entry.call.action, 0) + 1;
  }
  counts["by_action"] = by_action;
  return counts;
}

void RequestLog::Clear() {
  cleared_ += entries_.size();
  entries_.clear();
}

}  // namespace sandbox
