#include "credential_provider/http/proxy.h"

#include <cstdlib>

#include "gtest/gtest.h"

namespace credential_provider {
namespace {

HttpRequest Request(const std::string& url, const std::string& proxy_url = "") {
  HttpRequest request;
  request.url = url;
  request.proxy_url = proxy_url;
  return request;
}

std::string Shown(const std::string& proxy_url) { return ProxyOf(Request("https://a", proxy_url))->address; }

TEST(ProxyTest, OnlyWhatIsNoUserIsShown) {
  EXPECT_EQ(Shown("socks5://proxy.example:1080/path"), "socks5://proxy.example:1080");
  EXPECT_EQ(Shown("http://someone:fake@proxy.example:3128"), "proxy.example:3128");
  EXPECT_EQ(Shown("http://someone:fa/k?e#@proxy.example:3128"), "proxy.example:3128");
  EXPECT_EQ(Shown("[::1]:3128"), "[::1]:3128");
}

TEST(ProxyTest, TheHostStandsAlone) {
  EXPECT_EQ(ProxyOf(Request("https://a", "http://b:c@d.example:1"))->host, "d.example");
  EXPECT_EQ(ProxyOf(Request("https://a", "http://[::1]:1"))->host, "::1");
  EXPECT_EQ(ProxyOf(Request("https://a", "d.example"))->host, "d.example");
}

TEST(ProxyTest, TheRequestsWinsOverTheEnvironments) {
  setenv("HTTPS_PROXY", "http://two:1", 1);
  setenv("all_proxy", "http://three:1", 1);
  EXPECT_EQ(ProxyOf(Request("https://a", "http://one:1"))->setting, "proxy-url");
  EXPECT_EQ(ProxyOf(Request("https://a"))->setting, "HTTPS_PROXY");
  EXPECT_EQ(ProxyOf(Request("https://a"))->address, "http://two:1");
  EXPECT_EQ(ProxyOf(Request("https://127.0.0.1:6443", "http://one:1"))->setting, "proxy-url");
  EXPECT_FALSE(ProxyOf(Request("https://127.0.0.1:6443")).has_value());
  HttpRequest direct = Request("https://a");
  direct.use_proxy = false;
  EXPECT_FALSE(ProxyOf(direct).has_value());
}

}  // namespace
}  // namespace credential_provider
