#include "credential_provider/invocation.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "credential_provider/base/status_context.h"

namespace credential_provider {
namespace {

constexpr char kApiVersion[] = "--api-version";
constexpr char kCaFile[] = "--ca-file";
constexpr char kRefreshAhead[] = "--refresh-ahead";
constexpr char kTimeout[] = "--timeout";

constexpr FlagSpec kNetworkFlags[] = {
    {kCaFile, "FILE", "PEM file of the authorities to trust instead of the system's"},
    {kTimeout, "TIME", "the longest that a run may wait for the network: 1s to 2m (default: 15s)"},
};

constexpr FlagSpec kAnswerFlags[] = {
    {kApiVersion, "VERSION", "v1 or v1beta1, for clients that send no KUBERNETES_EXEC_INFO (default: v1)"},
    {kRefreshAhead, "PERCENT",
     "renew in the background in the last part of a credential's life, 0 for never (default: 20)"},
};

absl::StatusOr<absl::Duration> ParseTimeout(absl::string_view text) {
  absl::Duration timeout;
  if (!absl::ParseDuration(text, &timeout) || timeout < absl::Seconds(1) || timeout > absl::Minutes(2)) {
    return WithContext(absl::InvalidArgumentError("not a time between 1s and 2m"), kTimeout);
  }
  return timeout;
}

absl::StatusOr<int> ParseRefreshAhead(absl::string_view text) {
  constexpr int kMost = 90;
  int percent;
  absl::ConsumeSuffix(&text, "%");
  if (absl::SimpleAtoi(text, &percent) && percent >= 0 && percent <= kMost) return percent;
  return WithContext(absl::InvalidArgumentError("not a percentage from 0 to 90"), kRefreshAhead);
}

// "v1" of "client.authentication.k8s.io/v1".
std::string ShortName(ExecApiVersion version) {
  const absl::string_view full = FullName(version);
  return std::string(full.substr(full.find('/') + 1));
}

}  // namespace

std::vector<FlagSpec> CallerFlags() {
  std::vector<FlagSpec> flags(IdentityFlags().begin(), IdentityFlags().end());
  flags.insert(flags.end(), std::begin(kNetworkFlags), std::end(kNetworkFlags));
  return flags;
}

std::vector<FlagSpec> GetFlags() {
  std::vector<FlagSpec> flags(AckFlags().begin(), AckFlags().end());
  const std::vector<FlagSpec> caller = CallerFlags();
  flags.insert(flags.end(), caller.begin(), caller.end());
  flags.insert(flags.end(), std::begin(kAnswerFlags), std::end(kAnswerFlags));
  flags.insert(flags.end(), StoreFlags().begin(), StoreFlags().end());
  return flags;
}

absl::StatusOr<Caller> ParseCaller(const ParsedFlags& flags) {
  Caller caller;
  absl::StatusOr<IdentityOptions> identity = ParseIdentityOptions(flags);
  if (!identity.ok()) return identity.status();
  caller.identity = *std::move(identity);
  absl::StatusOr<absl::Duration> timeout = ParseTimeout(flags.Get(kTimeout, "15s"));
  if (!timeout.ok()) return timeout.status();
  caller.timeout = *timeout;
  caller.ca_file = std::string(flags.Get(kCaFile));
  return caller;
}

absl::StatusOr<Invocation> MakeInvocation(const IssuerKind& issuer, const ParsedFlags& flags) {
  Invocation invocation;
  invocation.issuer = &issuer;
  absl::StatusOr<AckOptions> ack = ParseAckOptions(flags);
  if (!ack.ok()) return ack.status();
  invocation.ack = *std::move(ack);
  absl::StatusOr<Caller> caller = ParseCaller(flags);
  if (!caller.ok()) return caller.status();
  static_cast<Caller&>(invocation) = *std::move(caller);
  absl::StatusOr<ExecApiVersion> version = ParseExecApiVersion(flags.Get(kApiVersion, "v1"));
  if (!version.ok()) return WithContext(version.status(), kApiVersion);
  invocation.api_version = *version;
  absl::StatusOr<StoreOptions> store = ParseStoreOptions(flags);
  if (!store.ok()) return store.status();
  invocation.store = *std::move(store);
  absl::StatusOr<int> refresh_ahead = ParseRefreshAhead(flags.Get(kRefreshAhead, "20"));
  if (!refresh_ahead.ok()) return refresh_ahead.status();
  invocation.refresh_ahead = *refresh_ahead;
  return invocation;
}

std::vector<std::string> FormatInvocation(const Invocation& invocation) {
  const Invocation defaults;
  std::vector<std::string> args = {"get", invocation.issuer->name};
  const std::vector<std::string> ack = FormatAckOptions(invocation.ack);
  args.insert(args.end(), ack.begin(), ack.end());
  const std::vector<std::string> identity = FormatIdentityOptions(invocation.identity);
  args.insert(args.end(), identity.begin(), identity.end());
  args.insert(args.end(), {kApiVersion, ShortName(invocation.api_version)});
  const std::vector<std::string> store = FormatStoreOptions(invocation.store);
  args.insert(args.end(), store.begin(), store.end());
  if (!invocation.ca_file.empty()) args.insert(args.end(), {kCaFile, invocation.ca_file});
  if (invocation.refresh_ahead != defaults.refresh_ahead)
    args.insert(args.end(), {kRefreshAhead, absl::StrCat(invocation.refresh_ahead)});
  if (invocation.timeout != defaults.timeout) {
    args.insert(args.end(), {kTimeout, absl::FormatDuration(invocation.timeout)});
  }
  return args;
}

}  // namespace credential_provider
