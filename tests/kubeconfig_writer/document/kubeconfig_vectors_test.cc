// What real kubectl does with each file of testdata/kubeconfig/vectors is in expect.json there:
// "accepted", and the "view" that `kubectl config view --raw` printed. We may refuse more, and never see
// anything else.
#include <algorithm>
#include <ostream>

#include "absl/strings/str_replace.h"
#include "gtest/gtest.h"
#include "kubeconfig_writer/document/kubeconfig_document.h"
#include "nlohmann/json.hpp"
#include "tests/testing/runfiles.h"
#include "tests/testing/temp_dir.h"

namespace kubeconfig_writer {
namespace {

using credential_provider::Runfile;
using credential_provider::Slurp;
using nlohmann::json;

constexpr char kFolder[] = "testdata/kubeconfig/vectors/";

struct Vector {
  std::string file;
  json expected;
};

void PrintTo(const Vector& vector, std::ostream* out) { *out << vector.file; }

std::vector<Vector> AllVectors() {
  std::vector<Vector> vectors;
  const json all = json::parse(Slurp(Runfile(std::string(kFolder) + "expect.json")));
  for (auto it = all.begin(); it != all.end(); ++it) vectors.push_back({it.key(), it.value()});
  return vectors;
}

// The fields that kubectl knows: it drops the others.
const std::vector<std::string>& KnownFields(KubeconfigList list) {
  static const std::vector<std::string> cluster = {
      "server",     "tls-server-name", "insecure-skip-tls-verify", "certificate-authority",
      "extensions", "proxy-url",       "disable-compression",      "certificate-authority-data"};
  static const std::vector<std::string> user = {"client-certificate",
                                                "client-certificate-data",
                                                "client-key",
                                                "client-key-data",
                                                "token",
                                                "tokenFile",
                                                "as",
                                                "as-uid",
                                                "as-groups",
                                                "as-user-extra",
                                                "username",
                                                "password",
                                                "exec",
                                                "auth-provider",
                                                "extensions"};
  static const std::vector<std::string> context = {"cluster", "user", "namespace", "extensions"};
  if (list == KubeconfigList::kClusters) return cluster;
  return list == KubeconfigList::kUsers ? user : context;
}

// Takes away what means nothing: null, "", false, and what is empty then.
json WithoutEmpty(const json& value) {
  json result = value;
  for (json& part : result) {
    if (part.is_structured()) part = WithoutEmpty(part);
  }
  if (!result.is_object()) return result;
  for (auto it = result.begin(); it != result.end();) {
    const bool empty = it->is_null() || *it == "" || *it == false || (it->is_structured() && it->empty());
    it = empty ? result.erase(it) : std::next(it);
  }
  return result;
}

// The content of an entry as kubectl prints it: known fields, base64 without line breaks, null texts empty.
json Content(KubeconfigList list, const json& content) {
  json known = json::object();
  for (const std::string& field : KnownFields(list)) {
    if (!content.is_object() || !content.contains(field)) continue;
    known[field] = content[field];
    if (known[field].is_string() && field.find("-data") != std::string::npos) {
      known[field] = absl::StrReplaceAll(known[field].get<std::string>(), {{"\r", ""}, {"\n", ""}});
    }
  }
  if (known.contains("exec") && known["exec"].contains("args")) {
    for (json& arg : known["exec"]["args"]) arg = arg.is_null() ? json("") : arg;
  }
  return WithoutEmpty(known);
}

json ViewOf(const KubeconfigDocument& document, KubeconfigList list) {
  json entries = json::object();
  for (const std::string& name : document.Names(list)) {
    entries[name] = Content(list, *document.Find(list, name));
  }
  return entries;
}

json ExpectedView(const json& view, KubeconfigList list) {
  json entries = json::object();
  for (const json& entry : view.at(std::string(ListKey(list)))) {
    entries[entry.at("name").get<std::string>()] = Content(list, entry.at(std::string(EntryKey(list))));
  }
  return entries;
}

class KubeconfigVectorTest : public testing::TestWithParam<Vector> {};
TEST_P(KubeconfigVectorTest, IsRefusedOrMeansWhatKubectlSees) {
  const absl::StatusOr<KubeconfigDocument> document =
      KubeconfigDocument::Parse(Slurp(Runfile(kFolder + GetParam().file)));
  if (!document.ok()) return;
  ASSERT_TRUE(GetParam().expected.at("accepted"))
      << "kubectl refuses it: " << GetParam().expected.at("error");
  const json& view = GetParam().expected.at("view");
  for (const KubeconfigList list : kKubeconfigLists) {
    EXPECT_EQ(ViewOf(*document, list), ExpectedView(view, list)) << ListKey(list);
  }
  EXPECT_EQ(document->current_context(), view.at("current-context"));
}

TEST_P(KubeconfigVectorTest, ARefusalNamesTheLineAndShowsNoToken) {
  const absl::StatusOr<KubeconfigDocument> document =
      KubeconfigDocument::Parse(Slurp(Runfile(kFolder + GetParam().file)));
  if (document.ok()) return;
  const std::string message(document.status().message());
  EXPECT_EQ(message.rfind("line ", 0), 0u) << message;
  for (const char* token : {"t0", "t1", "t2"}) EXPECT_EQ(message.find(token), std::string::npos) << message;
}

INSTANTIATE_TEST_SUITE_P(Vectors, KubeconfigVectorTest, testing::ValuesIn(AllVectors()),
                         [](const auto& test) {
                           std::string name = test.param.file.substr(0, test.param.file.rfind('.'));
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

// Without this, a reader that refuses everything would pass.
TEST(KubeconfigVectorsTest, WhatKubectlTakesIsRefusedOnlyForTheseReasons) {
  std::vector<std::string> refused;
  for (const Vector& vector : AllVectors()) {
    const bool accepted = vector.expected.at("accepted");
    const std::string text = Slurp(Runfile(kFolder + vector.file));
    if (accepted && !KubeconfigDocument::Parse(text).ok()) refused.push_back(vector.file);
  }
  const std::vector<std::string> expected = {
      "duplicate-key-token.kubeconfig",  "duplicate-top-key-users.kubeconfig",
      "first-document-empty.kubeconfig", "json-duplicate-key.kubeconfig",
      "json-two-docs.kubeconfig",        "tag-binary-token.kubeconfig",
      "two-documents.kubeconfig",        "utf-16be-bom.kubeconfig",
      "utf-16le-bom.kubeconfig"};
  EXPECT_EQ(refused, expected);
}

}  // namespace
}  // namespace kubeconfig_writer
