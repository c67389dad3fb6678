#include "kubeconfig_writer/secrets/placeholder.h"

#include "gtest/gtest.h"

namespace kubeconfig_writer {
namespace {

TEST(PlaceholderTest, WhatSaysWhereASecretIsOrBelongsIsOne) {
  for (const char* value : {"",
                            "$TOKEN",
                            "${TOKEN}",
                            "\"$TOKEN\"",
                            "$(cat token)",
                            "`cat token`",
                            "%TOKEN%",
                            "$env:TOKEN",
                            "{{ .token }}",
                            "<%= token %>",
                            "{.credential.access_token}",
                            "REDACTED",
                            "DATA+OMITTED",
                            "ghp_REDACTED",
                            "<token>",
                            "[REDACTED]",
                            "__TOKEN__",
                            "#{Token}#",
                            "YOUR_TOKEN",
                            "your-client-secret",
                            "put-it-here",
                            "********",
                            "xxxxxxxx",
                            "...",
                            "changeme",
                            "None",
                            "true",
                            "op://vault/item/field",
                            "vault:secret/x#y",
                            "env:TOKEN",
                            "file:/x",
                            "arn:aws:secretsmanager:x:1:secret:name",
                            "projects/1/secrets/x",
                            "@/run/secrets/x",
                            "/var/run/secrets/token",
                            "~/.token",
                            "./token"})
    EXPECT_TRUE(IsPlaceholder(value)) << value;
}

TEST(PlaceholderTest, ASecretIsNone) {
  for (const char* value : {"S", "hunter2", "/fake", "$ecret!1", "pa$$word", "a/b+c=", "LONGCAPITALS",
                            "password", "Blue-kettle-4821", "/aB3dE5gH7jK9/mN1pQ3sT5vW7"})
    EXPECT_FALSE(IsPlaceholder(value)) << value;
}

}  // namespace
}  // namespace kubeconfig_writer
