#include "credential_provider/base/environment.h"

#include "gtest/gtest.h"

namespace credential_provider {
namespace {

std::string Below(const char* home) {
  const char* const entries[] = {home, nullptr};
  return InHome(Environment(entries), "/.kube/config");
}

TEST(EnvironmentTest, OneSlashLeadsFromTheHomeToWhatIsInIt) {
  EXPECT_EQ(Below("HOME=/home/alice"), "/home/alice/.kube/config");
  EXPECT_EQ(Below("HOME=/home/alice/"), "/home/alice/.kube/config");
  EXPECT_EQ(Below("HOME=/"), "/.kube/config");
  EXPECT_EQ(Below("HOME=//"), "/.kube/config");
}

}  // namespace
}  // namespace credential_provider
