#include "kubeconfig_writer/clusters/fzf.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "credential_provider/language/in_language.h"
#include "credential_provider/process/child_program.h"
#include "credential_provider/process/executable.h"

namespace kubeconfig_writer {
namespace {

using credential_provider::ChildProgram;
using credential_provider::ChildResult;
using credential_provider::Environment;

using Picks = std::vector<size_t>;

constexpr char kFzf[] = "fzf";
constexpr absl::Duration kPatience = absl::Hours(1);  // of who is asked and has gone away
// Its exit statuses.
constexpr int kPicked = 0;
constexpr int kNoMatch = 1;
constexpr int kInterrupted = 130;

bool IsThere(const Environment& environment) {
  const absl::string_view terminal = environment.Get("TERM");
  return !terminal.empty() && terminal != "dumb" &&
         !credential_provider::FindExecutable(kFzf, environment.Get("PATH")).empty();
}

// Each line has its number before a tab, which is not shown. What the user's options may change of the answer
// is set back, and so is a preview, which is a command.
ChildProgram Fzf(absl::Span<const std::string> lines, const std::string& header,
                 const Environment& environment) {
  ChildProgram fzf{{kFzf, "--multi", "--delimiter=\t", "--with-nth=2..", "--no-print-query", "--no-expect",
                    "--no-print0", "--no-preview", "--no-select-1", "--no-exit-0",
                    absl::StrCat("--prompt=", credential_provider::InLanguage("Which of these?"), " "),
                    absl::StrCat("--header=", header)},
                   environment.entries(),
                   kPatience};
  fzf.shares_terminal = true;
  for (size_t i = 0; i < lines.size(); ++i) absl::StrAppend(&fzf.input, i, "\t", lines[i], "\n");
  return fzf;
}

// Nothing for what is not a line of those that were given.
absl::optional<Picks> ParsePicked(absl::string_view out, size_t count) {
  Picks picks;
  for (const absl::string_view line : absl::StrSplit(out, '\n', absl::SkipEmpty())) {
    const std::vector<absl::string_view> parts = absl::StrSplit(line, absl::MaxSplits('\t', 1));
    size_t number;
    if (parts.size() != 2 || !absl::SimpleAtoi(parts[0], &number) || number >= count) return absl::nullopt;
    picks.push_back(number);
  }
  return picks.empty() ? absl::nullopt : absl::optional<Picks>(std::move(picks));
}

}  // namespace

absl::optional<absl::StatusOr<Picks>> PickWithFzf(absl::Span<const std::string> lines,
                                                  const std::string& header, const Environment& environment) {
  if (!IsThere(environment)) return absl::nullopt;
  const absl::StatusOr<ChildResult> result = RunChild(Fzf(lines, header, environment));
  if (!result.ok()) return absl::nullopt;
  if (result->status == kNoMatch || result->status == kInterrupted)
    return absl::StatusOr<Picks>(absl::CancelledError("none was picked: nothing was done"));
  if (result->status != kPicked) return absl::nullopt;
  const absl::optional<Picks> picks = ParsePicked(result->out.Reveal(), lines.size());
  return picks ? absl::optional<absl::StatusOr<Picks>>(*picks) : absl::nullopt;
}

}  // namespace kubeconfig_writer
