// An outline says what the parser says, of every text in testdata that has one; and what programs write has
// one.
#include "kubeconfig_writer/document/kubeconfig_outline.h"

#include <algorithm>
#include <cstring>
#include <filesystem>

#include "gtest/gtest.h"
#include "kubeconfig_writer/document/kubeconfig_document.h"
#include "tests/testing/runfiles.h"
#include "tests/testing/temp_dir.h"

namespace kubeconfig_writer {
namespace {

using credential_provider::Runfile;
using credential_provider::Slurp;
using nlohmann::json;

std::string TextAt(const absl::optional<json>& content, const char* field) {
  return content && content->is_object() ? content->value(field, json("")).is_string()
                                               ? content->value(field, json("")).get<std::string>()
                                               : ""
                                         : "";
}

// Compares the entries of each context, and those of one that is not there. Returns whether there is an
// outline.
bool ExpectSame(const std::string& text) {
  const absl::optional<KubeconfigOutline> outline = KubeconfigOutline::Of(text);
  if (!outline) return false;
  const absl::StatusOr<KubeconfigDocument> whole = KubeconfigDocument::Parse(text);
  EXPECT_TRUE(whole.ok()) << whole.status();
  if (!whole.ok()) return true;
  EXPECT_EQ(outline->current_context(), whole->current_context());
  std::vector<std::string> contexts = whole->Names(KubeconfigList::kContexts);
  for (const std::string& name : contexts) {
    const absl::optional<EntryNames> names = outline->Find(name);
    EXPECT_TRUE(names) << name;
    if (!names) continue;
    const absl::optional<json> context = whole->Find(KubeconfigList::kContexts, name);
    EXPECT_EQ(names->cluster, TextAt(context, "cluster"));
    EXPECT_EQ(names->user, TextAt(context, "user"));
    const absl::StatusOr<KubeconfigDocument> part = KubeconfigDocument::Parse(outline->Only(*names));
    EXPECT_TRUE(part.ok()) << part.status() << "\n" << outline->Only(*names);
    if (!part.ok()) continue;
    EXPECT_EQ(part->current_context(), whole->current_context());
    EXPECT_EQ(part->Find(KubeconfigList::kContexts, name), context);
    for (const auto& [list, wanted] : {std::pair(KubeconfigList::kClusters, names->cluster),
                                       std::pair(KubeconfigList::kUsers, names->user)}) {
      EXPECT_EQ(part->Find(list, wanted), whole->Find(list, wanted)) << wanted;
      EXPECT_LE(part->Names(list).size(), 1u);
    }
  }
  EXPECT_FALSE(outline->Find("no such context"));
  return true;
}

TEST(KubeconfigOutlineTest, SaysWhatTheParserSaysOfAllKubeconfigsThatThereAre) {
  int texts = 0, outlines = 0;
  for (const char* const folder : {"testdata/kubeconfig", "testdata/fuzz", "testdata/audit"}) {
    for (const auto& file : std::filesystem::recursive_directory_iterator(Runfile(folder))) {
      if (!std::filesystem::is_regular_file(file.path())) continue;
      SCOPED_TRACE(file.path().string());
      ++texts;
      outlines += ExpectSame(Slurp(file.path().string())) ? 1 : 0;
    }
  }
  EXPECT_GT(texts, 300);
  EXPECT_GT(outlines, 40);
}

// What kubectl writes, and what there is in it: quotes, folded text, null, lists of nothing, a comment.
constexpr char kUsual[] = R"(apiVersion: v1
clusters:
- cluster:
    certificate-authority-data: QUFB
    server: https://192.0.2.1:6443
  name: dev
- cluster:
    insecure-skip-tls-verify: true
    server: https://192.0.2.2:6443
  name: 'a: b'
contexts:
- context:
    cluster: dev
    namespace: team
    user: alice
  name: dev
- context:
    cluster: 'a: b'
    user: 开发
  name: 开发
current-context: dev # 开发
kind: Config
preferences: {}
users:
- name: alice
  user:
    exec:
      apiVersion: client.authentication.k8s.io/v1
      args:
      - get
      - ack
      - --cluster-id=c1
      command: credential_provider
      env: null
      installHint: 'credential_provider is not on the PATH. Install it: `kubeconfig_writer
        migrate` has put it in the place of a key.'
      interactiveMode: Never
      provideClusterInfo: false
- name: 开发
  user:
    exec:
      apiVersion: client.authentication.k8s.io/v1
      args: []
      command: plugin
      env:
      - name: PROFILE
        value: "dev"
      installHint: credential_provider is not on the PATH. Install it, or run `kubeconfig_writer
        install` again.
      interactiveMode: Never
)";

TEST(KubeconfigOutlineTest, KnowsWhatKubectlAndThisProgramWrite) {
  EXPECT_TRUE(ExpectSame(kUsual));
  const std::string only = KubeconfigOutline::Of(kUsual)->Only({"dev", "dev", "alice"});
  EXPECT_EQ(only.find("开发\n"), only.find("开发\nkind")) << only;
  EXPECT_EQ(only.find("plugin"), std::string::npos) << only;
}

// Every text that one changed byte makes of it.
TEST(KubeconfigOutlineTest, NeverSaysAnythingElseThanTheParser) {
  const std::string usual = kUsual;
  int outlines = 0;
  for (size_t i = 0; i < usual.size(); ++i) {
    for (const char c : std::string(" \n:-#'\"[{&*!|>%@`,?~0ax\t\r\\.\x80\xe4")) {
      std::string text = usual;
      text[i] = c;
      outlines += ExpectSame(text) ? 1 : 0;
      if (testing::Test::HasFailure()) FAIL() << "byte " << i << ", " << c << "\n" << text;
    }
    for (const char* const more : {" ", "\n", "  ", "- ", "#", " #", "\n\n", ": "}) {
      outlines += ExpectSame(usual.substr(0, i) + more + usual.substr(i)) ? 1 : 0;
      outlines += ExpectSame(usual.substr(0, i) + usual.substr(std::min(usual.size(), i + std::strlen(more))))
                      ? 1
                      : 0;
      if (testing::Test::HasFailure()) FAIL() << "at byte " << i << ", " << more;
    }
  }
  EXPECT_GT(outlines, 1000);
}

}  // namespace
}  // namespace kubeconfig_writer
