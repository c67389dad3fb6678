#include "credential_provider/invocation/invocation.h"

#include <utility>

#include "credential_provider/base/status_context.h"
#include "credential_provider/sources/identity_flags.h"

namespace credential_provider {
namespace {

constexpr char kCaFile[] = "--ca-file";

constexpr FlagSpec kNetworkFlags[] = {
    {kCaFile, "FILE", "PEM file of the authorities to trust instead of the system's"},
    kTimeoutFlag,
};

}  // namespace

std::vector<FlagSpec> CallerFlags() {
  std::vector<FlagSpec> flags = IdentityFlags();
  flags.insert(flags.end(), std::begin(kNetworkFlags), std::end(kNetworkFlags));
  return flags;
}

std::vector<FlagSpec> GetFlags(const IssuerKind& kind) {
  std::vector<FlagSpec> flags = kind.flags();
  const std::vector<FlagSpec> caller = CallerFlags();
  flags.insert(flags.end(), caller.begin(), caller.end());
  const std::vector<FlagSpec> answer = AnswerFlags();
  flags.insert(flags.end(), answer.begin(), answer.end());
  return flags;
}

absl::StatusOr<absl::Duration> ParseTimeout(const ParsedFlags& flags) {
  absl::Duration timeout;
  if (!absl::ParseDuration(flags.Get(kTimeoutFlag.name, "15s"), &timeout) || timeout < absl::Seconds(1) ||
      timeout > absl::Minutes(2)) {
    return flags.About(kTimeoutFlag.name, absl::InvalidArgumentError("not a time between 1s and 2m"));
  }
  return timeout;
}

absl::StatusOr<Caller> ParseCaller(const ParsedFlags& flags) {
  Caller caller;
  absl::StatusOr<IdentityOptions> identity = ParseIdentityOptions(flags);
  if (!identity.ok()) return identity.status();
  caller.identity = *std::move(identity);
  absl::StatusOr<absl::Duration> timeout = ParseTimeout(flags);
  if (!timeout.ok()) return timeout.status();
  caller.timeout = *timeout;
  caller.ca_file = std::string(flags.Get(kCaFile));
  return caller;
}

absl::StatusOr<Invocation> MakeInvocation(const IssuerKind& kind, const ParsedFlags& flags) {
  absl::StatusOr<std::shared_ptr<const Issuer>> issuer = kind.parse(flags);
  if (!issuer.ok()) return issuer.status();
  return MakeInvocation(kind, *std::move(issuer), flags);
}

absl::StatusOr<Invocation> MakeInvocation(const IssuerKind& kind, std::shared_ptr<const Issuer> issuer,
                                          const ParsedFlags& flags) {
  Invocation invocation;
  invocation.kind = &kind;
  invocation.issuer = std::move(issuer);
  absl::StatusOr<Caller> caller = ParseCaller(flags);
  if (!caller.ok()) return caller.status();
  static_cast<Caller&>(invocation) = *std::move(caller);
  absl::StatusOr<AnswerOptions> answer = ParseAnswerOptions(flags);
  if (!answer.ok()) return answer.status();
  static_cast<AnswerOptions&>(invocation) = *std::move(answer);
  return invocation;
}

std::vector<std::string> FormatInvocation(const Invocation& invocation) {
  const Invocation defaults;
  std::vector<std::string> args = {"get", invocation.kind->name};
  const std::vector<std::string> own = invocation.issuer->Flags();
  args.insert(args.end(), own.begin(), own.end());
  const std::vector<std::string> identity = FormatIdentityOptions(invocation.identity);
  args.insert(args.end(), identity.begin(), identity.end());
  const std::vector<std::string> answer = FormatAnswerOptions(invocation);
  args.insert(args.end(), answer.begin(), answer.end());
  if (!invocation.ca_file.empty()) args.insert(args.end(), {kCaFile, invocation.ca_file});
  if (invocation.timeout != defaults.timeout) {
    args.insert(args.end(), {kTimeoutFlag.name, absl::FormatDuration(invocation.timeout)});
  }
  return WithAbsolutePaths(GetFlags(*invocation.kind), std::move(args));
}

absl::StatusOr<Invocation> ParseInvocation(absl::Span<const std::string> args) {
  const IssuerKind* const kind = args.size() < 2 || args[0] != "get" ? nullptr : FindIssuerKind(args[1]);
  if (kind == nullptr) return absl::InvalidArgumentError("no issuer after `get`");
  absl::StatusOr<ParsedFlags> flags = ParseFlags(GetFlags(*kind), args.subspan(2));
  if (!flags.ok()) return flags.status();
  return MakeInvocation(*kind, *flags);
}

}  // namespace credential_provider
