#include "kubeconfig_writer/audit/comment_findings.h"

#include "gtest/gtest.h"

namespace kubeconfig_writer {
namespace {

TEST(CommentTest, ASecretInANoteACommandOrAFieldIsFound) {
  for (const char* comment :
       {"password: hunter22", "the admin's password: hunter22", "export API_TOKEN=hunter22",
        "  token: \"hunter22\"", "user: {token: hunter22, x: y}", "oc login --token=hunter22 --server=x",
        "curl -u me:hunter22 https://a.example", "-----BEGIN RSA PRIVATE KEY-----",
        "was eyJmYWtlIjo.eyJmYWtlIjo.ZmFrZQ", "https://me:hunter22@a.example"})
    EXPECT_NE(WhySecretComment(comment), "") << comment;
}

TEST(CommentTest, ASentenceAboutOneIsNone) {
  for (const char* comment :
       {"", "password: see the wiki", "the token is fetched by `vault read`", "use --token from vault",
        "token: $(cat x)", "client-secret: REDACTED", "token: 12345678",
        "https://wiki.example/display/Kubernetes+Access?pageId=123456789",
        "it's the password manager's: ask for it", "tokenFile: /var/run/secrets/token1"})
    EXPECT_EQ(WhySecretComment(comment), "") << comment;
}

}  // namespace
}  // namespace kubeconfig_writer
