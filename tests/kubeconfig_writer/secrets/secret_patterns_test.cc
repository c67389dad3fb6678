#include "kubeconfig_writer/secrets/secret_patterns.h"

#include "gtest/gtest.h"
#include "kubeconfig_writer/secrets/secret_names.h"

namespace kubeconfig_writer {
namespace {

TEST(SecretNameTest, NamesOfSecretsAreKnownInEverySpelling) {
  for (const char* name : {"AWS_SECRET_ACCESS_KEY",
                           "ALIBABA_CLOUD_SECURITY_TOKEN",
                           "--token",
                           "--client-secret",
                           "-password",
                           "DB_PASSWD",
                           "oidc-client-secret",
                           "accessToken",
                           "refresh-token",
                           "API_CREDENTIALS",
                           "--api-key",
                           "IBMCLOUD_API_KEY",
                           "apiKey",
                           "APIKEY",
                           "--secret-id",
                           "VAULT_SECRET_ID",
                           "--pass",
                           "SMTP_PASS",
                           "--passphrase",
                           "PRIVATE_KEY",
                           "privateKey",
                           "AZURE_STORAGE_KEY",
                           "API_KEY_2",
                           "DB_PWD",
                           "Authorization",
                           "secretAccessKey"}) {
    EXPECT_TRUE(IsSecretName(name)) << name;
  }
}

TEST(SecretNameTest, WhatIsOnlyAboutASecretIsNone) {
  for (const char* name : {"",
                           "--token-file",
                           "--oidc-token-env",
                           "SECRET_NAME",
                           "--token-cache-dir",
                           "TOKEN_URL",
                           "--token-ttl",
                           "AWS_ACCESS_KEY_ID",
                           "--cluster-id",
                           "--profile",
                           "--no-token",
                           "EMAIL",
                           "--access-key-id",
                           "--key-env",
                           "--ssh-key-file",
                           "--key",
                           "--ssh-key",
                           "--secret-name",
                           "--kubeconfig-secret-namespace",
                           "--public-key",
                           "--kms-key-id",
                           "--bypass",
                           "--authorization-mode",
                           "--password-stdin",
                           "--pass-through",
                           "--credential-process",
                           "MONKEY"}) {
    EXPECT_FALSE(IsSecretName(name)) << name;
  }
}

TEST(SecretNameTest, WhatOftenIsASecretMayBeAFileOrAnId) {
  for (const char* name :
       {"API_KEY", "GOOGLE_APPLICATION_CREDENTIALS", "--client-key", "DB_PWD", "SECRET_ID"}) {
    EXPECT_TRUE(IsSecretByName(name, "fake")) << name;
    for (const char* value :
         {"", "/etc/file", "./file", "~/file", "client.key", "LTAIfake", "AKIAFAKE", "true"})
      EXPECT_FALSE(IsSecretByName(name, value)) << name << " " << value;
  }
  EXPECT_TRUE(IsSecretByName("DB_PASSWORD", "/fake")) << "a password may be anything";
  EXPECT_FALSE(IsSecretByName("USE_TOKEN", "true"));
}

TEST(SecretValueTest, SecretsAreKnownByTheirShape) {
  EXPECT_TRUE(IsSecretValue("fakeMarked0fakeMarked0fakeMark")) << "an AccessKey secret of Alibaba Cloud's";
  EXPECT_TRUE(IsSecretValue("fakeMarked0/fakeMarked0+fakeMarked0fakeM")) << "one of AWS's";
  EXPECT_TRUE(IsSecretValue("eyJmYWtlIjo.eyJmYWtlIjo.ZmFrZQ")) << "a JSON Web Token";
  EXPECT_TRUE(IsSecretValue("k8s-ack-v2.ZmFrZQ"));
  EXPECT_TRUE(IsSecretValue("-----BEGIN FAKE PRIVATE KEY-----"));
  EXPECT_TRUE(IsSecretValue("LS0tLS1CRUdJTiBGQUtFIFBSSVZBVEUgS0VZLS0tLS0K")) << "the same in base64";
  EXPECT_TRUE(IsSecretValue("a: eyJmYWtlIjo.eyJmYWtlIjo.ZmFrZQ!")) << "a JSON Web Token within";
  EXPECT_TRUE(IsSecretValue("eyJmYWtlIjo.fake.fake.fake.fake")) << "an encrypted one";
  for (const char* value : {"ghp_fakefake", "github_pat_fakefake", "glpat-fakefake", "xoxb-fakefake",
                            "is ghp_fakefake", "sha256~fakefake"})
    EXPECT_TRUE(IsSecretValue(value)) << value;
}

TEST(SecretValueTest, OtherTextIsNot) {
  for (const char* value :
       {"", "get", "c00000000000000000000000000000001", "acs:ram::1000000000000001:role/reader",
        "000000000000000000000000000000000000000a", "https://cs.cn-hangzhou.aliyuncs.com/a/long/path",
        "an-ordinary-cluster-name-of-30", "sandbox-alice", "1.2.3", "LTAIfake", "AKIAFAKE", "ghp_",
        "my-ghp_fakefake", "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCg=="}) {
    EXPECT_FALSE(IsSecretValue(value)) << value;
  }
}

TEST(PasswordInAddressTest, IsFoundWhereverItStands) {
  EXPECT_EQ(PasswordInAddress("http://me:fake@proxy:3128"), "fake");
  EXPECT_EQ(PasswordInAddress("of https://a.example and https://me:f:a@ke@b.example/x"), "f:a@ke");
  for (const char* text : {"", "https://a.example", "https://me@a.example", "https://me:@a.example",
                           "me:fake@proxy", "https://a.example:443/x@y", "https://a.example:1 b@c"})
    EXPECT_EQ(PasswordInAddress(text), "") << text;
}

TEST(PasswordInAddressTest, AProxyNeedsNoScheme) {
  EXPECT_TRUE(IsProxyWithPassword("HTTPS_PROXY", "me:fake@proxy:3128"));
  EXPECT_TRUE(IsProxyWithPassword("--proxy", "http://me:fake@proxy:3128"));
  EXPECT_FALSE(IsProxyWithPassword("HTTPS_PROXY", "proxy:3128"));
  EXPECT_FALSE(IsProxyWithPassword("--image", "me:fake@sha256"));
}

}  // namespace
}  // namespace kubeconfig_writer
