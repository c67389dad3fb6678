// The sources of the caller's own key: one table, from which the chain, --identity, its help and completion
// are made.
#ifndef CREDENTIAL_PROVIDER_SOURCES_SOURCE_TABLE_H_
#define CREDENTIAL_PROVIDER_SOURCES_SOURCE_TABLE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "credential_provider/base/environment.h"
#include "credential_provider/identity/identity.h"
#include "credential_provider/identity/identity_options.h"
#include "credential_provider/identity/principal.h"

namespace credential_provider {

struct Source {
  const char* name;  // as --identity has it
  // NotFound when it has none, which lets the next one try. Uses no network but by the resolver.
  absl::StatusOr<Identity> (*find)(const IdentityOptions&, const Environment&, const Resolver&);
  // The names among which --profile chooses; null where it does not choose.
  std::vector<std::string> (*profiles)(const Environment&) = nullptr;
  bool by_name_only = false;  // asked only when --identity names it
};

// In the order in which they are asked.
absl::Span<const Source> Sources();

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_SOURCES_SOURCE_TABLE_H_
