#include "credential_provider/http/url.h"

#include "gtest/gtest.h"

namespace credential_provider {
namespace {

TEST(ParseServiceUrlTest, HttpsIsTheDefault) {
  const auto url = ParseServiceUrl("cs.aliyuncs.com");
  EXPECT_EQ(url->scheme, "https");
  EXPECT_EQ(url->authority, "cs.aliyuncs.com");
}

TEST(ParseServiceUrlTest, DefaultPortAndTrailingSlashAreLeftOut) {
  EXPECT_EQ(ParseServiceUrl("https://h:443/")->authority, "h");
  EXPECT_EQ(ParseServiceUrl("http://127.0.0.1:80")->authority, "127.0.0.1");
  EXPECT_EQ(ParseServiceUrl("https://h:8443")->authority, "h:8443");
}

TEST(ParseServiceUrlTest, PlainHttpIsForLoopbackAlone) {
  for (const char* text :
       {"http://127.0.0.1:1", "http://127.9.9.9", "http://[::1]:80", "http://localhost:2"}) {
    EXPECT_TRUE(ParseServiceUrl(text).ok()) << text;
  }
  for (const char* text :
       {"http://cs.aliyuncs.com", "http://127.0.0.1.example.com", "http://10.0.0.1", "http://0.0.0.0",
        "http://[::]", "http://localhost.example.com", "HTTP://example.com"}) {
    EXPECT_EQ(ParseServiceUrl(text).status().message(),
              "plain http is only for loopback addresses; use https")
        << text;
  }
}

TEST(ParseServiceUrlTest, AnythingButSchemeHostAndPortIsRefused) {
  for (const char* text :
       {"", "https://", "ftp://h", "https://u:p@h", "https://h/path", "https://h?q", "https://h#f",
        "https://h:0", "https://h:65536", "https://h:x", "https://[::1", "https://[x]", "https://h h"}) {
    EXPECT_EQ(ParseServiceUrl(text).status().message(), "not of the form https://HOST[:PORT]") << text;
  }
}

TEST(ParseUrlTest, TheServiceIsToldFromWhatIsAskedOfIt) {
  const auto url = ParseUrl("https://host.example.com:8443/a/b?c=d");
  ASSERT_TRUE(url.ok()) << url.status();
  EXPECT_EQ(url->service.authority, "host.example.com:8443");
  EXPECT_EQ(url->target, "/a/b?c=d");
  EXPECT_EQ(ParseUrl("http://localhost")->target, "/");
  EXPECT_EQ(ParseUrl("http://localhost?a")->target, "/?a");
  EXPECT_EQ(ParseUrl("host/a?from=https://other")->target, "/a?from=https://other");
}

TEST(ParseUrlTest, WhatCouldBeTakenForAnotherHostOrHeaderIsRefused) {
  for (const char* text : {"http://host.example.com/", "https://me:pw@host/", "https://host/a b",
                           "https://host/a\r\nb", "https://host/#a", "ftp://host/", "https:///a",
                           "https://host:443\n", "https://host: 443", "https://host:+443"}) {
    EXPECT_FALSE(ParseUrl(text).ok()) << text;
  }
}

TEST(ParseUrlTest, AnAddressEndsWithItsBracketAndNotWithAZeroByte) {
  EXPECT_FALSE(ParseUrl(absl::string_view("http://[::1\0@host]/", 19)).ok());
}

TEST(ShownOriginTest, ShowsNoPathNoQueryNoUserAndNoPassword) {
  EXPECT_EQ(ShownOrigin("https://host:1/a?b"), "https://host:1");
  EXPECT_EQ(ShownOrigin("https://user:p@ss@host:1/a"), "https://host:1");
  EXPECT_EQ(ShownOrigin("user:pass@host/a"), "host");
  EXPECT_EQ(ShownOrigin("user://pass@host"), "user://host");
  EXPECT_EQ(ShownOrigin("us@er://pass@host"), "host");
  EXPECT_EQ(ShownOrigin("@://@host"), "host");
}

TEST(OriginOfTest, HasNoPathAndNoQuery) {
  EXPECT_EQ(OriginOf("https://host:1/a?b"), "https://host:1");
  EXPECT_EQ(OriginOf("https://host?b"), "https://host");
  EXPECT_EQ(OriginOf("host/a"), "host");
  EXPECT_EQ(OriginOf("host/a?from=https://host/b"), "host");
}

}  // namespace
}  // namespace credential_provider
