#include "credential_provider/cli/self/man_page.h"

#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "credential_provider/cli/help.h"
#include "credential_provider/cli/other_program.h"
#include "credential_provider/cli/version.h"
#include "credential_provider/text/fold_text.h"

namespace credential_provider {
namespace {

// Two hyphens are not a dash.
std::string Escape(absl::string_view text) {
  return absl::StrReplaceAll(text, {{"\\", "\\e"}, {"--", "\\-\\-"}});
}

// A sentence in lines of less than 80 characters. A first character that would be an order to roff gets an
// invisible one before it.
std::string Sentence(absl::string_view text) {
  constexpr size_t kWidth = 78;
  std::string lines;
  std::string line;
  for (const absl::string_view word : absl::StrSplit(text, ' ', absl::SkipEmpty())) {
    const std::string escaped = Escape(word);
    if (!line.empty() && line.size() + escaped.size() >= kWidth) {
      absl::StrAppend(&lines, line, "\n");
      line.clear();
    }
    const bool is_order = line.empty() && (escaped[0] == '.' || escaped[0] == '\'');
    absl::StrAppend(&line, line.empty() ? "" : " ", is_order ? "\\&" : "", escaped);
  }
  return absl::StrCat(lines, line, "\n");
}

std::string List(absl::string_view paragraph) {
  std::string lines = ".Bl -tag -width Ds\n";
  for (const auto& [name, meaning] : ListRows(paragraph))
    absl::StrAppend(&lines, ".It ", Sentence(name), Sentence(meaning));
  return absl::StrCat(lines, ".El\n");
}

// Running text. Each sentence begins a line, as mdoc wants it; an empty line begins a paragraph.
std::string Text(absl::string_view text) {
  std::string lines;
  if (text.empty()) return lines;
  for (const absl::string_view paragraph : absl::StrSplit(text, "\n\n")) {
    if (IsList(paragraph)) {
      absl::StrAppend(&lines, List(paragraph));
      continue;
    }
    if (!lines.empty()) absl::StrAppend(&lines, ".Pp\n");
    const std::string unwrapped = absl::StrReplaceAll(absl::StripAsciiWhitespace(paragraph), {{"\n", " "}});
    std::vector<absl::string_view> sentences = absl::StrSplit(unwrapped, ". ");
    const absl::string_view last = sentences.back();
    sentences.pop_back();
    for (const absl::string_view sentence : sentences) lines += Sentence(absl::StrCat(sentence, "."));
    lines += Sentence(last);
  }
  return lines;
}

// "November 24, 2026"
std::string MdocDate(absl::string_view day) {
  absl::CivilDay date;
  absl::ParseCivilTime(day, &date);
  return absl::FormatTime("%B %e, %Y", absl::FromCivil(date, absl::UTCTimeZone()), absl::UTCTimeZone());
}

// What the program is, without its name and the final period: the line that `whatis` shows.
absl::string_view Purpose(const Program& program) {
  absl::string_view purpose = program.summary;
  absl::ConsumePrefix(&purpose, program.name);
  absl::ConsumeSuffix(&purpose, ".");
  return absl::StripLeadingAsciiWhitespace(purpose);
}

std::string FlagsSection(const std::vector<FlagSpec>& flags) {
  if (flags.empty()) return "";
  std::string section = ".Bl -tag -width Ds\n";
  for (const FlagSpec& flag : flags) {
    // "Fl -name" is "--name".
    absl::StrAppend(&section, ".It Fl ", absl::string_view(flag.name).substr(1));
    if (flag.short_name != nullptr)
      absl::StrAppend(&section, " , Fl ", absl::string_view(flag.short_name).substr(1));
    if (flag.value != nullptr) absl::StrAppend(&section, " Ar ", flag.value);
    absl::StrAppend(&section, "\n", Text(flag.help));
  }
  return absl::StrCat(section, ".El\n");
}

// Lines as they are. One that would be an order to roff gets an invisible character before it.
std::string Verbatim(absl::string_view text) {
  std::string lines = ".Bd -literal -offset indent\n";
  for (const absl::string_view line : absl::StrSplit(text, '\n', absl::SkipEmpty()))
    absl::StrAppend(&lines, line[0] == '.' || line[0] == '\'' ? "\\&" : "", Escape(line), "\n");
  return absl::StrCat(lines, ".Ed\n");
}

std::string ExamplesSection(const Program& program) {
  std::string examples;
  for (const Command& command : program.commands()) {
    if (!IsHidden(command)) absl::StrAppend(&examples, ExamplesOf(program, command));
  }
  return examples.empty() ? "" : absl::StrCat(".Sh EXAMPLES\n", Verbatim(examples));
}

// What is named, and what it is for: lists as in help.

constexpr char kFiles[] = R"(
  ~/.kube/config  the kubeconfig, where KUBECONFIG names no other
  ~/.kube/kuberc  which exec plugins kubectl may run; KUBERC names another file
  ~/.aliyun/config.json  the profiles of the aliyun CLI, from which the AccessKey may come
  ~/.alibabacloud/credentials  the SDKs' credentials file, likewise
  ~/.config/credential_provider/config  defaults of flags, under [defaults]; see config
  ~/.cache/credential_provider  what is stored on disk, and of what is in memory the other share
  ~/.local/state/kubeconfig_writer  the last five states of each kubeconfig, for undo)";

constexpr char kVariables[] = R"(
  KUBECONFIG  the kubeconfig, as for kubectl: files with colons between
  KUBERNETES_EXEC_INFO  what kubectl tells the program that it starts for a credential
  ALIBABA_CLOUD_ACCESS_KEY_ID , ALIBABA_CLOUD_ACCESS_KEY_SECRET , ALIBABA_CLOUD_SECURITY_TOKEN  the caller's AccessKey
  ALIBABA_CLOUD_PROFILE  the profile, where --profile names none
  ALIBABA_CLOUD_CONFIG_FILE , ALIBABA_CLOUD_CREDENTIALS_FILE  other files than ~/.aliyun/config.json and ~/.alibabacloud/credentials
  ALIBABA_CLOUD_ROLE_ARN , ALIBABA_CLOUD_OIDC_PROVIDER_ARN , ALIBABA_CLOUD_OIDC_TOKEN_FILE  the role of a job or pod that signs in with an OIDC token
  ALIBABA_CLOUD_CREDENTIALS_URI  an address that hands out keys
  ALIBABA_CLOUD_REGION_ID , ALIBABA_CLOUD_STS_REGION  the regions whose services are asked
  HTTPS_PROXY , HTTP_PROXY , ALL_PROXY , NO_PROXY  the proxies, as for kubectl
  SSL_CERT_FILE , SSL_CERT_DIR  the authorities to trust instead of the system's
  XDG_CACHE_HOME , XDG_RUNTIME_DIR , XDG_STATE_HOME  where files are kept instead of the folders above
  NO_COLOR , CLICOLOR_FORCE , TERM  whether there is colour: never, always, and what the terminal knows
  CREDENTIAL_PROVIDER_REGION and so on  the default of --region and so on; see config
  CREDENTIAL_PROVIDER_LOG  info, debug or trace: what is done, and why, on standard error
  CREDENTIAL_PROVIDER_LOG_FILE , CREDENTIAL_PROVIDER_LOG_FORMAT  a private file for it instead; json for an object a line
  CI  true where there is nobody to ask)";

std::string Terms(absl::string_view heading, absl::string_view macro, absl::string_view terms) {
  std::string section = absl::StrCat(".Sh ", heading, "\n.Bl -tag -width Ds\n");
  for (const auto& [name, meaning] : ListRows(terms))
    absl::StrAppend(&section, ".It ", macro, " ", name, "\n", Text(meaning));
  return absl::StrCat(section, ".El\n");
}

std::string CommandSection(const Command& command) {
  const absl::string_view blank = *command.operands == '\0' ? "" : " ";
  return absl::StrCat(".Ss ", NameOf(command), blank, Escape(command.operands), "\\&\n", Text(command.about),
                      FlagsSection(command.flags(command)));
}

}  // namespace

std::string ManPage(const Program& program) {
  std::string page =
      absl::StrCat(".Dd ", MdocDate(kReleased), "\n.Dt ", absl::AsciiStrToUpper(FileOf(program)),
                   " 1\n.Os\n.Sh NAME\n.Nm ", program.name, "\n.Nd ", Purpose(program),
                   "\n.Sh SYNOPSIS\n.Nm\n.Ar command\n.Op Ar flags\n.Sh DESCRIPTION\n");
  absl::StrAppend(&page, Text(program.summary), Text(program.closing), "This is version ", kVersion,
                  ".\nEach of the commands takes\n.Fl -help .\n.Sh COMMANDS\n");
  for (const Command& command : program.commands()) {
    if (!IsHidden(command)) absl::StrAppend(&page, CommandSection(command));
  }
  absl::StrAppend(&page, Terms("ENVIRONMENT", "Ev", kVariables), Terms("FILES", "Pa", kFiles),
                  ".Sh EXIT STATUS\n0 on success, 1 on failure and 2 on wrong usage;\n"
                  "3 when\n.Ic audit\nhas found something.\n"
                  "After a failure nothing was written to standard output;\n"
                  "standard error says what happened and what to do about it.\n",
                  ExamplesSection(program));
  return page;
}

}  // namespace credential_provider
