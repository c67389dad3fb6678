#include "credential_provider/http/no_proxy.h"

#include "gtest/gtest.h"

namespace credential_provider {
namespace {

struct Case {
  const char* list;
  const char* host;
  const char* port;
  bool past;
};

// What golang.org/x/net/http/httpproxy says; tests/conformance/no_proxy asks it itself.
constexpr Case kCases[] = {
    {"", "cs.aliyuncs.com", "443", false},
    {"*", "cs.aliyuncs.com", "443", true},
    {"a,*", "cs.aliyuncs.com", "443", true},
    {"*.aliyuncs.com", "cs.aliyuncs.com", "443", true},
    {"*.aliyuncs.com", "aliyuncs.com", "443", false},
    {".aliyuncs.com", "cs.aliyuncs.com", "443", true},
    {".aliyuncs.com", "aliyuncs.com", "443", false},
    {"aliyuncs.com", "cs.aliyuncs.com", "443", true},
    {"aliyuncs.com", "aliyuncs.com", "443", true},
    {"aliyuncs.com", "notaliyuncs.com", "443", false},
    {"ALIYUNCS.com", "cs.aliyuncs.COM", "443", true},
    {"*aliyuncs.com", "cs.aliyuncs.com", "443", false},
    {"cs.*.com", "cs.aliyuncs.com", "443", false},
    {"aliyuncs.com.", "cs.aliyuncs.com", "443", false},
    {"aliyuncs.com.", "cs.aliyuncs.com.", "443", true},
    {"aliyuncs.com", "cs.aliyuncs.com.", "443", false},
    // Blanks stand around entries and not between them.
    {" a.example , aliyuncs.com\t", "cs.aliyuncs.com", "443", true},
    {"a.example aliyuncs.com", "cs.aliyuncs.com", "443", false},
    {",,aliyuncs.com,,", "cs.aliyuncs.com", "443", true},
    {"aliyuncs.com:443", "cs.aliyuncs.com", "443", true},
    {"aliyuncs.com:8443", "cs.aliyuncs.com", "443", false},
    {"*.aliyuncs.com:443", "cs.aliyuncs.com", "443", true},
    {"aliyuncs.com:", "cs.aliyuncs.com", "443", true},
    {":443", "cs.aliyuncs.com", "443", false},
    {"192.0.2.1", "192.0.2.1", "6443", true},
    {"192.0.2.1:6443", "192.0.2.1", "6443", true},
    {"192.0.2.1:443", "192.0.2.1", "6443", false},
    {"192.0.2.0/24", "192.0.2.200", "6443", true},
    {"192.0.2.77/24", "192.0.2.200", "6443", true},
    {"192.0.2.0/24", "192.0.3.1", "6443", false},
    {"192.0.2.0/25", "192.0.2.200", "6443", false},
    {"0.0.0.0/0", "192.0.2.1", "6443", true},
    {"192.0.2.0/33", "192.0.2.1", "6443", false},
    {"192.0.2.0/24:6443", "192.0.2.1", "6443", false},
    {"192.0.2.0/24", "cs.aliyuncs.com", "443", false},
    {"2001:db8::1", "2001:db8::1", "6443", true},
    {"2001:db8::1", "2001:db8:0:0::1", "6443", true},
    {"[2001:db8::1]:6443", "2001:db8::1", "6443", true},
    {"[2001:db8::1]:443", "2001:db8::1", "6443", false},
    {"[2001:db8::1]", "2001:db8::1", "6443", false},
    {"2001:db8::/32", "2001:db8:1::1", "6443", true},
    {"2001:db8::/32", "2001:db9::1", "6443", false},
    {"192.0.2.1", "::ffff:192.0.2.1", "6443", true},
    {"::ffff:192.0.2.0/120", "192.0.2.1", "6443", true},
    {"::/0", "192.0.2.1", "6443", false},
    {"0.2.1", "192.0.2.1", "6443", false},
    // This machine needs no entry.
    {"", "localhost", "443", true},
    {"", "127.1.2.3", "443", true},
    {"", "::1", "443", true},
    {"", "::ffff:127.0.0.1", "443", true},
    {"", "localhost.example", "443", false},
};

TEST(NoProxyTest, IsReadAsGoReadsIt) {
  for (const Case& c : kCases) {
    EXPECT_EQ(GoesPastProxy(c.list, c.host, c.port), c.past)
        << "NO_PROXY='" << c.list << "', " << c.host << " port " << c.port;
  }
}

}  // namespace
}  // namespace credential_provider
