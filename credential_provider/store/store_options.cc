#include "credential_provider/store/store_options.h"

#include "credential_provider/base/status_context.h"

namespace credential_provider {
namespace {

constexpr char kStore[] = "--store";
constexpr char kCacheDir[] = "--cache-dir";

constexpr FlagSpec kFlags[] = {
    {kStore, "KIND",
     "where credentials are kept: auto, keyring, runtime, memory, disk or none (default: auto)",
     "auto|keyring|runtime|memory|disk|none"},
    {kCacheDir, "DIR", "keep them on disk, there (default of disk: ~/.cache/credential_provider)"},
};

}  // namespace

absl::Span<const FlagSpec> StoreFlags() { return kFlags; }

absl::StatusOr<StoreOptions> ParseStoreOptions(const ParsedFlags& flags) {
  StoreOptions options;
  const absl::StatusOr<StoreKind> kind = ParseStoreKind(flags.Get(kStore, "auto"));
  if (!kind.ok()) return flags.About(kStore, kind.status());
  options.kind = *kind;
  options.cache_dir = std::string(flags.Get(kCacheDir));
  const bool on_disk = options.kind == StoreKind::kAuto || options.kind == StoreKind::kDisk;
  if (!options.cache_dir.empty() && !on_disk)
    return WithContext(absl::InvalidArgumentError("only with --store disk"), kCacheDir);
  return options;
}

std::vector<std::string> FormatStoreOptions(const StoreOptions& options) {
  std::vector<std::string> args;
  if (options.kind != StoreKind::kAuto)
    args.insert(args.end(), {kStore, std::string(StoreKindName(options.kind))});
  if (!options.cache_dir.empty()) args.insert(args.end(), {kCacheDir, options.cache_dir});
  return args;
}

}  // namespace credential_provider
