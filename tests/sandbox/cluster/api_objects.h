// The objects of the cluster: four namespaces, no pods, and the config maps that clients put there.
#ifndef CREDENTIAL_PROVIDER_TESTS_SANDBOX_CLUSTER_API_OBJECTS_H_
#define CREDENTIAL_PROVIDER_TESTS_SANDBOX_CLUSTER_API_OBJECTS_H_

#include <map>
#include <string>
#include <vector>

#include "absl/types/optional.h"
#include "nlohmann/json.hpp"

namespace sandbox {

// Which object or collection a path names.
struct ApiTarget {
  std::string resource;    // plural
  std::string namespace_;  // "" for all, or when the resource has none
  std::string name;        // "" for the collection
};

// Reads "/api/v1/namespaces/default/pods/x" and the like. Nothing for other paths and unknown resources.
absl::optional<ApiTarget> ParseTarget(const std::string& path);

class ApiObjects {
 public:
  // Returns the objects of a collection.
  std::vector<nlohmann::json> List(const ApiTarget& target) const;
  // Returns one object, or nothing.
  absl::optional<nlohmann::json> Find(const ApiTarget& target) const;

  // Stores a config map under `target` (its name is set) and returns it with the metadata that a server adds.
  nlohmann::json Put(const ApiTarget& target, nlohmann::json object);
  // Removes a config map; false when there is none.
  bool Remove(const ApiTarget& target);

  // Returns the version of the whole collection.
  std::string ResourceVersion() const { return std::to_string(version_); }

  void Clear() { *this = ApiObjects(); }

 private:
  std::map<std::pair<std::string, std::string>, nlohmann::json> config_maps_;  // by namespace and name
  int version_ = 1000;
};

}  // namespace sandbox

#endif  // CREDENTIAL_PROVIDER_TESTS_SANDBOX_CLUSTER_API_OBJECTS_H_
