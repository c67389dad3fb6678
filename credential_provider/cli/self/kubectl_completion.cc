#include "credential_provider/cli/self/kubectl_completion.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "credential_provider/cli/self/completion.h"

namespace credential_provider {
namespace {

// Of cobra's ShellCompDirective: https://pkg.go.dev/github.com/spf13/cobra#ShellCompDirective
constexpr char kFiles[] = ":0\n";
constexpr char kNoFiles[] = ":4\n";

}  // namespace

std::string CompleteForKubectl(const Program& program, absl::Span<const std::string> words,
                               const Environment& environment) {
  std::vector<std::string> typed(words.begin(), words.end());
  if (typed.empty()) typed.emplace_back();
  const std::string reply = CompleteWords(program, typed, environment);
  if (reply == kOfferFiles) return kFiles;
  return absl::StrCat(absl::StrReplaceAll(reply, {{"\t\n", "\n"}}), kNoFiles);
}

}  // namespace credential_provider
