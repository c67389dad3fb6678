#include "tests/sandbox/cluster/api_reviews.h"

#include "absl/strings/str_cat.h"
#include "tests/sandbox/wire/json_fields.h"

namespace sandbox {
namespace {

using nlohmann::json;

HttpReply Created(const json& body) { return {201, body.dump(), "application/json"}; }

HttpReply Version() {
  const json version = {{"major", "1"},
                        {"minor", "32"},
                        {"gitVersion", "v1.32.1-aliyun.1"},
                        {"gitCommit", "0000000000000000000000000000000000000000"},
                        {"gitTreeState", "clean"},
                        {"buildDate", "2026-01-02T03:04:05Z"},
                        {"goVersion", "go1.23.4"},
                        {"compiler", "gc"},
                        {"platform", "linux/amd64"}};
  return {200, version.dump(), "application/json"};
}

HttpReply SelfSubjectReview(const std::string& version, const KubeUser& user) {
  return Created({{"kind", "SelfSubjectReview"},
                  {"apiVersion", absl::StrCat("authentication.k8s.io/", version)},
                  {"metadata", {{"creationTimestamp", "2026-01-02T03:04:05Z"}}},
                  {"status", {{"userInfo", {{"username", user.name}, {"groups", user.groups}}}}}});
}

HttpReply AccessReview(const HttpRequest& request, bool allowed) {
  const json body = ParseObject(request.body).value_or(json::object());
  return Created({{"kind", "SelfSubjectAccessReview"},
                  {"apiVersion", "authorization.k8s.io/v1"},
                  {"metadata", json::object()},
                  {"spec", body.value("spec", json::object())},
                  {"status", {{"allowed", allowed}}}});
}

}  // namespace

absl::optional<HttpReply> AnswerReview(const HttpRequest& request, const KubeUser& user, bool allowed) {
  if (request.method == "GET" && request.path == "/version") return Version();
  if (request.method != "POST") return {};
  for (const char* version : {"v1", "v1beta1", "v1alpha1"}) {
    if (request.path == absl::StrCat("/apis/authentication.k8s.io/", version, "/selfsubjectreviews")) {
      return SelfSubjectReview(version, user);
    }
  }
  if (request.path == "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews")
    return AccessReview(request, allowed);
  return {};
}

}  // namespace sandbox
