// Splits a command line into words as a shell would, without a shell.
#ifndef CREDENTIAL_PROVIDER_TEXT_SHELL_WORDS_H_
#define CREDENTIAL_PROVIDER_TEXT_SHELL_WORDS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace credential_provider {

// Returns the words of `command`: blanks separate them; '...' holds all literally; in "..." a backslash takes
// the meaning from " \ $ ` and the end of a line, elsewhere from any character. Nothing is expanded. As the
// aliyun CLI splits process_command. InvalidArgument, without quoting the text, when a quote is left open, a
// backslash ends it or there is no word.
absl::StatusOr<std::vector<std::string>> SplitCommand(absl::string_view command);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_TEXT_SHELL_WORDS_H_
