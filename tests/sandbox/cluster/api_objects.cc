#include "tests/sandbox/cluster/api_objects.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "tests/sandbox/cluster/api_resources.h"
#include "tests/sandbox/wire/percent_encoding.h"

namespace sandbox {
namespace {

using nlohmann::json;

constexpr const char* kNamespaces[] = {"default", "kube-node-lease", "kube-public", "kube-system"};
constexpr char kCreated[] = "2026-01-02T03:04:05Z";

std::string Uid(int number) { return absl::StrFormat("00000000-0000-0000-0001-%012d", number); }

json NamespaceObject(int index) {
  const std::string name = kNamespaces[index];
  return {{"apiVersion", "v1"},
          {"kind", "Namespace"},
          {"metadata",
           {{"name", name},
            {"uid", Uid(index + 1)},
            {"resourceVersion", absl::StrCat(index + 1)},
            {"creationTimestamp", kCreated},
            {"labels", {{"kubernetes.io/metadata.name", name}}}}},
          {"spec", {{"finalizers", {"kubernetes"}}}},
          {"status", {{"phase", "Active"}}}};
}

bool IsCoreResource(const std::string& name) {
  for (const ApiResource& resource : ApiResources()) {
    if (resource.group[0] == '\0' && resource.name == name) return true;
  }
  return false;
}

}  // namespace

absl::optional<ApiTarget> ParseTarget(const std::string& path) {
  absl::string_view rest = path;
  if (!absl::ConsumePrefix(&rest, "/api/v1/")) return {};
  std::vector<std::string> parts = absl::StrSplit(rest, '/');
  for (std::string& part : parts) part = PercentDecode(part);
  ApiTarget target;
  if (parts[0] == "namespaces" && parts.size() > 2) {
    target.namespace_ = parts[1];
    parts.erase(parts.begin(), parts.begin() + 2);
  }
  if (parts.size() > 2 || !IsCoreResource(parts[0])) return {};
  target.resource = parts[0];
  if (parts.size() == 2) target.name = parts[1];
  return target;
}

std::vector<json> ApiObjects::List(const ApiTarget& target) const {
  std::vector<json> objects;
  if (target.resource == "namespaces") {
    for (int i = 0; i < 4; ++i) objects.push_back(NamespaceObject(i));
  } else if (target.resource == "configmaps") {
    for (const auto& [key, object] : config_maps_) {
      if (target.namespace_.empty() || target.namespace_ == key.first) objects.push_back(object);
    }
  }
  return objects;
}

absl::optional<json> ApiObjects::Find(const ApiTarget& target) const {
  for (const json& object : List(target)) {
    if (object["metadata"]["name"] == target.name) return object;
  }
  return {};
}

json ApiObjects::Put(const ApiTarget& target, json object) {
  const absl::optional<json> old = Find(target);
  ++version_;
  json metadata =
      object.contains("metadata") && object["metadata"].is_object() ? object["metadata"] : json::object();
  metadata["name"] = target.name;
  metadata["namespace"] = target.namespace_;
  metadata["uid"] = old ? (*old)["metadata"]["uid"] : json(Uid(version_));
  metadata["creationTimestamp"] = kCreated;
  metadata["resourceVersion"] = ResourceVersion();
  object["apiVersion"] = "v1";
  object["kind"] = "ConfigMap";
  object["metadata"] = metadata;
  return config_maps_[{target.namespace_, target.name}] = object;
}

bool ApiObjects::Remove(const ApiTarget& target) {
  ++version_;
  return config_maps_.erase({target.namespace_, target.name}) > 0;
}

}  // namespace sandbox
