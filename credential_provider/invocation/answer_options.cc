#include "credential_provider/invocation/answer_options.h"

#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "credential_provider/base/status_context.h"

namespace credential_provider {
namespace {

constexpr char kApiVersion[] = "--api-version";
constexpr char kRefreshAhead[] = "--refresh-ahead";

constexpr FlagSpec kOwnFlags[] = {
    {kApiVersion, "VERSION", "v1 or v1beta1, for clients that send no KUBERNETES_EXEC_INFO (default: v1)",
     "v1|v1beta1"},
    {kRefreshAhead, "PERCENT",
     "renew in the background in the last part of a credential's life, 0 for never (default: 20)"},
};

absl::StatusOr<int> ParseRefreshAhead(const ParsedFlags& flags) {
  constexpr int kMost = 90;
  int percent;
  absl::string_view text = flags.Get(kRefreshAhead, "20");
  absl::ConsumeSuffix(&text, "%");
  if (absl::SimpleAtoi(text, &percent) && percent >= 0 && percent <= kMost) return percent;
  return flags.About(kRefreshAhead, absl::InvalidArgumentError("not a percentage from 0 to 90"));
}

// "v1" of "client.authentication.k8s.io/v1".
std::string ShortName(ExecApiVersion version) {
  const absl::string_view full = FullName(version);
  return std::string(full.substr(full.find('/') + 1));
}

}  // namespace

std::vector<FlagSpec> AnswerFlags() {
  std::vector<FlagSpec> flags(std::begin(kOwnFlags), std::end(kOwnFlags));
  flags.insert(flags.end(), StoreFlags().begin(), StoreFlags().end());
  return flags;
}

absl::StatusOr<AnswerOptions> ParseAnswerOptions(const ParsedFlags& flags) {
  AnswerOptions options;
  absl::StatusOr<ExecApiVersion> version = ParseExecApiVersion(flags.Get(kApiVersion, "v1"));
  if (!version.ok()) return flags.About(kApiVersion, version.status());
  options.api_version = *version;
  absl::StatusOr<StoreOptions> store = ParseStoreOptions(flags);
  if (!store.ok()) return store.status();
  options.store = *std::move(store);
  absl::StatusOr<int> refresh_ahead = ParseRefreshAhead(flags);
  if (!refresh_ahead.ok()) return refresh_ahead.status();
  options.refresh_ahead = *refresh_ahead;
  return options;
}

std::vector<std::string> FormatAnswerOptions(const AnswerOptions& options) {
  std::vector<std::string> args = {kApiVersion, ShortName(options.api_version)};
  const std::vector<std::string> store = FormatStoreOptions(options.store);
  args.insert(args.end(), store.begin(), store.end());
  if (options.refresh_ahead != AnswerOptions().refresh_ahead)
    args.insert(args.end(), {kRefreshAhead, absl::StrCat(options.refresh_ahead)});
  return args;
}

}  // namespace credential_provider
