#include "credential_provider/sources/source_chain.h"

#include "credential_provider/base/status_context.h"
#include "credential_provider/identity/source_names.h"
#include "credential_provider/sources/source_table.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/temp_dir.h"

namespace credential_provider {
namespace {

constexpr char kConfig[] =
    R"({"current":"a","profiles":[{"name":"a","mode":"AK","access_key_id":"of-config","access_key_secret":"fake"}]})";
constexpr char kIni[] = "[default]\ntype = access_key\naccess_key_id = of-ini\naccess_key_secret = fake\n";

class SourceChainTest : public testing::Test {
 protected:
  SourceChainTest() {
    std::filesystem::create_directories(home_.Path(".aliyun"));
    std::filesystem::create_directories(home_.Path(".alibabacloud"));
    Spill(home_.Path(".aliyun/config.json"), kConfig);
    Spill(home_.Path(".alibabacloud/credentials"), kIni);
    Spill(home_.Path("token"), "fake-token");
    Set("HOME=" + home_.path());
    Set("ALIBABA_CLOUD_ACCESS_KEY_ID=of-environment");
    Set("ALIBABA_CLOUD_ACCESS_KEY_SECRET=fake");
    Set("ALIBABA_CLOUD_ROLE_ARN=acs:ram::1:role/r");
    Set("ALIBABA_CLOUD_OIDC_PROVIDER_ARN=acs:ram::1:oidc-provider/p");
    Set("ALIBABA_CLOUD_OIDC_TOKEN_FILE=" + home_.Path("token"));
    Set("ALIBABA_CLOUD_ECS_METADATA=role");
    Set("ALIBABA_CLOUD_CREDENTIALS_URI=http://127.0.0.1:1/");
  }

  void Set(const std::string& entry) { env_.push_back(entry); }
  void Unset(const std::string& prefix) {
    env_.erase(std::remove_if(env_.begin(), env_.end(),
                              [&](const std::string& entry) { return entry.rfind(prefix, 0) == 0; }),
               env_.end());
  }
  absl::StatusOr<FoundIdentity> Find(const IdentityOptions& options = {}) const {
    std::vector<const char*> entries;
    for (const std::string& entry : env_) entries.push_back(entry.c_str());
    entries.push_back(nullptr);
    return FindIdentity(options, Environment(entries.data()));
  }
  std::string Source(const IdentityOptions& options = {}) const {
    const auto found = Find(options);
    return found.ok() ? found->identity.source : std::string(found.status().message());
  }

  TempDir home_;
  std::vector<std::string> env_;
};

TEST_F(SourceChainTest, AsksInTheOrderOfTheSdks) {
  EXPECT_EQ(Source(), "environment");
  Unset("ALIBABA_CLOUD_ACCESS_KEY");
  EXPECT_EQ(Source(), "oidc-environment");
  Unset("ALIBABA_CLOUD_OIDC");
  EXPECT_EQ(Source(), "aliyun-profile");
  std::filesystem::remove(home_.Path(".aliyun/config.json"));
  EXPECT_EQ(Source(), "ini-file");
  std::filesystem::remove(home_.Path(".alibabacloud/credentials"));
  EXPECT_EQ(Source(), "instance-role");
  Unset("ALIBABA_CLOUD_ECS_METADATA");
  EXPECT_EQ(Source(), "credentials-uri");
  Unset("ALIBABA_CLOUD_CREDENTIALS_URI");
  EXPECT_EQ(Source(), "instance-role") << "the last resort, untried";
}

TEST_F(SourceChainTest, SaysWhyEachSourceBeforeWasNotIt) {
  Unset("ALIBABA_CLOUD_ACCESS_KEY");
  Unset("ALIBABA_CLOUD_OIDC");
  const auto found = Find();
  ASSERT_TRUE(found.ok());
  ASSERT_EQ(found->skipped.size(), 2u);
  EXPECT_EQ(found->skipped[0].source, "environment");
  EXPECT_EQ(found->skipped[0].reason, "ALIBABA_CLOUD_ACCESS_KEY_ID is not set");
  EXPECT_EQ(found->skipped[1].source, "oidc-environment");
}

TEST_F(SourceChainTest, EachSourceCanBePickedByName) {
  for (const auto& source : Sources()) {
    IdentityOptions options;
    options.identity = source.name;
    EXPECT_EQ(Source(options), source.name);
  }
}

TEST_F(SourceChainTest, AProfileIsOnlyLookedForWhereProfilesAre) {
  IdentityOptions options;
  options.profile = "a";
  EXPECT_EQ(Source(options), "aliyun-profile");
  options.profile = "default";
  EXPECT_EQ(Source(options), "ini-file");
  options.profile = "other";
  EXPECT_THAT(Source(options), testing::HasSubstr("profile \"other\": not there; ini-file: "));
}

TEST_F(SourceChainTest, AFailureStopsTheChain) {
  Unset("ALIBABA_CLOUD_ACCESS_KEY_SECRET");
  EXPECT_EQ(Source(), "ALIBABA_CLOUD_ACCESS_KEY_SECRET: not set, but the other half of the pair is");
  Unset("ALIBABA_CLOUD_ACCESS_KEY_ID");
  Unset("ALIBABA_CLOUD_OIDC");
  Spill(home_.Path(".aliyun/config.json"), "{\"access_key_secret\": planted");
  EXPECT_EQ(Source(), home_.Path(".aliyun/config.json") + ": not a JSON object");
}

TEST_F(SourceChainTest, ADisabledInstanceRoleLeavesNothing) {
  for (const char* prefix : {"ALIBABA_CLOUD_", "HOME"}) Unset(prefix);
  Set("ALIBABA_CLOUD_ECS_METADATA_DISABLED=true");
  const auto found = Find();
  EXPECT_EQ(found.status().code(), absl::StatusCode::kUnauthenticated);
  EXPECT_EQ(HintOf(found.status()),
            "set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, or run `aliyun configure`");
}

TEST_F(SourceChainTest, RolesStandOnEachOther) {
  IdentityOptions options;
  options.role_arn = "acs:ram::1:role/a,acs:ram::1:role/b";
  options.role_external_id = "x y";
  EXPECT_EQ(Find(options)->identity.who,
            "access-key of-environment role acs:ram::1:role/a session credential_provider seconds 3600 sts "
            "sts.aliyuncs.com role acs:ram::1:role/b session credential_provider external-id \"x y\" seconds "
            "3600 sts sts.aliyuncs.com");
}

}  // namespace
}  // namespace credential_provider
