#include "tests/sandbox/signing/rpc_v1_signature.h"

#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "tests/sandbox/wire/percent_encoding.h"
#include "tests/sandbox/wire/rfc3339.h"
#include "tests/testing/runfiles.h"
#include "tests/testing/temp_dir.h"

namespace sandbox {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1767323045);

TEST(RpcV1SignatureTest, AgreesWithTheVectors) {
  const auto file = nlohmann::json::parse(
      credential_provider::Slurp(credential_provider::Runfile("testdata/signing/acs3_signature.json")));
  int compared = 0;
  for (const auto& vector : file.at("legacy_vectors").at("vectors")) {
    if (!vector.contains("parameters")) continue;
    NameValues parameters;
    for (const auto& [name, value] : vector.at("parameters").items()) parameters.emplace_back(name, value);
    EXPECT_EQ(RpcV1Signature(parameters, std::string(vector.at("access_key_secret"))),
              vector.at("signature"));
    ++compared;
  }
  EXPECT_EQ(compared, 2);
}

// A request of alice's at `time`, with the signature of `secret`.
HttpRequest Signed(const std::string& secret, absl::Time time) {
  NameValues parameters = {
      {"AccessKeyId", "sandbox-alice"}, {"SignatureMethod", "HMAC-SHA1"},   {"SignatureNonce", "n"},
      {"SignatureVersion", "1.0"},      {"Timestamp", FormatRfc3339(time)}, {"Action", "AssumeRole"}};
  parameters.emplace_back("Signature", RpcV1Signature(parameters, secret));
  HttpRequest request;
  request.raw_query = CanonicalQuery(parameters);
  return request;
}

TEST(RpcV1SignatureTest, RightSecretAndTimeNameTheCaller) {
  const Identities identities;
  ASSERT_TRUE(IsRpcV1(Signed("sandbox-alice-secret", kNow)));
  EXPECT_TRUE(VerifyRpcV1(Signed("sandbox-alice-secret", kNow), identities, kNow).caller);
}

TEST(RpcV1SignatureTest, WrongSecretAndOldTimeAreRefused) {
  const Identities identities;
  EXPECT_EQ(VerifyRpcV1(Signed("another", kNow), identities, kNow).error.code, "SignatureDoesNotMatch");
  EXPECT_EQ(VerifyRpcV1(Signed("sandbox-alice-secret", kNow), identities, kNow + absl::Hours(1)).error.code,
            "InvalidTimeStamp.Expired");
}

}  // namespace
}  // namespace sandbox
