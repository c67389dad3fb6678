#include "kubeconfig_writer/secrets/argument_secrets.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "credential_provider/text/shell_words.h"
#include "kubeconfig_writer/secrets/placeholder.h"
#include "kubeconfig_writer/secrets/program_flags.h"
#include "kubeconfig_writer/secrets/secret_names.h"
#include "kubeconfig_writer/secrets/secret_patterns.h"

namespace kubeconfig_writer {
namespace {

using absl::string_view;

constexpr char kBlanks[] = " \t\r\n\v\f";
constexpr char kQuotes[] = "\"'\\";   // and what stands in front of them
constexpr char kNoValue[] = "=&;|)";  // after "=", in a shell or an address
constexpr size_t kDeepest = 3;        // a line within a line within a line
constexpr size_t kLongestFlag = 40;
constexpr string_view kByFlag = "a secret by its flag's name";
constexpr string_view kByVariable = "a secret by its variable's name";
constexpr string_view kByHeader = "a secret by its header's name";
constexpr string_view kByField = "a secret by its field's name";
constexpr string_view kByAddress = "a password in an address";
constexpr string_view kByProgram = "a secret by what its program takes it for";
constexpr string_view kByShape = "a secret by its shape";

bool IsNameByte(char c) { return absl::ascii_isalnum(c) || c == '_' || c == '-' || c == '.'; }

// The name that `text` ends with.
string_view LastName(string_view text) {
  const auto begin = std::find_if_not(text.rbegin(), text.rend(), IsNameByte);
  return text.substr(static_cast<size_t>(text.rend() - begin));
}

string_view WithoutFront(string_view text, string_view bytes) {
  return text.substr(std::min(text.find_first_not_of(bytes), text.size()));
}

// What a shell or printf puts something instead of: "$TOKEN", "$(cat token)", "(Get-Item x)", "%s".
bool IsForShell(string_view value) {
  value = WithoutFront(value, kQuotes);
  return IsPlaceholder(value) || absl::StartsWith(value, "$") || absl::StartsWith(value, "(") ||
         absl::StartsWith(value, "%s");
}

bool IsNameOfSecret(string_view name, string_view value) {
  return IsSecretName(name) || IsSecretByName(name, value);
}

// A value may begin with a dash, but hardly like this.
bool LooksLikeFlag(string_view word) {
  return absl::StartsWith(word, "--") || (absl::StartsWith(word, "-") && word.size() <= 2);
}

// The words of a line; roughly, where a quote is left open.
std::vector<std::string> WordsOf(const std::string& line) {
  absl::StatusOr<std::vector<std::string>> words = credential_provider::SplitCommand(line);
  if (words.ok()) return *std::move(words);
  return absl::StrSplit(line, absl::ByAnyChar(" \t\r\n\v\f\"'"), absl::SkipEmpty());
}

// The name of a flag as it may be shown: not with a secret after it, as in "-pS".
string_view Showable(string_view flag) {
  const bool is_name = flag.size() <= kLongestFlag && std::all_of(flag.begin(), flag.end(), IsNameByte);
  return is_name && !IsSecretValue(WithoutFront(flag, "-")) ? flag : "";
}

class ArgumentScan {
 public:
  // Looks at `words`: the arguments themselves, or when `depth` is not 0 what is in one of them.
  void ScanWords(const std::vector<std::string>& words, size_t depth, string_view program) {
    std::string flag;  // the one that takes the next word
    ProgramWords program_words(program);
    for (size_t i = 0; i < words.size(); ++i) {
      const std::string& word = words[i];
      if (depth == 0) argument_ = i;
      depth_ = depth;
      const bool is_line = word.find_first_of(kBlanks) != std::string::npos;
      const string_view taken = program_words.Next(word);
      const bool found = taken.empty() ? ScanWord(word, flag) : Add(flag, kByProgram, taken, !IsPut(taken));
      if (!found && is_line && depth < kDeepest) ScanWords(WordsOf(word), depth + 1, "");
      flag = absl::StartsWith(word, "-") && !absl::StrContains(word, '=') ? word : "";
    }
  }

  std::vector<ArgumentSecret> Take() { return std::move(found_); }

 private:
  // Each returns true when it has found a secret for sure; then there is no need to look further.
  bool ScanWord(string_view word, string_view flag);
  bool ScanAssignments(string_view word, string_view shown_flag);
  bool ScanAssignment(string_view word, size_t equals, string_view shown_flag);
  bool ScanHeader(string_view word);
  bool ScanJson(string_view word);
  bool ScanShape(string_view word, string_view shown_flag);

  // What a shell puts something instead of is no secret, if a shell gets to see it.
  bool IsPut(string_view value) const { return depth_ > 0 && IsForShell(value); }

  bool Add(string_view flag, string_view why, string_view value, bool sure) {
    found_.push_back({argument_, std::string(Showable(flag)), why, std::string(value), !sure});
    return sure;
  }

  size_t depth_ = 0;
  size_t argument_ = 0;
  std::vector<ArgumentSecret> found_;
};

bool ArgumentScan::ScanWord(string_view word, string_view flag) {
  if (word.empty()) return false;
  const bool is_flag = absl::StartsWith(word, "-");
  string_view shown_flag = is_flag ? word.substr(0, word.find('=')) : flag;
  if (IsNameOfSecret(flag, word)) {
    const bool sure = IsSecretByName(flag, word) && !LooksLikeFlag(word) && !IsPut(word);
    if (Add(flag, kByFlag, word, sure)) return true;
    shown_flag = "";  // it may be the secret
  }
  return ScanAssignments(word, shown_flag) || ScanHeader(word) || ScanJson(word) ||
         ScanShape(word, shown_flag);
}

bool ArgumentScan::ScanAssignments(string_view word, string_view shown_flag) {
  for (size_t equals = word.find('='); equals != string_view::npos; equals = word.find('=', equals + 1)) {
    if (ScanAssignment(word, equals, shown_flag)) return true;
  }
  return false;
}

// What looks like a variable's name may be part of a secret, so it is not shown. A line's words are looked at
// one by one for what is sure.
bool ArgumentScan::ScanAssignment(string_view word, size_t equals, string_view shown_flag) {
  const string_view name = LastName(word.substr(0, equals));
  const string_view value = word.substr(equals + 1);
  const bool is_first = word.find('=') == equals;
  const bool is_whole = is_first && name.size() == equals && depth_ == 0;  // no shell would split it
  if (value.empty() || (!is_whole && absl::StrContains(kNoValue, value[0]))) return false;
  const bool is_flag = is_first && absl::StartsWith(word, "-");
  const bool is_line = !absl::StartsWith(word, "-") && word.find_first_of(kBlanks) != string_view::npos;
  if (IsProxyWithPassword(name, value)) return Add("", kByAddress, value, !is_line);
  const string_view parameter = is_first ? value : value.substr(0, value.find('&'));  // of an address
  if (!IsNameOfSecret(name, parameter) && !(is_first && IsSecretName(word.substr(0, equals)))) return false;
  return Add(is_flag ? shown_flag : "", is_flag ? kByFlag : kByVariable, parameter,
             !is_line && IsSecretByName(name, parameter) && !IsPut(value));
}

// "Authorization: Bearer S", "--header=X-Api-Key: S" and, for curl, "-HAuthorization: Basic S".
bool ArgumentScan::ScanHeader(string_view word) {
  absl::ConsumePrefix(&word, "-H");
  const size_t colon = word.find(':');
  if (colon == string_view::npos) return false;
  const string_view name = LastName(word.substr(0, colon));
  const string_view value = absl::StripAsciiWhitespace(word.substr(colon + 1));
  const bool is_first = name.size() == colon || word[colon - name.size() - 1] == '=';
  if (!is_first || value.empty() || !IsNameOfSecret(name, value)) return false;
  const bool is_header = absl::EndsWithIgnoreCase(name, "authorization") ||
                         absl::ascii_isspace(static_cast<unsigned char>(word[colon + 1]));
  const size_t scheme = value.find_first_of(kBlanks);  // after "Bearer" or "Basic", if there is one
  const string_view text = scheme == string_view::npos ? value : WithoutFront(value.substr(scheme), kBlanks);
  return Add("", kByHeader, text, is_header && IsSecretByName(name, value) && !IsForShell(text));
}

// {"token": "S"}, also where the quotes are escaped.
bool ArgumentScan::ScanJson(string_view word) {
  for (size_t colon = word.find(':'); colon != string_view::npos; colon = word.find(':', colon + 1)) {
    const string_view before = absl::StripTrailingAsciiWhitespace(word.substr(0, colon));
    const string_view unquoted = before.substr(0, before.find_last_not_of(kQuotes) + 1);
    const string_view after = absl::StripLeadingAsciiWhitespace(word.substr(colon + 1));
    const string_view value = WithoutFront(after, kQuotes);
    const bool is_text = unquoted.size() < before.size() && value.size() < after.size();
    const bool is_empty = value.empty() || absl::StrContains(",}]", value[0]);
    const string_view name = LastName(unquoted);
    const string_view text = value.substr(0, value.find_first_of(kQuotes));
    if (!is_text || is_empty || !IsNameOfSecret(name, text)) continue;
    if (Add("", kByField, text, IsSecretByName(name, text) && !IsForShell(text))) return true;
  }
  return false;
}

// Of what comes after a name only the value has the shape, and an id may have the same.
bool ArgumentScan::ScanShape(string_view word, string_view shown_flag) {
  const size_t equals = word.find('=');
  const string_view name = equals == string_view::npos ? shown_flag : word.substr(0, equals);
  const string_view value = equals == string_view::npos ? word : word.substr(equals + 1);
  if (HoldsSecret(word) || (!IsPublicName(name) && (IsSecretValue(word) || IsSecretValue(value))))
    return Add(shown_flag, kByShape, word, true);
  const string_view password = PasswordInAddress(word);
  return !password.empty() && Add("", kByAddress, password, !IsForShell(password));
}

}  // namespace

std::vector<ArgumentSecret> FindArgumentSecrets(const std::vector<std::string>& arguments,
                                                string_view program) {
  ArgumentScan scan;
  scan.ScanWords(arguments, 0, program);
  return scan.Take();
}

absl::string_view WhySecretVariable(const std::string& name, const std::string& value) {
  if (IsSecretByName(name, value)) return "a secret by its name";
  if (IsProxyWithPassword(name, value)) return kByAddress;
  if (IsPublicName(name)) return HoldsSecret(value) ? kByShape : "";
  for (const ArgumentSecret& secret : FindArgumentSecrets({value})) {
    if (!secret.in_doubt) return secret.why;
  }
  return "";
}

bool MayHoldSecret(absl::string_view text) { return !FindArgumentSecrets({std::string(text)}).empty(); }

}  // namespace kubeconfig_writer
