// Objects and lists as clients ask for them: plain, or as the table that kubectl prints.
#ifndef CREDENTIAL_PROVIDER_TESTS_SANDBOX_CLUSTER_API_TABLE_H_
#define CREDENTIAL_PROVIDER_TESTS_SANDBOX_CLUSTER_API_TABLE_H_

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "nlohmann/json.hpp"

namespace sandbox {

// Tells whether an Accept header asks for a table before anything else.
bool WantsTable(const std::string& accept);

// Returns the table of `objects` of one resource; ages are counted at `now`.
nlohmann::json TableOf(const std::string& resource, const std::vector<nlohmann::json>& objects,
                       const std::string& resource_version, absl::Time now);

// Returns the plain list, e.g. a NamespaceList.
nlohmann::json ListOf(const std::string& resource, const std::vector<nlohmann::json>& objects,
                      const std::string& resource_version);

}  // namespace sandbox

#endif  // CREDENTIAL_PROVIDER_TESTS_SANDBOX_CLUSTER_API_TABLE_H_
