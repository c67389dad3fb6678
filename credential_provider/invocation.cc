#include "credential_provider/invocation.h"

#include "credential_provider/base/status_context.h"

namespace credential_provider {
namespace {

constexpr char kApiVersion[] = "--api-version";
constexpr char kCacheDir[] = "--cache-dir";
constexpr char kCaFile[] = "--ca-file";
constexpr char kTimeout[] = "--timeout";

constexpr FlagSpec kCommonFlags[] = {
    {kApiVersion, "VERSION", "v1 or v1beta1, for clients that send no KUBERNETES_EXEC_INFO (default: v1)"},
    {kCacheDir, "DIR", "where credentials are kept (default: ~/.cache/credential_provider)"},
    {kCaFile, "FILE", "PEM file of the authorities to trust instead of the system's"},
    {kTimeout, "TIME", "the longest that a run may wait for the network: 1s to 2m (default: 15s)"},
};

absl::StatusOr<absl::Duration> ParseTimeout(absl::string_view text) {
  absl::Duration timeout;
  if (!absl::ParseDuration(text, &timeout) || timeout < absl::Seconds(1) || timeout > absl::Minutes(2)) {
    return WithContext(absl::InvalidArgumentError("not a time between 1s and 2m"), kTimeout);
  }
  return timeout;
}

// "v1" of "client.authentication.k8s.io/v1".
std::string ShortName(ExecApiVersion version) {
  const absl::string_view full = FullName(version);
  return std::string(full.substr(full.find('/') + 1));
}

}  // namespace

std::vector<FlagSpec> GetAckFlags() {
  std::vector<FlagSpec> flags(AckFlags().begin(), AckFlags().end());
  flags.insert(flags.end(), std::begin(kCommonFlags), std::end(kCommonFlags));
  return flags;
}

absl::StatusOr<Invocation> MakeInvocation(const ParsedFlags& flags) {
  Invocation invocation;
  absl::StatusOr<AckOptions> ack = ParseAckOptions(flags);
  if (!ack.ok()) return ack.status();
  invocation.ack = *std::move(ack);
  absl::StatusOr<ExecApiVersion> version = ParseExecApiVersion(flags.Get(kApiVersion, "v1"));
  if (!version.ok()) return WithContext(version.status(), kApiVersion);
  invocation.api_version = *version;
  absl::StatusOr<absl::Duration> timeout = ParseTimeout(flags.Get(kTimeout, "15s"));
  if (!timeout.ok()) return timeout.status();
  invocation.timeout = *timeout;
  invocation.cache_dir = std::string(flags.Get(kCacheDir));
  invocation.ca_file = std::string(flags.Get(kCaFile));
  return invocation;
}

std::vector<std::string> FormatInvocation(const Invocation& invocation) {
  const Invocation defaults;
  std::vector<std::string> args = {"get", "ack"};
  const std::vector<std::string> ack = FormatAckOptions(invocation.ack);
  args.insert(args.end(), ack.begin(), ack.end());
  args.insert(args.end(), {kApiVersion, ShortName(invocation.api_version)});
  if (!invocation.cache_dir.empty()) args.insert(args.end(), {kCacheDir, invocation.cache_dir});
  if (!invocation.ca_file.empty()) args.insert(args.end(), {kCaFile, invocation.ca_file});
  if (invocation.timeout != defaults.timeout) {
    args.insert(args.end(), {kTimeout, absl::FormatDuration(invocation.timeout)});
  }
  return args;
}

}  // namespace credential_provider
