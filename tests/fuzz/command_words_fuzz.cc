// process_command of a profile: what a user, or whoever may write the file, has put there.
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "credential_provider/text/shell_words.h"
#include "tests/fuzz/input.h"
#include "tests/fuzz/require.h"

namespace credential_provider {
namespace {

void Check(absl::string_view command) {
  const absl::StatusOr<std::vector<std::string>> words = SplitCommand(command);
  if (!words.ok()) return RequireShowable(words.status());
  Require(!words->empty() && !words->front().empty(), "the first word names a program");
  size_t bytes = 0;
  for (const std::string& word : *words) bytes += word.size();
  Require(bytes <= command.size(), "nothing is added");
  const std::string quoted = absl::StrJoin(*words, " ", [](std::string* out, const std::string& word) {
    absl::StrAppend(out, "'", absl::StrReplaceAll(word, {{"'", "'\\''"}}), "'");
  });
  Require(*SplitCommand(quoted) == *words, "quoted words are the same words");
}

}  // namespace
}  // namespace credential_provider

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  credential_provider::Check(credential_provider::Input(data, size).Rest());
  return 0;
}
