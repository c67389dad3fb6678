#include "credential_provider/cli/self/completion_script.h"

#include "absl/strings/str_replace.h"
#include "credential_provider/cli/command.h"

namespace credential_provider {
namespace {

// bash ends the word to complete, $2, at each of COMP_WORDBREAKS, '=' and ':' among them. So the line is
// split at blanks here, and what is before $2 in its last word is taken off each candidate.
constexpr char kBash[] = R"sh(# bash completion of PROGRAM; to be sourced
_PROGRAM() {
  local line=${COMP_LINE:0:COMP_POINT} words reply word before
  read -ra words <<<"$line"
  [[ $line != *[[:space:]] ]] || words+=("")
  before=${words[-1]%"$2"}
  COMPREPLY=()
  mapfile -t reply < <(PROGRAM complete -- "${words[@]:1}" 2>/dev/null)
  if [[ ${reply[*]} == :files ]]; then
    compopt -o default
    return
  fi
  for word in "${reply[@]}"; do
    word=${word%%$'\t'*}
    printf -v word %q "${word#"$before"}"
    COMPREPLY+=("$word")
  done
}
complete -F _PROGRAM PROGRAM
)sh";

constexpr char kZsh[] = R"sh(#compdef PROGRAM
_PROGRAM() {
  local -a reply candidates
  local line
  reply=(${(f)"$(PROGRAM complete -- "${(@Q)words[2,CURRENT]}" 2>/dev/null)"})
  if [[ $reply == :files ]]; then
    compset -P '--*='
    _files
    return
  fi
  for line in $reply; do
    candidates+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}")
  done
  _describe 'PROGRAM' candidates
}
if [[ $funcstack[1] == _PROGRAM ]]; then
  _PROGRAM "$@"
else
  compdef _PROGRAM PROGRAM
fi
)sh";

constexpr char kFish[] = R"sh(# fish completion of PROGRAM
function __PROGRAM_complete
    set -l words (commandline -opc) (commandline -ct)
    set -l reply (PROGRAM complete -- $words[2..-1] 2>/dev/null)
    if test "$reply" = :files
        __fish_complete_path (string replace -r -- '^--[^=]*=' '' (commandline -ct))
    else
        string join \n -- $reply
    end
end
complete -c PROGRAM -f -a '(__PROGRAM_complete)'
)sh";

}  // namespace

absl::StatusOr<std::string> CompletionScript(absl::string_view shell, absl::string_view program) {
  const char* const script = shell == "bash"   ? kBash
                             : shell == "zsh"  ? kZsh
                             : shell == "fish" ? kFish
                                               : nullptr;
  if (script == nullptr) return UsageError("completion: needs bash, zsh or fish");
  return absl::StrReplaceAll(script, {{"PROGRAM", program}});
}

}  // namespace credential_provider
