#include "credential_provider/http/proxy.h"

#include <cstdlib>

#include "gtest/gtest.h"

namespace credential_provider {
namespace {

class ProxyTest : public testing::Test {
 protected:
  ProxyTest() {
    for (const char* const name : {"HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY",
                                   "all_proxy", "NO_PROXY", "no_proxy", "REQUEST_METHOD"}) {
      unsetenv(name);
    }
  }

  static HttpRequest Request(const std::string& url, const std::string& proxy_url = "") {
    HttpRequest request;
    request.url = url;
    request.proxy_url = proxy_url;
    return request;
  }

  // The proxy of the environment for `url`, "none" where there is none.
  static std::string Of(const std::string& url) {
    const absl::optional<Proxy> proxy = ProxyOf(Request(url));
    return proxy ? proxy->setting + " " + proxy->url : "none";
  }

  static std::string Shown(const std::string& proxy_url) {
    return ProxyOf(Request("https://a.example", proxy_url))->address;
  }
  static std::string ForCurl(const std::string& proxy_url) {
    return ProxyOf(Request("https://a.example", proxy_url))->url;
  }
};

TEST_F(ProxyTest, OnlyWhatIsNoUserIsShown) {
  EXPECT_EQ(Shown("socks5://proxy.example:1080/path"), "socks5://proxy.example:1080");
  EXPECT_EQ(Shown("http://someone:fake@proxy.example:3128"), "proxy.example:3128");
  EXPECT_EQ(Shown("http://someone:fa/k?e#@proxy.example:3128"), "proxy.example:3128");
  EXPECT_EQ(Shown("[::1]:3128"), "[::1]:3128");
}

TEST_F(ProxyTest, SchemeAndPortThatAreNotGivenAreThoseOfGo) {
  EXPECT_EQ(ForCurl("proxy.example"), "http://proxy.example:80");
  EXPECT_EQ(ForCurl("proxy.example:3128"), "http://proxy.example:3128");
  EXPECT_EQ(ForCurl("http://[2001:db8::1]"), "http://[2001:db8::1]:80");
  EXPECT_EQ(ForCurl("HTTPS://proxy.example/path"), "https://proxy.example:443");
  EXPECT_EQ(ForCurl("socks5://proxy.example"), "socks5h://proxy.example:1080");
  EXPECT_EQ(ForCurl("http://someone:fake@proxy.example"), "http://someone:fake@proxy.example:80");
}

TEST_F(ProxyTest, ThatOfTheRequestWinsOverTheEnvironment) {
  setenv("HTTPS_PROXY", "http://two.example:1", 1);
  setenv("NO_PROXY", "*", 1);
  EXPECT_EQ(ProxyOf(Request("https://a.example", "http://one.example:1"))->setting, "proxy-url");
  EXPECT_EQ(ProxyOf(Request("https://127.0.0.1:6443", "http://one.example:1"))->setting, "proxy-url");
}

TEST_F(ProxyTest, TheVariablesAreThoseOfGo) {
  setenv("all_proxy", "http://all.example:1", 1);
  setenv("ALL_PROXY", "http://all.example:1", 1);
  EXPECT_EQ(Of("https://a.example"), "none");
  setenv("https_proxy", "http://lower.example:1", 1);
  EXPECT_EQ(Of("https://a.example"), "https_proxy http://lower.example:1");
  setenv("HTTPS_PROXY", " http://upper.example:1\n", 1);
  EXPECT_EQ(Of("https://a.example"), "HTTPS_PROXY http://upper.example:1");
  EXPECT_EQ(Of("http://a.example"), "none");
  setenv("http_proxy", "http://plain.example:1", 1);
  EXPECT_EQ(Of("http://a.example"), "http_proxy http://plain.example:1");
  EXPECT_EQ(Of("https://a.example"), "HTTPS_PROXY http://upper.example:1");
  setenv("REQUEST_METHOD", "GET", 1);  // what a web server starts takes HTTP_PROXY from a request's header
  EXPECT_EQ(Of("http://a.example"), "none");
  EXPECT_EQ(Of("https://a.example"), "HTTPS_PROXY http://upper.example:1");
}

TEST_F(ProxyTest, NoProxyLeadsPastIt) {
  setenv("HTTPS_PROXY", "http://proxy.example:1", 1);
  setenv("no_proxy", "*.aliyuncs.com,b.example:8443", 1);
  EXPECT_EQ(Of("https://cs.aliyuncs.com"), "none");
  EXPECT_EQ(Of("https://b.example"), "HTTPS_PROXY http://proxy.example:1");
  EXPECT_EQ(Of("https://b.example:8443/path?query"), "none");
  setenv("NO_PROXY", "c.example", 1);
  EXPECT_EQ(Of("https://cs.aliyuncs.com"), "HTTPS_PROXY http://proxy.example:1");
  EXPECT_EQ(ProxyOfEnvironment(Request("https://c.example"))->setting, "HTTPS_PROXY");
}

TEST_F(ProxyTest, WhatOnlyThisMachineReachesGoesThroughNone) {
  for (const char* const name : {"HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY"})
    setenv(name, "http://proxy.example:1", 1);
  EXPECT_EQ(Of("https://127.0.0.1:6443"), "none");
  EXPECT_EQ(Of("https://[::1]:6443"), "none");
  EXPECT_EQ(Of("http://localhost:8080/creds"), "none");
  HttpRequest metadata = Request("http://100.100.100.200/latest/api/token");
  EXPECT_TRUE(ProxyOf(metadata).has_value());
  metadata.use_proxy = false;
  EXPECT_FALSE(ProxyOf(metadata).has_value());
}

}  // namespace
}  // namespace credential_provider
