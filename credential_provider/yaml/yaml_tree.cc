#include "credential_provider/yaml/yaml_tree.h"

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "credential_provider/yaml/yaml_event_reader.h"
#include "credential_provider/yaml/yaml_tree_builder.h"

namespace credential_provider {
namespace {

constexpr absl::string_view kByteOrderMark = "\xEF\xBB\xBF";

static_assert(sizeof(YamlNode) == 32, "the memory that a large kubeconfig takes");
static_assert(kMaxYamlBytes < 1 << 25, "a line's number has 25 bits");

}  // namespace

absl::StatusOr<YamlTree> YamlTree::Parse(std::string text) {
  if (text.size() > kMaxYamlBytes) {
    return absl::ResourceExhaustedError(absl::StrCat("larger than ", kMaxYamlBytes, " bytes"));
  }
  if (absl::StartsWith(text, "\xFF\xFE") || absl::StartsWith(text, "\xFE\xFF")) {
    return YamlErrorAt(1, kUtf16);
  }
  const size_t mark = text.find(kByteOrderMark.data(), 1, kByteOrderMark.size());
  if (mark != std::string::npos)
    return YamlErrorAt(LineOfByte(text, mark), "a byte order mark within the text");
  const auto shared = std::make_shared<const std::string>(std::move(text));
  absl::StatusOr<YamlTree> tree = Build(shared, /*cut_long_values=*/true);
  // Whatever is wrong is said of the text as it is.
  return tree.ok() ? std::move(tree) : Build(shared, /*cut_long_values=*/false);
}

absl::StatusOr<YamlTree> YamlTree::Build(std::shared_ptr<const std::string> text, bool cut_long_values) {
  YamlTree tree;
  tree.text_ = std::move(text);
  const size_t begin = absl::StartsWith(*tree.text_, kByteOrderMark) ? kByteOrderMark.size() : 0;
  absl::Status built = YamlTreeBuilder(tree, begin, cut_long_values).Build();
  if (!built.ok()) return built;
  return tree;
}

std::vector<const YamlNode*> ItemsOf(const YamlNode& sequence) {
  std::vector<const YamlNode*> items;
  if (sequence.kind != YamlKind::kSequence) return items;
  for (const YamlNode* item = sequence.first(); item != nullptr; item = item->next) items.push_back(item);
  return items;
}

namespace {

// Looks in what is after a merge key: a mapping, or a list of which the first that has the key counts.
const YamlNode* FindMerged(const YamlNode& source, absl::string_view key) {
  if (source.kind == YamlKind::kMapping) return FindField(source, key);
  for (const YamlNode* item : ItemsOf(source)) {
    if (const YamlNode* found = FindField(Resolve(*item), key)) return found;
  }
  return nullptr;
}

}  // namespace

const YamlNode* FindField(const YamlNode& mapping, absl::string_view key) {
  const YamlNode* merged = nullptr;
  for (const YamlField& field : FieldsOf(Resolve(mapping))) {
    if (IsMergeKey(*field.key)) {
      merged = FindMerged(Resolve(*field.value), key);
    } else if (field.key->kind == YamlKind::kScalar && field.key->value() == key) {
      return &Resolve(*field.value);
    }
  }
  return merged;
}

}  // namespace credential_provider
