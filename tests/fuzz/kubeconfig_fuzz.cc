// Edits of a kubeconfig: a line "LIST NAME" ("users alice"), then the file. The promises of
// KubeconfigDocument are checked from outside, without its own proof (kubeconfig_change.h).
#include "absl/strings/match.h"
#include "credential_provider/yaml/yaml_json.h"
#include "kubeconfig_writer/document/intended_change.h"
#include "kubeconfig_writer/document/kubeconfig_document.h"
#include "kubeconfig_writer/yaml/text_lines.h"
#include "tests/fuzz/input.h"
#include "tests/fuzz/require.h"
#include "tests/fuzz/utf8.h"

namespace kubeconfig_writer {
namespace {

using credential_provider::FindField;
using credential_provider::ItemsOf;
using credential_provider::Require;
using credential_provider::YamlNode;
using credential_provider::YamlTree;
using nlohmann::json;

const nlohmann::ordered_json& NewContent() {
  static const nlohmann::ordered_json content = {
      {"exec",
       {{"apiVersion", "client.authentication.k8s.io/v1"}, {"args", {"get", "ack"}}, {"command", "x: #"}}},
      {"server", "https://192.0.2.10:6443"}};
  return content;
}

// What kubectl sees in `text`, with an empty list for each that is not there, and without what a document
// that was nothing begins with.
json Meaning(const std::string& text) {
  const absl::StatusOr<YamlTree> tree = YamlTree::Parse(text);
  Require(tree.ok(), "the text is YAML");
  json all = credential_provider::ToJson(tree->root());
  if (!all.is_object()) all = json::object();
  for (const KubeconfigList list : kKubeconfigLists) {
    json& entries = all[std::string(ListKey(list))];
    if (entries.is_null()) entries = json::array();
  }
  for (const char* name : {"apiVersion", "kind", "current-context"}) {
    if (all.contains(name) &&
        (all[name] == "v1" || all[name] == "Config" || all[name] == "" || all[name].is_null()))
      all.erase(name);
  }
  return all;
}

// The same without an entry.
json MeaningWithout(const std::string& text, KubeconfigList list, const std::string& name) {
  json all = Meaning(text);
  json rest = json::array();
  for (const json& entry : all[std::string(ListKey(list))]) {
    const bool has_name = entry.is_object() && entry.contains("name") && entry["name"] == name;
    if (!has_name) rest.push_back(entry);
  }
  all[std::string(ListKey(list))] = rest;
  return all;
}

json MeaningWithoutContext(const std::string& text) {
  json all = Meaning(text);
  all.erase("current-context");
  return all;
}

// Requires that `after` is `before` with other bytes instead of the entry `name` and nowhere else. A
// comment after an entry without content is above what fills it.
void RequireSameAround(const std::string& before, const std::string& after, KubeconfigList list,
                       const std::string& name) {
  const absl::StatusOr<YamlTree> tree = YamlTree::Parse(before);
  for (const YamlNode* item : ItemsOf(*FindField(tree->root(), ListKey(list)))) {
    if (NameOf(*item) != name) continue;
    Require(absl::StartsWith(after, before.substr(0, item->begin)), "what stands above the entry stays");
    Require(absl::EndsWith(after, before.substr(SkipToContent(before, item->end))),
            "what stands below the entry stays");
  }
}

KubeconfigDocument Parsed(const std::string& text) {
  absl::StatusOr<KubeconfigDocument> document = KubeconfigDocument::Parse(text);
  Require(document.ok(), "what an edit made can be read again");
  return *std::move(document);
}

void RequireRefused(const absl::Status& status, const KubeconfigDocument& document,
                    const std::string& before) {
  credential_provider::RequireShowable(status);
  Require(document.text() == before, "whatever is refused is refused without a change");
}

void CheckAdding(const std::string& before, KubeconfigList list, const std::string& name) {
  KubeconfigDocument document = Parsed(before);
  const absl::Status set = document.Set(list, name, NewContent());
  if (!set.ok()) return RequireRefused(set, document, before);
  const std::string after = document.text();
  Require(Parsed(after).Find(list, name) == json(NewContent()), "the entry means what was asked");
  Require(MeaningWithout(after, list, name) == Meaning(before), "nothing else has another meaning");
  Require(document.Set(list, name, NewContent()).ok() && document.text() == after,
          "twice is the same as once");
  KubeconfigDocument again = Parsed(after);
  Require(again.Remove(list, name).ok(), "what was added can be removed");
  Require(again.text() == before, "removing what was added gives back the original bytes");
}

void CheckReplacing(const std::string& before, KubeconfigList list, const std::string& name) {
  KubeconfigDocument document = Parsed(before);
  const absl::Status set = document.Set(list, name, NewContent());
  if (!set.ok()) return RequireRefused(set, document, before);
  const std::string after = document.text();
  Require(Parsed(after).Find(list, name) == json(NewContent()), "the entry means what was asked");
  Require(MeaningWithout(after, list, name) == MeaningWithout(before, list, name),
          "nothing else has another meaning");
  RequireSameAround(before, after, list, name);
}

void CheckRemoving(const std::string& before, KubeconfigList list, const std::string& name) {
  KubeconfigDocument document = Parsed(before);
  const absl::Status removed = document.Remove(list, name);
  if (!removed.ok()) return RequireRefused(removed, document, before);
  const std::string after = document.text();
  Require(!Parsed(after).Has(list, name), "the entry is gone");
  Require(Meaning(after) == MeaningWithout(before, list, name), "nothing else has another meaning");
}

void CheckCurrent(const std::string& before, const std::string& name) {
  KubeconfigDocument document = Parsed(before);
  const bool had_one = !document.current_context().empty();
  const absl::Status set = document.SetCurrentContext(name);
  if (!set.ok()) return RequireRefused(set, document, before);
  const std::string after = document.text();
  Require(Parsed(after).current_context() == name, "the context is current");
  Require(MeaningWithoutContext(after) == MeaningWithoutContext(before), "nothing else has another meaning");
  const absl::Status removed = document.RemoveCurrentContext();
  if (!removed.ok()) return RequireRefused(removed, document, after);
  Require(MeaningWithoutContext(document.text()) == MeaningWithoutContext(before),
          "nothing else has another meaning");
  if (!had_one) Require(document.text() == before, "the original bytes come back");
}

KubeconfigList ListCalled(absl::string_view name) {
  for (const KubeconfigList list : kKubeconfigLists) {
    if (ListKey(list) == name) return list;
  }
  return KubeconfigList::kUsers;
}

void Check(KubeconfigList list, const std::string& name, const std::string& text) {
  const absl::StatusOr<KubeconfigDocument> document = KubeconfigDocument::Parse(text);
  if (!document.ok()) return credential_provider::RequireShowable(document.status());
  if (name.empty() || !credential_provider::IsPlainUtf8(name)) return;
  CheckCurrent(text, name);
  if (!document->Has(list, name)) return CheckAdding(text, list, name);
  CheckReplacing(text, list, name);
  CheckRemoving(text, list, name);
}

}  // namespace
}  // namespace kubeconfig_writer

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  credential_provider::Input input(data, size);
  credential_provider::Input first(data, input.Until("\n").size());
  const kubeconfig_writer::KubeconfigList list = kubeconfig_writer::ListCalled(first.Until(" "));
  kubeconfig_writer::Check(list, std::string(first.Rest()), std::string(input.Rest()));
  return 0;
}
