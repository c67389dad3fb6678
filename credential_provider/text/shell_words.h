// Splits a command line into words as a shell would, without a shell; and writes one that a person pastes.
#ifndef CREDENTIAL_PROVIDER_TEXT_SHELL_WORDS_H_
#define CREDENTIAL_PROVIDER_TEXT_SHELL_WORDS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace credential_provider {

// Returns the words of `command`: blanks separate them; '...' holds all literally; in "..." a backslash takes
// the meaning from " \ $ ` and the end of a line, elsewhere from any character. Nothing is expanded. As the
// aliyun CLI splits process_command. InvalidArgument, without quoting the text, when a quote is left open, a
// backslash ends it or there is no word.
absl::StatusOr<std::vector<std::string>> SplitCommand(absl::string_view command);

// Returns `word` as a shell takes it for that one word: as it is where nothing in it has a meaning, else in
// '...'. What is not fit for a terminal (base/safe_text.h) is escaped in $'...', which bash, zsh and ksh
// know.
std::string ShellWord(absl::string_view word);

// Returns `words` as the line that a shell splits into them: a hint that can be pasted. It is not cut,
// because what is cut is another command.
std::string ShellLine(absl::Span<const std::string> words);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_TEXT_SHELL_WORDS_H_
