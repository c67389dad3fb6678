#include "credential_provider/kubernetes/plugin_policy.h"

#include <string>

#include "credential_provider/base/status_context.h"
#include "gtest/gtest.h"

namespace credential_provider {
namespace {

constexpr char kPath[] = "/usr/bin:/bin";
constexpr char kHead[] = "apiVersion: kubectl.config.k8s.io/v1beta1\nkind: Preference\n";

absl::Status Check(const std::string& text, absl::string_view command) {
  const absl::optional<PluginPolicy> policy = ParsePluginPolicy(kHead + text);
  return policy ? CheckPlugin(*policy, command, kPath) : absl::OkStatus();
}

TEST(PluginPolicyTest, WithoutAPolicyEverythingIsAllowed) {
  EXPECT_TRUE(Check("", "sh").ok());
  EXPECT_TRUE(Check("credentialPluginPolicy: AllowAll\n", "sh").ok());
  EXPECT_FALSE(ParsePluginPolicy("").has_value());
  EXPECT_FALSE(ParsePluginPolicy("a: [").has_value());
}

TEST(PluginPolicyTest, DenyAllDeniesAndTheHintIsTheLineThatAllows) {
  const absl::Status denied = Check("credentialPluginPolicy: DenyAll\n", "sh");
  EXPECT_TRUE(absl::IsPermissionDenied(denied));
  EXPECT_EQ(
      HintOf(denied),
      "run `kubectl kuberc set --section credentialplugin --policy Allowlist --allowlist-entry command=sh`; "
      "kubectl 1.35 has no such command: there, put `name: sh` into the list in that file");
}

TEST(PluginPolicyTest, AnEntryFitsByItsTextInBothSpellings) {
  for (const char* key : {"name", "command"}) {
    const std::string list = std::string("credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist: [{") +
                             key + ": not-installed}]\n";
    EXPECT_TRUE(Check(list, "not-installed").ok()) << key;
    EXPECT_TRUE(absl::IsPermissionDenied(Check(list, "sh"))) << key;
  }
}

TEST(PluginPolicyTest, AnEntryFitsByTheFileThatItLeadsTo) {
  const std::string by_name =
      "credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist: [{command: env}]\n";
  EXPECT_TRUE(Check(by_name, "/usr/bin/env").ok());
  const std::string by_path =
      "credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist: [{command: /usr/bin/env}]\n";
  EXPECT_TRUE(Check(by_path, "env").ok());
  EXPECT_FALSE(Check(by_path, "/no/such/env").ok());
}

TEST(PluginPolicyTest, WhatKubectlRefusesIsRefused) {
  for (const char* text :
       {"credentialPluginPolicy: Allowlist\n", "credentialPluginPolicy: Sometimes\n",
        "credentialPluginAllowlist: [{name: sh}]\n",
        "credentialPluginPolicy: DenyAll\ncredentialPluginAllowlist: [{name: sh}]\n",
        "credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist: [{name: sh}, {}]\n",
        "credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist: [name: /bin/../bin/sh]\n",
        "credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist: [name: ./sh]\n",
        "credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist: [name: /bin//sh]\n"}) {
    EXPECT_TRUE(absl::IsFailedPrecondition(Check(text, "sh"))) << text;
  }
}

TEST(PluginPolicyTest, CleanEntriesThatLeadNowhereAreNoReasonToRefuse) {
  for (const char* entry : {"/", ".", "../x", "x"}) {
    const std::string list =
        std::string("credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist: [{name: ") + entry +
        "}, {name: sh}]\n";
    EXPECT_TRUE(Check(list, "sh").ok()) << entry;
  }
}

TEST(PluginPolicyTest, WhatKubectlCannotDecodeIsPassedOver) {
  EXPECT_TRUE(Check("credentialPluginPolicy: DenyAll\ncredentialPluginAllowlist: sh\n", "sh").ok());
  EXPECT_TRUE(Check("credentialPluginPolicy: [DenyAll]\n", "sh").ok());
  EXPECT_TRUE(
      Check("credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist: [{name: 1}]\n", "sh").ok());
}

TEST(PluginPolicyTest, TheFirstPreferencesCount) {
  const std::string deny = std::string(kHead) + "credentialPluginPolicy: DenyAll\n";
  const std::string other = "apiVersion: v1\nkind: ConfigMap\ncredentialPluginPolicy: AllowAll\n";
  EXPECT_EQ(ParsePluginPolicy("---\n# nothing\n---\n" + other + "---\n" + deny)->name, "DenyAll");
  EXPECT_FALSE(ParsePluginPolicy(std::string(kHead) + "--- # second\n" + deny).has_value());
  EXPECT_FALSE(ParsePluginPolicy("apiVersion: kubectl.config.k8s.io/v1alpha1\nkind: Preference\n---\n" + deny)
                   .has_value());
}

}  // namespace
}  // namespace credential_provider
