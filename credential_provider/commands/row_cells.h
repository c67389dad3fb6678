// Cells of tables about credentials.
#ifndef CREDENTIAL_PROVIDER_COMMANDS_ROW_CELLS_H_
#define CREDENTIAL_PROVIDER_COMMANDS_ROW_CELLS_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"

namespace credential_provider {

using KeyParts = std::vector<std::pair<std::string, std::string>>;

std::string PartOf(const KeyParts& key, absl::string_view name);

// A cluster's id or address, short enough for a terminal.
std::string ShortCluster(absl::string_view cluster);

// Returns what tells a key from others of the same cluster, identity and issuer: "1h, private, cn-hangzhou";
// "" for nothing. `identity` is who asks, as in the key.
std::string OptionsInWords(const KeyParts& key, absl::string_view identity);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_COMMANDS_ROW_CELLS_H_
