#include "kubeconfig_writer/secret_mask.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "kubeconfig_writer/secret_shape.h"
#include "kubeconfig_writer/text_lines.h"

namespace kubeconfig_writer {
namespace {

using credential_provider::FindField;
using credential_provider::IsMergeKey;
using credential_provider::Resolve;
using credential_provider::YamlField;
using credential_provider::YamlKind;
using credential_provider::YamlNode;

constexpr size_t kLongWord = 48;  // of a comment: longer than a name, as long as a key

// True for a key of a user's content, or one like it elsewhere, whose value is a secret.
bool IsSecretKey(absl::string_view key) {
  if (key == "certificate-authority-data") return false;
  return absl::EndsWith(key, "-data") || absl::EndsWith(key, "key") || IsSecretName(key);
}

// Collects the splices that mask secrets.
class Masker {
 public:
  explicit Masker(absl::string_view text) : text_(text) {}

  void Visit(const YamlNode& node) {
    if (node.kind == YamlKind::kScalar) IsSecretValue(node.value()) ? MaskAll(node) : MaskAddress(node);
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
  // The value that belongs to a name may come by a merge key.
  void VisitMapping(const YamlNode& mapping) {
    const YamlNode* name = FindField(mapping, "name");
    const bool named = name != nullptr && name->kind == YamlKind::kScalar && IsSecretName(name->value());
    for (const YamlField& field : FieldsOf(mapping)) {
      const absl::string_view key = field.key->value();
      const bool secret = IsSecretKey(key) || (named && (key == "value" || IsMergeKey(*field.key)));
      secret ? MaskAll(*field.value) : Visit(*field.value);
    }
  }

  // "--token", "x" and "--token=x".
  void VisitSequence(const YamlNode& sequence) {
    bool behind_name = false;
    for (const YamlNode* item = sequence.first(); item != nullptr; item = item->next) {
      const YamlNode& resolved = Resolve(*item);
      const absl::string_view text = resolved.kind == YamlKind::kScalar ? resolved.value() : "";
      const size_t equals = text.find('=');
      const bool telling = IsSecretName(text.substr(0, equals)) && equals + 1 != text.size();
      if (behind_name || (telling && equals != absl::string_view::npos)) {
        MaskAll(*item);
      } else {
        Visit(*item);
      }
      behind_name = telling && equals == absl::string_view::npos && absl::StartsWith(text, "-");
    }
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

  // https://name:password@host
  void MaskAddress(const YamlNode& scalar) {
    const absl::string_view source = text_.substr(scalar.begin, scalar.end - scalar.begin);
    const size_t scheme = source.find("://");
    if (scheme == absl::string_view::npos) return;
    const size_t begin = scheme + 3;
    const size_t at = source.substr(0, source.find_first_of("/?#", begin)).rfind('@');
    if (at == absl::string_view::npos || at <= begin) return;
    splices_.push_back({scalar.begin + begin, scalar.begin + at, std::string(kMask)});
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
