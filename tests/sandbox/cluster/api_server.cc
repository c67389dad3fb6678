#include "tests/sandbox/cluster/api_server.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "tests/sandbox/cluster/api_resources.h"
#include "tests/sandbox/cluster/api_reviews.h"
#include "tests/sandbox/cluster/api_status.h"
#include "tests/sandbox/cluster/api_table.h"
#include "tests/sandbox/wire/json_fields.h"

namespace sandbox {
namespace {

using nlohmann::json;

constexpr int kLongestWatch = 1800;

HttpReply Json(int status, const json& body) { return {status, body.dump(), "application/json"}; }

HttpReply NotFound() {
  return KubeStatus(404, "NotFound", "the server could not find the requested resource");
}

HttpReply NoSuchObject(const ApiTarget& target) {
  return KubeStatus(404, "NotFound", absl::StrCat(target.resource, " \"", target.name, "\" not found"));
}

std::string VerbOf(const HttpRequest& request, const ApiTarget& target) {
  if (request.method == "GET") return target.name.empty() ? "list" : "get";
  if (request.method == "POST") return "create";
  if (request.method == "PUT") return "update";
  return request.method == "PATCH" ? "patch" : "delete";
}

HttpReply Forbidden(const KubeUser& user, const HttpRequest& request, const ApiTarget& target) {
  const std::string scope = target.namespace_.empty()
                                ? "at the cluster scope"
                                : absl::StrCat("in the namespace \"", target.namespace_, "\"");
  return KubeStatus(
      403, "Forbidden",
      absl::StrCat(target.resource, " is forbidden: User \"", user.name, "\" cannot ",
                   VerbOf(request, target), " resource \"", target.resource, "\" in API group \"\" ", scope));
}

bool IsWatch(const HttpRequest& request) {
  const std::string watch = ValueOf(request.Query(), "watch");
  return watch == "true" || watch == "1";
}

// What a body changes: for a patch of a config map merging is all there is to it.
json Changed(const HttpRequest& request, const absl::optional<json>& old, const json& body) {
  if (request.method != "PATCH" || !old) return body;
  json merged = *old;
  merged.merge_patch(body);
  return merged;
}

}  // namespace

Call ApiServer::Describe(const HttpRequest& request) const {
  return {"api_server", absl::StrCat(request.method, " ", request.path), ""};
}

HttpReply ApiServer::Handle(const HttpRequest& request) {
  const absl::optional<KubeUser> user = AuthenticateKubeUser(request, world_, sts_);
  if (!user) return KubeStatus(401, "Unauthorized", "Unauthorized");
  const bool forbidden = IsForbidden(*user, world_);
  if (const absl::optional<HttpReply> reply = AnswerReview(request, *user, !forbidden)) return *reply;
  if (const absl::optional<HttpReply> reply = Discover(request)) return *reply;
  const absl::optional<ApiTarget> target = ParseTarget(request.path);
  if (!target) return NotFound();
  if (forbidden) return Forbidden(*user, request, *target);
  return HandleObjects(request, *target);
}

HttpReply ApiServer::HandleObjects(const HttpRequest& request, const ApiTarget& target) {
  if (request.method == "GET") return IsWatch(request) ? Watch(request, target) : Read(request, target);
  if (target.resource != "configmaps" || target.namespace_.empty()) {
    return KubeStatus(405, "MethodNotAllowed",
                      "the server does not allow this method on the requested resource");
  }
  if (request.method != "DELETE") return WriteConfigMap(request, target);
  return objects_.Remove(target) ? KubeStatus(200, "", "") : NoSuchObject(target);
}

HttpReply ApiServer::Read(const HttpRequest& request, const ApiTarget& target) {
  const bool table = WantsTable(request.Header("accept"));
  std::vector<json> objects;
  if (target.name.empty()) {
    objects = objects_.List(target);
  } else if (absl::optional<json> object = objects_.Find(target)) {
    if (!table) return Json(200, *object);
    objects.push_back(*std::move(object));
  } else {
    return NoSuchObject(target);
  }
  const std::string version = objects_.ResourceVersion();
  return Json(200, table ? TableOf(target.resource, objects, version, world_.Now())
                         : ListOf(target.resource, objects, version));
}

HttpReply ApiServer::Watch(const HttpRequest& request, const ApiTarget& target) {
  const NameValues query = request.Query();
  const std::string from = ValueOf(query, "resourceVersion");
  int seconds = kLongestWatch;
  if (Contains(query, "timeoutSeconds") && !absl::SimpleAtoi(ValueOf(query, "timeoutSeconds"), &seconds)) {
    return KubeStatus(400, "BadRequest", "timeoutSeconds is not a number");
  }
  const bool table = WantsTable(request.Header("accept"));
  HttpReply reply{200, "", "application/json"};
  const std::vector<json> objects = from.empty() || from == "0" ? objects_.List(target) : std::vector<json>();
  for (const json& object : objects) {
    const json shown =
        table ? TableOf(target.resource, {object}, objects_.ResourceVersion(), world_.Now()) : object;
    absl::StrAppend(&reply.body, json({{"type", "ADDED"}, {"object", shown}}).dump(), "\n");
  }
  reply.stay_open = absl::Seconds(std::min(std::max(seconds, 1), kLongestWatch));
  return reply;
}

HttpReply ApiServer::WriteConfigMap(const HttpRequest& request, ApiTarget target) {
  const absl::optional<json> body = ParseObject(request.body);
  if (!body) return KubeStatus(400, "BadRequest", "the body is not a JSON object");
  const bool creates = request.method == "POST";
  if (creates) target.name = StringField(body->value("metadata", json::object()), "name");
  if (target.name.empty()) return KubeStatus(422, "Invalid", "metadata.name is missing");
  const absl::optional<json> old = objects_.Find(target);
  if (creates && old) {
    return KubeStatus(409, "AlreadyExists", absl::StrCat("configmaps \"", target.name, "\" already exists"));
  }
  const bool server_side = request.Header("content-type") == "application/apply-patch+yaml";
  if (!creates && !old && !server_side) return NoSuchObject(target);
  return Json(old ? 200 : 201, objects_.Put(target, Changed(request, old, *body)));
}

}  // namespace sandbox
