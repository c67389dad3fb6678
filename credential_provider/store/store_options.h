// What the user says about where credentials are kept: the flags of every command that touches the store.
#ifndef CREDENTIAL_PROVIDER_STORE_STORE_OPTIONS_H_
#define CREDENTIAL_PROVIDER_STORE_STORE_OPTIONS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "credential_provider/cli/command_line.h"
#include "credential_provider/store/store_kind.h"

namespace credential_provider {

struct StoreOptions {
  StoreKind kind = StoreKind::kAuto;
  std::string cache_dir;  // the disk store's folder, "" for the default; with kAuto it means disk
};

// The flags of StoreOptions.
absl::Span<const FlagSpec> StoreFlags();

// InvalidArgument, naming the flag, for a value that cannot be, or a folder for a store that is in none.
absl::StatusOr<StoreOptions> ParseStoreOptions(const ParsedFlags& flags);

// Returns the flags that stand for `options`, without those that are as by default. The inverse of the above.
std::vector<std::string> FormatStoreOptions(const StoreOptions& options);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_STORE_STORE_OPTIONS_H_
