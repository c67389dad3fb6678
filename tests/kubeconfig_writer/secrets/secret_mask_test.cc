#include "kubeconfig_writer/secrets/secret_mask.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "kubeconfig_writer/document/kubeconfig_document.h"

namespace kubeconfig_writer {
namespace {

std::string Masked(const std::string& user) {
  const absl::StatusOr<KubeconfigDocument> document =
      KubeconfigDocument::Parse(absl::StrCat("users:\n- name: a\n  user: ", user, "\n"));
  return document.ok() ? document->MaskedText() : document.status().ToString();
}

// `args` and `env` in the brackets of a stanza.
std::string MaskedExec(const std::string& args, const std::string& env) {
  return Masked(absl::StrCat("{exec: {command: plugin, args: [", args, "], env: [", env, "]}}"));
}

std::string MaskedVariable(const std::string& name, const std::string& value) {
  return MaskedExec("", absl::StrCat("{name: ", name, ", value: ", value, "}"));
}

bool ShowsSecret(const std::string& masked) { return absl::StrContains(masked, "hunter2"); }

TEST(SecretMaskTest, ArgumentsAreMaskedAlsoInDoubt) {
  for (const char* args :
       {"--api-key, hunter2", "--secret-id, hunter2", "--pass, hunter2", "--passphrase=hunter2",
        "API_KEY=hunter2", "-H, 'Authorization: Bearer hunter2'", "'Authorization: Basic hunter2'",
        "-c, plugin --password hunter2", "-c, X=1 API_TOKEN=hunter2 plugin",
        "'{\"token\":\"eyJhunter2.eyJhunter2.x\"}'", "--token, -hunter2", "--token, --hunter2",
        "--token, /hunter2", "'https://u:hunter2@h'", "'x http://a http://u:hunter2@h'",
        "\"http:\\/\\/u:hunter2@h\"", "--api-key, /hunter2", "-c, 'plugin --token $hunter2'",
        "ghp_hunter2hunter2"})
    EXPECT_FALSE(ShowsSecret(MaskedExec(args, ""))) << args;
}

TEST(SecretMaskTest, VariablesAreMasked) {
  for (const char* name :
       {"IBMCLOUD_API_KEY", "PRIVATE_KEY", "AZURE_STORAGE_KEY", "DB_PWD", "VAULT_SECRET_ID"})
    EXPECT_FALSE(ShowsSecret(MaskedVariable(name, "hunter2"))) << name;
  for (const char* value : {"'http://u:hunter2@h'", "'u:hunter2@h'", "'--token hunter2'", "glpat-hunter2"})
    EXPECT_FALSE(ShowsSecret(MaskedVariable("HTTP_PROXY", value))) << value;
}

TEST(SecretMaskTest, OfAnotherPluginEveryArgumentAndValueIsMasked) {
  EXPECT_TRUE(absl::StrContains(MaskedExec("x, hunter2", "{name: X, value: hunter2}"),
                                "args: [<masked>, <masked>], env: [{name: X, value: <masked>}]"));
}

TEST(SecretMaskTest, WhatIsNoSecretIsShown) {
  const std::string exec = Masked(
      "{exec: {command: /bin/credential_provider, args: [get, ack, --access-key-id, LTAIfake, --token-file, "
      "x]}}");
  EXPECT_FALSE(absl::StrContains(exec, kMask)) << exec;
  const std::string server = Masked("{server: 'https://u:hunter2@host/path'}");
  EXPECT_TRUE(absl::StrContains(server, "https://<masked>@host/path")) << server;
}

TEST(SecretMaskTest, ExtensionsAndCommentsAreMasked) {
  EXPECT_FALSE(ShowsSecret(Masked("{extensions: [{name: x, extension: {clientSecret: hunter2}}]}")));
  EXPECT_FALSE(ShowsSecret(Masked("{extensions: [{name: x, extension: {apiKey: [hunter2]}}]}")));
  EXPECT_FALSE(ShowsSecret(Masked("{}  # was run with --token hunter2")));
  const std::string key = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
  EXPECT_FALSE(absl::StrContains(Masked("{}  # " + key), key));
}

TEST(SecretMaskTest, AnAddressOnTwoLinesStaysOnTwo) {
  const std::string text = Masked("{server: 'https://u:hunter2\n    x@host'}");
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 4) << text;
}

}  // namespace
}  // namespace kubeconfig_writer
