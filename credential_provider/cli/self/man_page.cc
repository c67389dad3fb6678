#include "credential_provider/cli/self/man_page.h"

#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "credential_provider/cli/other_program.h"
#include "credential_provider/cli/version.h"

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

// Running text. Each sentence begins a line, as mdoc wants it; an empty line begins a paragraph.
std::string Text(absl::string_view text) {
  std::string lines;
  if (text.empty()) return lines;
  for (const absl::string_view paragraph : absl::StrSplit(text, "\n\n")) {
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
    if (flag.value != nullptr) absl::StrAppend(&section, " Ar ", flag.value);
    absl::StrAppend(&section, "\n", Text(flag.help));
  }
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
  absl::StrAppend(&page,
                  ".Sh EXIT STATUS\n0 on success, 1 on failure and 2 on wrong usage.\n"
                  "After a failure nothing was written to standard output;\n"
                  "standard error says what happened and what to do about it.\n");
  return page;
}

}  // namespace credential_provider
