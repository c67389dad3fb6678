// The vectors of testdata/signing, each step on its own.
#include "tests/sandbox/signing/acs3_signature.h"

#include <string>
#include <vector>

#include "absl/strings/str_replace.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "tests/sandbox/signing/digest.h"
#include "tests/sandbox/wire/percent_encoding.h"
#include "tests/testing/runfiles.h"
#include "tests/testing/temp_dir.h"

namespace sandbox {
namespace {

using nlohmann::json;

std::vector<json> Vectors() {
  const std::string file = credential_provider::Runfile("testdata/signing/acs3_signature.json");
  return json::parse(credential_provider::Slurp(file)).at("vectors");
}

// The query goes out in an order of its own; canonicalising it is the verifier's work.
std::string WireQuery(const json& query) {
  std::string wire;
  for (auto pair = query.rbegin(); pair != query.rend(); ++pair) {
    wire += PercentEncode(pair.key()) + "=" + PercentEncode(pair.value().get<std::string>()) + "&";
  }
  if (!wire.empty()) wire.pop_back();
  return wire;
}

HttpRequest RequestOf(const json& vector) {
  const json& from = vector.at("request");
  HttpRequest request;
  request.method = from.at("method");
  request.path = from.at("path");
  request.raw_query = WireQuery(from.at("query"));
  request.body = from.at("body");
  for (const auto& [name, value] : from.at("headers").items()) request.headers.emplace_back(name, value);
  return request;
}

class Acs3SignatureVectorTest : public testing::TestWithParam<json> {};

TEST_P(Acs3SignatureVectorTest, EachStepIsAsExpected) {
  const HttpRequest request = RequestOf(GetParam());
  const json& expected = GetParam().at("expected");
  const std::string header = expected.at("authorization");
  const absl::optional<Acs3Authorization> authorization = ParseAcs3Authorization(header);
  ASSERT_TRUE(authorization);
  EXPECT_EQ(authorization->access_key_id, GetParam().at("access_key_id"));
  EXPECT_EQ(CanonicalQuery(request.Query()), expected.at("canonical_query"));
  EXPECT_EQ(request.Header("x-acs-content-sha256"), Sha256Hex(request.body));
  const std::string canonical = CanonicalRequest(request, authorization->signed_headers);
  EXPECT_EQ(canonical, expected.at("canonical_request"));
  EXPECT_EQ(StringToSign(canonical), expected.at("string_to_sign"));
  const std::string secret = GetParam().at("access_key_secret");
  EXPECT_EQ(Acs3Signature(secret, StringToSign(canonical)), expected.at("signature"));
  EXPECT_EQ(authorization->signature, expected.at("signature"));
}

INSTANTIATE_TEST_SUITE_P(
    AllVectors, Acs3SignatureVectorTest, testing::ValuesIn(Vectors()), [](const auto& vector) {
      return absl::StrReplaceAll(vector.param.at("id").template get<std::string>(), {{"-", "_"}});
    });

const std::string kSignature(64, 'a');

TEST(Acs3AuthorizationTest, EveryPartIsRead) {
  const auto parsed =
      ParseAcs3Authorization("ACS3-HMAC-SHA256 Credential=id,SignedHeaders=a;b,Signature=" + kSignature);
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->signed_headers, (std::vector<std::string>{"a", "b"}));
}

TEST(Acs3AuthorizationTest, AnythingElseIsRefused) {
  for (const char* start : {
           "ACS3-HMAC-SM3 Credential=id,SignedHeaders=a;b,Signature=",
           "ACS3-HMAC-SHA256 Credential=,SignedHeaders=a;b,Signature=",
           "ACS3-HMAC-SHA256 Credential=id, SignedHeaders=a;b,Signature=",
           "ACS3-HMAC-SHA256 SignedHeaders=a;b,Credential=id,Signature=",
           "ACS3-HMAC-SHA256 Credential=id,SignedHeaders=b;a,Signature=",
           "ACS3-HMAC-SHA256 Credential=id,SignedHeaders=a;a,Signature=",
           "ACS3-HMAC-SHA256 Credential=id,SignedHeaders=A;b,Signature=",
           "ACS3-HMAC-SHA256 Credential=id,SignedHeaders=,Signature=",
           "acs id:",
           "",
       }) {
    EXPECT_FALSE(ParseAcs3Authorization(start + kSignature)) << start;
  }
}

}  // namespace
}  // namespace sandbox
