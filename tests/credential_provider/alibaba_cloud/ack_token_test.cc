#include "credential_provider/alibaba_cloud/ack_token.h"

#include "absl/strings/escaping.h"
#include "absl/strings/strip.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "tests/testing/runfiles.h"
#include "tests/testing/temp_dir.h"

namespace credential_provider {
namespace {

struct Vector {
  std::string name;
  nlohmann::json json;
};

void PrintTo(const Vector& vector, std::ostream* out) { *out << vector.name; }

std::vector<Vector> AllVectors() {
  std::vector<Vector> vectors;
  for (const std::string& path : FilesIn("testdata/ack_token")) {
    const nlohmann::json file = nlohmann::json::parse(Slurp(path));
    for (const nlohmann::json& json : file.at("vectors")) {
      vectors.push_back({TestName(json.at("id").get<std::string>()), json});
    }
  }
  return vectors;
}

class AckTokenTest : public testing::TestWithParam<Vector> {
 protected:
  // Makes the token of the vector and takes it apart again.
  nlohmann::json Payload() const {
    const nlohmann::json& input = GetParam().json.at("input");
    AccessKey key{input.at("access_key_id"), Secret(input.at("access_key_secret")),
                  Secret(input.value("security_token", "")), absl::InfiniteFuture()};
    absl::Time now;
    EXPECT_TRUE(
        absl::ParseTime(absl::RFC3339_full, input.at("x_acs_date").get<std::string>(), &now, nullptr));
    const auto token = MakeAckToken(key, input.at("cluster_id").get<std::string>(),
                                    input.at("user_agent").get<std::string>(), now + absl::Milliseconds(700));
    if (!token.ok()) return {};
    absl::string_view text = token->Reveal();
    EXPECT_TRUE(absl::ConsumePrefix(&text, "k8s-ack-v2."));
    EXPECT_EQ(text.size() % 4, 0u) << "base64 with padding";
    std::string json;
    EXPECT_TRUE(absl::Base64Unescape(text, &json));
    return nlohmann::json::parse(json);
  }
};

TEST_P(AckTokenTest, EveryFieldIsTheOfficialOne) {
  const nlohmann::json& expected = GetParam().json.at("expected").at("token_payload");
  const nlohmann::json payload = Payload();
  ASSERT_EQ(payload.size(), expected.size());
  for (const auto& [field, value] : expected.items()) EXPECT_EQ(payload.at(field), value) << field;
}

TEST_P(AckTokenTest, WhatTheWebhookReplaysIsWhatWasSigned) {
  const nlohmann::json& replayed = GetParam().json.at("expected").at("webhook_replays").at("headers");
  const nlohmann::json payload = Payload();
  for (const auto& [header, value] : replayed.items())
    EXPECT_EQ(payload.at("headers").at(header), value) << header;
}

INSTANTIATE_TEST_SUITE_P(Vectors, AckTokenTest, testing::ValuesIn(AllVectors()),
                         [](const auto& test) { return test.param.name; });

TEST(AckTokenSizeTest, ATokenThatTheWebhookWouldRefuseIsNotMade) {
  const AccessKey key{"STS.fake", Secret("fake"), Secret(std::string(2600, 'x')), absl::InfiniteFuture()};
  const auto token = MakeAckToken(key, "c1", "test", absl::FromUnixSeconds(1767323045));
  EXPECT_EQ(
      token.status().message(),
      "token: 4207 bytes, but ack-ram-authenticator takes 4096 at most; the security token alone has 2600");
}

}  // namespace
}  // namespace credential_provider
