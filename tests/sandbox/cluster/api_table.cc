#include "tests/sandbox/cluster/api_table.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "tests/sandbox/cluster/api_resources.h"

namespace sandbox {
namespace {

using nlohmann::json;

json Column(const char* name) {
  const bool is_name = std::string(name) == "Name";
  return {{"name", name},
          {"type", "string"},
          {"format", is_name ? "name" : ""},
          {"description", ""},
          {"priority", 0}};
}

json Columns(const std::string& resource) {
  if (resource == "namespaces") return {Column("Name"), Column("Status"), Column("Age")};
  if (resource == "configmaps") return {Column("Name"), Column("Data"), Column("Age")};
  return {Column("Name"), Column("Ready"), Column("Status"), Column("Restarts"), Column("Age")};
}

std::string Age(const json& object, absl::Time now) {
  absl::Time created;
  const std::string text = object["metadata"].value("creationTimestamp", "");
  if (!absl::ParseTime(absl::RFC3339_full, text, &created, nullptr)) return "<unknown>";
  const int64_t days = absl::ToInt64Hours(now - created) / 24;
  return days > 0 ? absl::StrCat(days, "d")
                  : absl::StrCat(std::max<int64_t>(0, absl::ToInt64Minutes(now - created)), "m");
}

json Cells(const std::string& resource, const json& object, absl::Time now) {
  const json& name = object["metadata"]["name"];
  if (resource == "namespaces") return {name, object["status"]["phase"], Age(object, now)};
  const size_t entries = object.contains("data") ? object["data"].size() : 0;
  return {name, absl::StrCat(entries), Age(object, now)};
}

json PartialObject(const json& object) {
  return {
      {"kind", "PartialObjectMetadata"}, {"apiVersion", "meta.k8s.io/v1"}, {"metadata", object["metadata"]}};
}

std::string KindOf(const std::string& resource) {
  for (const ApiResource& entry : ApiResources()) {
    if (entry.name == resource) return entry.kind;
  }
  return "";
}

}  // namespace

bool WantsTable(const std::string& accept) {
  return absl::StartsWith(accept, "application/json;as=Table;v=v1;");
}

json TableOf(const std::string& resource, const std::vector<json>& objects,
             const std::string& resource_version, absl::Time now) {
  json rows = json::array();
  for (const json& object : objects) {
    rows.push_back({{"cells", Cells(resource, object, now)}, {"object", PartialObject(object)}});
  }
  return {{"kind", "Table"},
          {"apiVersion", "meta.k8s.io/v1"},
          {"metadata", {{"resourceVersion", resource_version}}},
          {"columnDefinitions", Columns(resource)},
          {"rows", rows}};
}

json ListOf(const std::string& resource, const std::vector<json>& objects,
            const std::string& resource_version) {
  return {{"kind", KindOf(resource) + "List"},
          {"apiVersion", "v1"},
          {"metadata", {{"resourceVersion", resource_version}}},
          {"items", objects}};
}

}  // namespace sandbox
