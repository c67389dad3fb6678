#include "kubeconfig_writer/secrets/secret_mask.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "credential_provider/base/program_name.h"
#include "credential_provider/base/sha256.h"
#include "kubeconfig_writer/secrets/argument_secrets.h"
#include "kubeconfig_writer/secrets/secret_names.h"
#include "kubeconfig_writer/secrets/secret_patterns.h"
#include "kubeconfig_writer/yaml/text_lines.h"

namespace kubeconfig_writer {
namespace {

using credential_provider::FindField;
using credential_provider::IsMergeKey;
using credential_provider::Resolve;
using credential_provider::YamlField;
using credential_provider::YamlKind;
using credential_provider::YamlNode;

constexpr size_t kLongWord = 48;  // of a comment: longer than a name, as long as a key
constexpr char kAuthority[] = "certificate-authority-data";

// True for a key of a user's content, or one like it elsewhere, whose value is a secret.
bool IsSecretKey(absl::string_view key) {
  if (key == kAuthority) return false;
  return absl::EndsWith(key, "-data") || absl::EndsWithIgnoreCase(key, "key") || IsSecretName(key);
}

absl::string_view ScalarAt(const YamlNode* node) {
  return node != nullptr && node->kind == YamlKind::kScalar ? node->value() : "";
}

// True for a variable of a stanza, {name: API_TOKEN, value: S}, whose value is a secret.
bool IsSecretVariable(const YamlNode& mapping) {
  const absl::string_view name = ScalarAt(FindField(mapping, "name"));
  return IsSecretName(name) || IsProxyWithPassword(name, ScalarAt(FindField(mapping, "value")));
}

// The user of the first address in `text`: "name:password" of "https://name:password@host".
absl::string_view UserInAddress(absl::string_view text) {
  const size_t scheme = text.find("://");
  if (scheme == absl::string_view::npos) return "";
  const absl::string_view rest = text.substr(scheme + 3);
  const size_t at = rest.substr(0, rest.find_first_of("/?# \t\r\n")).rfind('@');
  return at == absl::string_view::npos ? "" : rest.substr(0, at);
}

// How many of the arguments of the stanza `exec` are this program's own, as far as they are known: all, or
// those up to "--", after which another plugin's begin.
size_t OwnArguments(const YamlNode& exec) {
  const YamlNode* const args = FindField(exec, "args");
  const absl::string_view command = ScalarAt(FindField(exec, "command"));
  const absl::string_view name = command.substr(command.rfind('/') + 1);
  if (args == nullptr ||
      (name != credential_provider::kProgramName && name != credential_provider::kPluginName))
    return 0;
  size_t own = 0;
  for (const YamlNode* arg : ItemsOf(*args)) {
    const absl::string_view text = ScalarAt(&Resolve(*arg));
    if (own == 0 && text != "get") return 0;
    ++own;
    if (text == "--") return own + 1;
  }
  return own;
}

// Collects the splices that mask secrets.
class Masker {
 public:
  explicit Masker(absl::string_view text) : text_(text) {}

  void Visit(const YamlNode& node) {
    if (node.kind == YamlKind::kScalar) VisitScalar(node);
    if (node.kind == YamlKind::kMapping) VisitMapping(node);
    if (node.kind == YamlKind::kSequence) VisitSequence(node);
  }

  // Some place may be masked for two reasons.
  Splices Result() {
    std::stable_sort(splices_.begin(), splices_.end(),
                     [](const Splice& a, const Splice& b) { return a.begin < b.begin; });
    Splices result;
    for (Splice& splice : splices_) {
      if (result.empty() || splice.begin >= result.back().end) result.push_back(std::move(splice));
    }
    return result;
  }

 private:
  // Of an address only the user with the password is masked.
  void VisitScalar(const YamlNode& scalar) {
    const absl::string_view value = scalar.value();
    const absl::string_view user = UserInAddress(value);
    const absl::string_view source = text_.substr(scalar.begin, scalar.end - scalar.begin);
    const size_t written = source.find(value);  // not so with escapes or line breaks
    const size_t before = user.empty() ? 0 : static_cast<size_t>(user.data() - value.data());
    if (MayHoldSecret(absl::StrCat(value.substr(0, before), value.substr(before + user.size()))) ||
        (!user.empty() && written == absl::string_view::npos)) {
      MaskAll(scalar);
    } else if (!user.empty()) {
      const size_t begin = scalar.begin + written + before;
      splices_.push_back({begin, begin + user.size(), std::string(kMask)});
    }
  }

  // The value that belongs to a name may come by a merge key.
  void VisitMapping(const YamlNode& mapping) {
    const bool named = IsSecretVariable(mapping);
    for (const YamlField& field : FieldsOf(mapping)) {
      const absl::string_view key = field.key->value();
      const bool secret = IsSecretKey(key) || (named && (key == "value" || IsMergeKey(*field.key)));
      if (key == kAuthority) Describe(*field.value);
      if (key == "exec") VisitExec(Resolve(*field.value));
      secret ? MaskAll(*field.value) : Visit(*field.value);
    }
  }

  void VisitExec(const YamlNode& exec) {
    const size_t own = OwnArguments(exec);
    if (const YamlNode* const args = FindField(exec, "args")) {
      const std::vector<const YamlNode*> items = ItemsOf(Resolve(*args));
      for (size_t i = own; i < items.size(); ++i) MaskAll(*items[i]);
    }
    const YamlNode* const env = FindField(exec, "env");
    if (env == nullptr || own > 0) return;
    for (const YamlNode* variable : ItemsOf(*env)) {
      const YamlNode* const value = FindField(*variable, "value");
      if (value != nullptr) MaskAll(*value);
    }
  }

  // Certificates are long, and to be told apart.
  void Describe(const YamlNode& data) {
    if (data.kind != YamlKind::kScalar || data.value().size() <= kLongWord ||
        NextLine(text_, data.begin) < data.end)
      return;
    splices_.push_back(
        {data.begin, data.end,
         absl::StrCat("<base64, sha256 ", credential_provider::Fingerprint(data.value()).substr(0, 8), ">")});
  }

  void VisitSequence(const YamlNode& sequence) {
    const std::vector<const YamlNode*> items = ItemsOf(sequence);
    std::vector<std::string> arguments;
    for (const YamlNode* item : items) arguments.emplace_back(ScalarAt(&Resolve(*item)));
    std::vector<bool> secret(items.size(), false);
    for (const ArgumentSecret& found : FindArgumentSecrets(arguments)) secret[found.argument] = true;
    for (size_t i = 0; i < items.size(); ++i) secret[i] ? MaskAll(*items[i]) : Visit(*items[i]);
  }

  // Masks every scalar in `node`. What is not on one line is masked line by line.
  void MaskAll(const YamlNode& node) {
    if (node.kind == YamlKind::kAlias) return MaskAll(*node.first());
    for (const YamlNode* child = node.first(); child != nullptr; child = child->next) MaskAll(*child);
    if (node.kind != YamlKind::kScalar) return;
    for (size_t at = node.begin; at < node.end; at = NextLine(text_, at)) {
      const size_t begin = text_.find_first_not_of(" \t", at);
      const size_t end = std::min<size_t>(LineEnd(text_, at), node.end);
      if (begin < end) splices_.push_back({begin, end, std::string(kMask)});
    }
  }

  absl::string_view text_;
  Splices splices_;
};

absl::string_view LastWord(absl::string_view text) {
  text = absl::StripTrailingAsciiWhitespace(text);
  return text.substr(text.find_last_of(" \t#\"'") + 1);
}

// Adds `comment`, from its # to the end of its line, to `shown`.
void MaskComment(absl::string_view comment, std::string* shown) {
  const size_t sign = comment.find_first_of(":=");
  if (MayHoldSecret(comment.substr(std::min<size_t>(comment.size(), 1)))) {
    absl::StrAppend(shown, "# ", kMask);
    return;
  }
  if (sign != absl::string_view::npos && IsSecretKey(LastWord(comment.substr(0, sign)))) {
    absl::StrAppend(shown, comment.substr(0, sign + 1), " ", kMask);
    return;
  }
  while (!comment.empty()) {
    const size_t size = std::min(comment.find_first_of(" \t"), comment.size());
    absl::StrAppend(shown, size > kLongWord ? kMask : comment.substr(0, size));
    comment.remove_prefix(size);
    const size_t blanks = std::min(comment.find_first_not_of(" \t"), comment.size());
    absl::StrAppend(shown, comment.substr(0, blanks));
    comment.remove_prefix(blanks);
  }
}

std::string MaskComments(absl::string_view text) {
  std::string shown;
  while (!text.empty()) {
    const size_t end = LineEnd(text, 0);
    const size_t comment = std::min(text.substr(0, end).find('#'), end);
    absl::StrAppend(&shown, text.substr(0, comment));
    MaskComment(text.substr(comment, end - comment), &shown);
    const size_t next = NextLine(text, 0);
    absl::StrAppend(&shown, text.substr(end, next - end));
    text.remove_prefix(next);
  }
  return shown;
}

}  // namespace

std::string MaskSecrets(const credential_provider::YamlTree& tree) {
  Masker masker(tree.text());
  masker.Visit(tree.root());
  return MaskComments(Apply(tree.text(), masker.Result()));
}

}  // namespace kubeconfig_writer
