#include "tests/sandbox/control/faults.h"

#include <set>

#include "absl/strings/str_cat.h"
#include "tests/sandbox/wire/json_fields.h"

namespace sandbox {
namespace {

using nlohmann::json;

absl::Status Invalid(absl::string_view what) {
  return absl::InvalidArgumentError(absl::StrCat("fault: ", what));
}

// Returns the first name in `object` that is not in `known`, or "".
std::string UnknownName(const json& object, const std::set<std::string>& known) {
  for (const auto& [name, value] : object.items()) {
    if (known.count(name) == 0) return name;
  }
  return "";
}

HttpReply ParseReply(const json& object) {
  HttpReply reply;
  reply.status = IntField(object, "status").value_or(200);
  reply.body = StringField(object, "body");
  const json* headers = FieldOf(object, "headers");
  if (headers == nullptr || !headers->is_object()) return reply;
  for (const auto& [name, value] : headers->items()) {
    if (!value.is_string()) continue;
    if (name == "Content-Type" || name == "content-type") {
      reply.content_type = value.get<std::string>();
    } else {
      reply.headers.emplace_back(name, value.get<std::string>());
    }
  }
  return reply;
}

Ending ParseEnding(const json& object) {
  if (BoolField(object, "tear")) return Ending::kTear;
  if (BoolField(object, "hang")) return Ending::kHang;
  return BoolField(object, "reset") ? Ending::kReset : Ending::kNormal;
}

void ParseMatch(const json& match, Fault* fault) {
  fault->action = StringField(match, "action");
  fault->listener = StringField(match, "listener");
  fault->path = StringField(match, "path");
  fault->access_key_id = StringField(match, "access_key_id");
}

// An error is asked for by its code, or by a format alone, which stands for a server that fails.
absl::optional<ServiceError> ParseError(const json& object) {
  if (FieldOf(object, "error") == nullptr && FieldOf(object, "format") == nullptr) return {};
  ServiceError error{StringField(object, "error", "ServiceUnavailable"), StringField(object, "message")};
  error.status = IntField(object, "status").value_or(0);
  return error;
}

bool Fits(const std::string& wanted, const std::string& value) { return wanted.empty() || wanted == value; }

bool Matches(const Fault& fault, const HttpRequest& request, const Call& call) {
  return Fits(fault.action, call.action) && Fits(fault.path, request.path) &&
         Fits(fault.access_key_id, call.access_key_id) &&
         (Fits(fault.listener, request.listener) || Fits(fault.listener, call.service));
}

}  // namespace

absl::optional<HttpReply> Fault::ReplyTo(const HttpRequest& request) const {
  if (reply) return reply;
  if (error) return RenderErrorAs(format, *error, request);
  return {};
}

absl::StatusOr<Fault> ParseFault(const json& object) {
  const std::string unknown =
      UnknownName(object, {"match", "times", "reply", "error", "message", "status", "format", "delay_ms",
                           "tear", "hang", "reset", "retry_after_ms"});
  if (!unknown.empty()) return Invalid(absl::StrCat("unknown name ", unknown));
  Fault fault;
  if (const json* match = FieldOf(object, "match")) {
    if (!match->is_object()) return Invalid("match is not an object");
    const std::string name = UnknownName(*match, {"action", "listener", "path", "access_key_id"});
    if (!name.empty()) return Invalid(absl::StrCat("unknown name in match: ", name));
    ParseMatch(*match, &fault);
  }
  if (const json* reply = FieldOf(object, "reply")) {
    if (!reply->is_object()) return Invalid("reply is not an object");
    fault.reply = ParseReply(*reply);
  }
  fault.times = IntField(object, "times").value_or(1);
  fault.delay = absl::Milliseconds(IntField(object, "delay_ms").value_or(0));
  fault.error = ParseError(object);
  fault.format = StringField(object, "format", "json");
  if (!IsErrorFormat(fault.format)) return Invalid("unknown format");
  fault.retry_after_ms = IntField(object, "retry_after_ms");
  fault.ending = ParseEnding(object);
  return fault;
}

absl::optional<Fault> FaultList::Take(const HttpRequest& request, const Call& call) {
  for (auto fault = faults_.begin(); fault != faults_.end(); ++fault) {
    if (!Matches(*fault, request, call)) continue;
    Fault taken = *fault;
    if (taken.times > 1) --fault->times;
    if (taken.times == 1) faults_.erase(fault);
    return taken;
  }
  return {};
}

}  // namespace sandbox
