#include "credential_provider/sources/source_chain.h"

#include "credential_provider/base/status_context.h"
#include "gtest/gtest.h"

namespace credential_provider {
namespace {

absl::StatusOr<Identity> Find(std::vector<const char*> entries) {
  entries.push_back(nullptr);
  return FindIdentity(Environment(entries.data()));
}

TEST(SourceChainTest, AnAccessKeyInTheEnvironmentIsFound) {
  const auto identity =
      Find({"ALIBABA_CLOUD_ACCESS_KEY_ID=sandbox-alice", "ALIBABA_CLOUD_ACCESS_KEY_SECRET=fake",
            "ALIBABA_CLOUD_SECURITY_TOKEN=fake-token"});
  ASSERT_TRUE(identity.ok());
  EXPECT_EQ(identity->source, "environment");
  EXPECT_EQ(identity->who, "access-key sandbox-alice");
  EXPECT_EQ(identity->access_key()->secret.Reveal(), "fake");
  EXPECT_EQ(identity->access_key()->security_token.Reveal(), "fake-token");
}

TEST(SourceChainTest, EmptyMeansUnset) {
  const auto identity = Find({"ALIBABA_CLOUD_ACCESS_KEY_ID=", "ALIBABA_CLOUD_ACCESS_KEY_SECRET="});
  EXPECT_EQ(identity.status().message(), "identity: no Alibaba Cloud AccessKey found");
  EXPECT_EQ(HintOf(identity.status()), "set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET");
}

TEST(SourceChainTest, HalfAPairIsAnError) {
  EXPECT_EQ(Find({"ALIBABA_CLOUD_ACCESS_KEY_ID=sandbox-alice"}).status().message(),
            "ALIBABA_CLOUD_ACCESS_KEY_SECRET: not set, but the other half of the pair is");
}

}  // namespace
}  // namespace credential_provider
