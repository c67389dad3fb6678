#include "credential_provider/sources/external_command.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "credential_provider/alibaba_cloud/sts_session.h"
#include "credential_provider/base/executable.h"
#include "credential_provider/base/json_reader.h"
#include "credential_provider/base/process.h"
#include "credential_provider/base/redact.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/sources/command_words.h"
#include "credential_provider/sources/external_allowed.h"
#include "credential_provider/sources/who.h"
#include "credential_provider/store/program_traits.h"

namespace credential_provider {
namespace {

constexpr size_t kMaxOutputBytes = 64 << 10;

// Who comes out may depend on more than the line: one variable too many costs a request, one too few would be
// another one's certificate.
std::string WhoIs(const std::vector<std::string>& words, absl::string_view line,
                  const Environment& environment) {
  const std::string program = FindExecutable(words.front(), environment.Get("PATH"));
  return Who()
      .Add("command", words.front())
      .AddHashed("line", line)
      .AddHashed("file", absl::StrCat(program, " ", FileIdentity(program)))
      .Add("folder", FolderThatMatters(words))
      .Add("environment", absl::StrCat("#", FingerprintOfVariables(environment)))
      .text();
}

// Says how it failed, with what it complained of, cleaned of what it printed and was told.
absl::Status Failed(const ChildResult& result, const Secret& arguments) {
  constexpr size_t kLongest = 160;
  const Secret* const secrets[] = {&result.out, &arguments};
  const std::string complaint = Redact(absl::StripAsciiWhitespace(result.err.Reveal()), secrets);
  return absl::UnauthenticatedError(absl::StrCat("exit status ", result.status, complaint.empty() ? "" : ": ",
                                                 Printable(complaint, kLongest)));
}

absl::StatusOr<AccessKey> GetKey(const std::vector<std::string>& words, const KeyFetch& fetch) {
  absl::StatusOr<ChildResult> result =
      RunChild({words, fetch.environment.entries(), kExternalTimeLimit, kMaxOutputBytes});
  if (!result.ok()) return result.status();
  if (result->status != 0) return Failed(*result, Secret(absl::StrJoin(words.begin() + 1, words.end(), " ")));
  return ParsePrintedKey(result->out);
}

}  // namespace

absl::StatusOr<AccessKey> ParsePrintedKey(const Secret& output) {
  JsonReader in(output.Reveal(), "its output");
  const std::string mode = in.OptionalString("mode");
  if (in.status().ok() && !mode.empty() && mode != "AK" && mode != "StsToken")
    return absl::InvalidArgumentError("its output: field \"mode\" is neither AK nor StsToken");
  const SecurityToken token = mode == "StsToken" ? SecurityToken::kNeeded
                              : mode.empty()     ? SecurityToken::kOptional
                                                 : SecurityToken::kNone;
  absl::StatusOr<AccessKey> key = ReadAccessKey(in, kProfileKey, token);
  if (!key.ok()) return key;
  if (!in.OptionalString("expiration").empty()) key->expires = in.Time("expiration");
  if (!in.status().ok()) return in.status();
  return key;
}

absl::StatusOr<Identity> FromCommand(absl::string_view source, absl::string_view command,
                                     const Environment& environment) {
  absl::Status allowed = ExternalAllowed(environment);
  if (!allowed.ok()) return allowed;
  absl::StatusOr<std::vector<std::string>> words = SplitCommand(command);
  if (!words.ok()) return words.status();
  Identity identity;
  identity.source = std::string(source);
  identity.who = WhoIs(*words, command, environment);
  identity.access_key = [words = *std::move(words)](const KeyFetch& fetch) -> absl::StatusOr<AccessKey> {
    absl::StatusOr<AccessKey> key = GetKey(words, fetch);
    if (!key.ok()) return WithContext(key.status(), absl::StrCat("command ", Printable(words[0], 100)));
    return key;
  };
  return identity;
}

}  // namespace credential_provider
