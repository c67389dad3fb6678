#include "credential_provider/sources/external_command.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "credential_provider/alibaba_cloud/sts_session.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/identity/identity_text.h"
#include "credential_provider/identity/program_fingerprint.h"
#include "credential_provider/identity/session_variables.h"
#include "credential_provider/process/child_program.h"
#include "credential_provider/process/executable.h"
#include "credential_provider/process/machine.h"
#include "credential_provider/sources/roles/key_owner.h"
#include "credential_provider/text/json_reader.h"
#include "credential_provider/text/redact.h"
#include "credential_provider/text/shell_words.h"

namespace credential_provider {
namespace {

constexpr size_t kMaxOutputBytes = 64 << 10;

// Who comes out may depend on more than the line: one variable too many costs a run of the command, one too
// few would be another one's certificate for a while. `program` is the file that is run.
Place PlaceOf(const std::vector<std::string>& words, absl::string_view line, const std::string& program,
              const Environment& environment) {
  Place place;
  place.shown = IdentityText().Add("command", words.front()).text();
  place.text = CredentialKey()
                   .Add("command", line)
                   .Add("program", program)
                   .Add("file", FileIdentity(program))
                   .Add("folder", WorkingFolderIfNamed(words))
                   .Add("environment", FingerprintOfVariables(environment))
                   .Add("machine", MachineText())
                   .text();
  return place;
}

// Whether the value of the variable `name` may be a secret: by the name, or because it is long and no path.
bool MayBeSecret(absl::string_view name, absl::string_view value) {
  constexpr size_t kShortest = 4;
  constexpr size_t kLong = 16;
  constexpr const char* kTelling[] = {"SECRET", "TOKEN", "PASS", "PWD", "KEY", "CREDENTIAL", "AUTH"};
  if (value.size() < kShortest || TellsOfSession(name)) return false;
  const std::string upper = absl::AsciiStrToUpper(name);
  const bool telling = std::any_of(std::begin(kTelling), std::end(kTelling),
                                   [&](const char* part) { return absl::StrContains(upper, part); });
  const bool path = value[0] == '/' || value[0] == '.';
  return (telling && !path) || (value.size() >= kLong && !path);
}

std::vector<Secret> SecretsIn(const Environment& environment) {
  std::vector<Secret> secrets;
  for (const char* const* entry = environment.entries(); *entry != nullptr; ++entry) {
    const std::pair<absl::string_view, absl::string_view> parts =
        absl::StrSplit(*entry, absl::MaxSplits('=', 1));
    if (MayBeSecret(parts.first, parts.second)) secrets.emplace_back(std::string(parts.second));
  }
  return secrets;
}

// Says how it failed, with what it complained of, cleaned of what it printed, was told and was given.
absl::Status Failed(const ChildResult& result, const std::vector<std::string>& words,
                    const Environment& environment) {
  constexpr size_t kLongest = 160;
  const Secret arguments(absl::StrJoin(words.begin() + 1, words.end(), " "));
  const std::vector<Secret> given = SecretsIn(environment);
  std::vector<const Secret*> secrets = {&result.out, &arguments};
  for (const Secret& secret : given) secrets.push_back(&secret);
  const std::string complaint = Redact(absl::StripAsciiWhitespace(result.err.Reveal()), secrets);
  return absl::UnauthenticatedError(absl::StrCat("exit status ", result.status, complaint.empty() ? "" : ": ",
                                                 Printable(complaint, kLongest)));
}

// No source may take the place of one whose command is missing.
absl::Status NotThere(const std::string& command) {
  const absl::Status reason = NotExecutable(command);
  return WithHint(absl::FailedPreconditionError(reason.message()), HintOf(reason));
}

absl::StatusOr<AccessKey> GetKey(const std::vector<std::string>& words, const NetworkContext& fetch) {
  absl::StatusOr<ChildResult> result =
      RunChild({words, fetch.environment.entries(), kExternalTimeLimit, kMaxOutputBytes});
  if (!result.ok()) return result.status();
  if (result->status != 0) return Failed(*result, words, fetch.environment);
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
                                     const Environment& environment, const Resolver& resolve) {
  absl::Status allowed = ExternalAllowed(environment);
  if (!allowed.ok()) return allowed;
  absl::StatusOr<std::vector<std::string>> words = SplitCommand(command);
  if (!words.ok()) return words.status();
  const std::string subject = absl::StrCat("command ", Printable(words->front(), 100));
  const std::string program = FindExecutable(words->front(), environment.Get("PATH"));
  if (program.empty()) return WithContext(NotThere(words->front()), subject);
  Place place = PlaceOf(*words, command, program, environment);
  words->front() = program;  // what is run is what the place was made of
  const auto sign_in = [words = *std::move(words),
                        subject](const NetworkContext& fetch) -> absl::StatusOr<SignIn> {
    absl::StatusOr<AccessKey> key = GetKey(words, fetch);
    if (!key.ok()) return WithContext(key.status(), subject);
    return SignInWith(*std::move(key));
  };
  return IdentityAt(source, std::move(place), sign_in, resolve);
}

absl::Status ExternalAllowed(const Environment& environment) {
  constexpr char kVariable[] = "ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS";
  const absl::string_view value = environment.Get(kVariable);
  if (value != "1" && !absl::EqualsIgnoreCase(value, "true")) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat("forbidden by ", kVariable));
}

}  // namespace credential_provider
