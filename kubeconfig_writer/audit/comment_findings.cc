#include "kubeconfig_writer/audit/comment_findings.h"

#include <algorithm>

#include "absl/functional/function_ref.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "kubeconfig_writer/secrets/argument_secrets.h"
#include "kubeconfig_writer/secrets/secret_names.h"
#include "kubeconfig_writer/secrets/secret_patterns.h"

namespace kubeconfig_writer {
namespace {

using absl::string_view;
using credential_provider::YamlKind;
using credential_provider::YamlNode;

// Calls back with each comment, from its # to the end of its line, and the number of that line. A # within a
// scalar begins none.
class CommentReader {
 public:
  using Found = absl::FunctionRef<void(string_view comment, size_t line)>;

  CommentReader(string_view text, Found found) : text_(text), found_(found) {}

  void Read(const YamlNode& root) {
    Visit(root);
    ReadTo(text_.size());
  }

 private:
  void Visit(const YamlNode& node) {
    if (node.kind == YamlKind::kScalar || node.kind == YamlKind::kAlias) {
      ReadTo(node.begin);
      at_ = std::max<size_t>(at_, node.end);
      return;
    }
    for (const YamlNode* child = node.first(); child != nullptr; child = child->next) Visit(*child);
  }

  // Reads what lies between two scalars.
  void ReadTo(size_t end) {
    while (at_ < end) {
      const size_t hash =
          text_.substr(0, end).find('#', at_);  // not further: that would be the whole file each time
      if (hash == string_view::npos) break;
      at_ = hash + 1;
      if (hash > 0 && !absl::ascii_isspace(static_cast<unsigned char>(text_[hash - 1]))) continue;
      const size_t line_end = std::min(text_.find('\n', hash), text_.size());
      found_(text_.substr(hash, line_end - hash), LineOf(hash));
      at_ = line_end;
    }
    at_ = std::max(at_, end);
  }

  size_t LineOf(size_t offset) {
    line_ += static_cast<size_t>(std::count(text_.begin() + static_cast<ptrdiff_t>(counted_),
                                            text_.begin() + static_cast<ptrdiff_t>(offset), '\n'));
    counted_ = offset;
    return line_;
  }

  const string_view text_;
  const Found found_;
  size_t at_ = 0;
  size_t line_ = 1;
  size_t counted_ = 0;  // bytes up to which lines were counted
};

// Not so a word of a sentence: "password: none", "--token from".
bool LooksChosen(string_view value) {
  constexpr size_t kShortest = 6;
  return value.size() >= kShortest && value.find_first_of(" \t") == string_view::npos &&
         std::any_of(value.begin(), value.end(), absl::ascii_isdigit) &&
         !std::all_of(value.begin(), value.end(), absl::ascii_isdigit);
}

string_view LastWord(string_view text) {
  text = absl::StripTrailingAsciiWhitespace(text);
  while (!text.empty() && (text.back() == '"' || text.back() == '\'')) text.remove_suffix(1);
  return text.substr(text.find_last_of(" \t\"'{,(") + 1);
}

string_view FirstWord(string_view text) {
  text = absl::StripLeadingAsciiWhitespace(text);
  while (!text.empty() && (text[0] == '"' || text[0] == '\'')) text.remove_prefix(1);
  return text.substr(0, text.find_first_of(" \t\r\"',}"));
}

// "token: S", "export TOKEN=S", "the admin's password: S".
bool HoldsNamed(string_view comment) {
  for (size_t at = comment.find_first_of(":="); at != string_view::npos;
       at = comment.find_first_of(":=", at + 1)) {
    const string_view value = FirstWord(comment.substr(at + 1));
    if (LooksChosen(value) && IsSecretByName(LastWord(comment.substr(0, at)), value)) return true;
  }
  return false;
}

}  // namespace

absl::string_view WhySecretComment(string_view comment) {
  if (HoldsNamed(comment)) return "a secret by its name";
  if (HoldsSecret(comment)) return "a secret by its shape";
  for (const ArgumentSecret& secret : FindArgumentSecrets({std::string(comment)})) {
    if (!secret.in_doubt && LooksChosen(secret.value)) return secret.why;
  }
  return "";
}

std::vector<Finding> FindCommentSecrets(const std::string& file, string_view text, const YamlNode& root) {
  std::vector<Finding> findings;
  const auto look = [&](string_view comment, size_t line) {
    comment.remove_prefix(std::min(comment.find_first_not_of("# \t"), comment.size()));
    const string_view why = WhySecretComment(absl::StripTrailingAsciiWhitespace(comment));
    if (!why.empty())
      findings.push_back({file, "", kCommentSecret, absl::StrCat("line ", line), std::string(why)});
  };
  CommentReader(text, look).Read(root);
  return findings;
}

}  // namespace kubeconfig_writer
