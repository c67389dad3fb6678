#include "credential_provider/crypto/acs3_signature.h"

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

// All vectors of all files in testdata/signing: a new file there needs no code.
std::vector<Vector> AllVectors() {
  std::vector<Vector> vectors;
  for (const std::string& path : FilesIn("testdata/signing")) {
    const nlohmann::json file = nlohmann::json::parse(Slurp(path));
    for (const nlohmann::json& json : file.at("vectors")) {
      vectors.push_back({TestName(path) + "_" + TestName(json.at("id").get<std::string>()), json});
    }
  }
  return vectors;
}

class Acs3SignatureTest : public testing::TestWithParam<Vector> {
 protected:
  Acs3Signature Sign() const {
    const nlohmann::json& json = GetParam().json;
    const nlohmann::json& request = json.at("request");
    return SignAcs3({request.at("method"), request.at("path"), request.at("query"), request.at("headers")},
                    json.at("access_key_id").get<std::string>(), Secret(json.at("access_key_secret")));
  }
  std::string Expected(const char* step) const { return GetParam().json.at("expected").at(step); }
};

TEST_P(Acs3SignatureTest, CanonicalQueryIsTheOfficialOne) {
  EXPECT_EQ(Sign().canonical_query, Expected("canonical_query"));
}

TEST_P(Acs3SignatureTest, CanonicalRequestIsTheOfficialOne) {
  EXPECT_EQ(Sign().canonical_request, Expected("canonical_request"));
}

TEST_P(Acs3SignatureTest, StringToSignIsTheOfficialOne) {
  EXPECT_EQ(Sign().string_to_sign, Expected("string_to_sign"));
}

TEST_P(Acs3SignatureTest, SignatureIsTheOfficialOne) {
  EXPECT_EQ(Sign().signature, Expected("signature"));
  EXPECT_EQ(Sign().authorization, Expected("authorization"));
}

INSTANTIATE_TEST_SUITE_P(Vectors, Acs3SignatureTest, testing::ValuesIn(AllVectors()),
                         [](const auto& test) { return test.param.name; });

TEST(Acs3SignatureVectorsTest, ThereAreAtLeastTheTwentyFivePublishedAndSdkOnes) {
  EXPECT_GE(AllVectors().size(), 25u);
}

}  // namespace
}  // namespace credential_provider
