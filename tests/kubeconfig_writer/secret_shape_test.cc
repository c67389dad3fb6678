#include "kubeconfig_writer/secret_shape.h"

#include "gtest/gtest.h"

namespace kubeconfig_writer {
namespace {

TEST(SecretNameTest, NamesOfSecretsAreKnownInEverySpelling) {
  for (const char* name :
       {"AWS_SECRET_ACCESS_KEY", "ALIBABA_CLOUD_SECURITY_TOKEN", "--token", "--client-secret", "-password",
        "DB_PASSWD", "oidc-client-secret", "accessToken", "refresh-token", "API_CREDENTIALS"}) {
    EXPECT_TRUE(IsSecretName(name)) << name;
  }
}

TEST(SecretNameTest, WhatIsOnlyAboutASecretIsNone) {
  for (const char* name :
       {"", "--token-file", "--oidc-token-env", "SECRET_NAME", "--token-cache-dir", "TOKEN_URL",
        "--token-ttl", "AWS_ACCESS_KEY_ID", "--cluster-id", "--profile", "--no-token", "EMAIL"}) {
    EXPECT_FALSE(IsSecretName(name)) << name;
  }
}

TEST(SecretValueTest, SecretsAreKnownByTheirShape) {
  EXPECT_TRUE(IsSecretValue("fakeMarked0fakeMarked0fakeMark")) << "an AccessKey secret of Alibaba Cloud's";
  EXPECT_TRUE(IsSecretValue("fakeMarked0/fakeMarked0+fakeMarked0fakeM")) << "one of AWS's";
  EXPECT_TRUE(IsSecretValue("eyJmYWtlIjo.eyJmYWtlIjo.ZmFrZQ")) << "a JSON Web Token";
  EXPECT_TRUE(IsSecretValue("k8s-ack-v2.ZmFrZQ"));
  EXPECT_TRUE(IsSecretValue("-----BEGIN FAKE PRIVATE KEY-----"));
}

TEST(SecretValueTest, OtherTextIsNot) {
  for (const char* value :
       {"", "get", "c00000000000000000000000000000001", "acs:ram::1000000000000001:role/reader",
        "000000000000000000000000000000000000000a", "https://cs.cn-hangzhou.aliyuncs.com/a/long/path",
        "an-ordinary-cluster-name-of-30", "sandbox-alice", "1.2.3"}) {
    EXPECT_FALSE(IsSecretValue(value)) << value;
  }
}

}  // namespace
}  // namespace kubeconfig_writer
