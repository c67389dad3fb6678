#include "kubeconfig_writer/document/kubeconfig_diff.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace kubeconfig_writer {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

KubeconfigDocument Parse(const std::string& text) { return *KubeconfigDocument::Parse(text); }

TEST(KubeconfigDiffTest, BeginsWithWhatChangesByName) {
  const KubeconfigDocument before = Parse("users:\n- name: a\n  user: {as: x}\n- name: b\n  user: {as: x}\n");
  const KubeconfigDocument after = Parse(
      "users:\n- name: a\n  user: {as: z}\n- name: c\n  user: {as: x}\ncontexts:\n- name: d\n  context: "
      "{user: c}\n"
      "current-context: d\n");
  EXPECT_THAT(DiffOf("config", before, after),
              StartsWith("add: user c\nadd: context d\nchange: user a\nremove: user b\n"
                         "current-context: none -> d\n--- config\n+++ config\n@@ "));
  EXPECT_EQ(DiffOf("config", before, before), "");
}

// A plugin may take a secret in any argument, under any name.
TEST(KubeconfigDiffTest, ShowsNoValueOfAnotherPlugin) {
  const std::string other =
      "users:\n- name: a\n  user: {exec: {command: plugin, args: [x, hunter2], env: [{name: X, value: "
      "hunter2}]}}\n";
  const KubeconfigDocument before = Parse(other);
  const KubeconfigDocument after = Parse(other + "- name: b\n  user: {as: x}\n");
  const std::string diff = DiffOf("config", before, after);
  EXPECT_THAT(diff, HasSubstr("args: [<masked>, <masked>], env: [{name: X, value: <masked>}]"));
  EXPECT_THAT(diff, Not(HasSubstr("hunter2")));
}

TEST(KubeconfigDiffTest, ShowsOurOwnArgumentsUpToThoseOfAWrappedPlugin) {
  const KubeconfigDocument before = Parse("users: []\n");
  const KubeconfigDocument after = Parse(
      "users:\n- name: a\n  user: {exec: {command: /bin/credential_provider, args: [get, ack, --cluster-id, "
      "c1]}}\n"
      "- name: b\n  user: {exec: {command: credential_provider, args: [get, exec, --, plugin, hunter2]}}\n");
  const std::string diff = DiffOf("config", before, after);
  EXPECT_THAT(diff, HasSubstr("args: [get, ack, --cluster-id, c1]"));
  EXPECT_THAT(diff, HasSubstr("args: [get, exec, --, plugin, <masked>]"));
}

TEST(KubeconfigDiffTest, NamesAnAuthoritysCertificateByItsDigest) {
  const std::string data = "ZmFrZSBhdXRob3JpdHkgZmFrZSBhdXRob3JpdHkgZmFrZSBhdXRob3JpdHkgZmFrZSBhdXRob3JpdHkg";
  const KubeconfigDocument after =
      Parse("clusters:\n- name: a\n  cluster:\n    certificate-authority-data: " + data +
            "\n    server: https://192.0.2.1\n");
  const std::string diff = DiffOf("config", Parse("clusters: []\n"), after);
  EXPECT_THAT(diff, Not(HasSubstr(data)));
  EXPECT_THAT(diff, HasSubstr("+    certificate-authority-data: <base64, sha256 "));
}

}  // namespace
}  // namespace kubeconfig_writer
