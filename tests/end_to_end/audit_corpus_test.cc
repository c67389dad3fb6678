// How much of what is in kubeconfigs `audit` finds, and how often it is wrong: a table for the shapes
// that rules were made with, and one for those that were set aside. Fails below what was reached.
#include <cstdio>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "gtest/gtest.h"
#include "tests/end_to_end/audit_shape.h"
#include "tests/end_to_end/world.h"

namespace credential_provider {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

struct Reached {
  const char* part;
  size_t missed;    // of its secrets, at most
  size_t wrong;     // of its harmless stanzas, at most
  size_t redacted;  // of its secrets with REDACTED instead, at most
};

constexpr Reached kReached[] = {
    {"develop", 0, 0, 1},
    {"held_out", 2, 0, 3},
};

struct Count {
  size_t found = 0;
  size_t all = 0;
};

class AuditCorpusTest : public testing::TestWithParam<Reached> {
 protected:
  // The secrets that are found in a home with these files: their places.
  std::vector<std::string> Audit(const FilledShape& shape) {
    World world(SharedSandbox());
    for (const auto& [path, text] : shape.files) {
      const fs::path target = world.home.Path(path);
      fs::create_directories(target.parent_path());
      Spill(target, text);
      fs::permissions(target, fs::perms::owner_read | fs::perms::owner_write);
      world.secret_files.insert(path);
    }
    const ProcessResult result = world.Run({"kubeconfig_writer", "audit", "--output", "json", "config"});
    for (const std::string& value : shape.values)
      EXPECT_TRUE(value.size() < 6 || value == "REDACTED" || result.out.find(value) == std::string::npos)
          << result.out;
    const json findings = json::parse(result.out, nullptr, false);
    EXPECT_TRUE(findings.is_array()) << result.out << result.err << shape.files.at("config");
    EXPECT_EQ(result.status, findings.empty() ? 0 : 3);
    return PlacesOf(findings);
  }

  std::vector<AuditShape> Shapes(const std::string& kind) const {
    return ReadAuditShapes(absl::StrCat("testdata/audit/", GetParam().part, "/", kind));
  }

 private:
  static std::vector<std::string> PlacesOf(const json& findings) {
    std::vector<std::string> places;
    for (const json& finding : findings) {
      const std::string kind = finding.at("finding");
      EXPECT_NE(kind, "unreadable") << finding;
      if (kind != "mode" && kind != "command") places.push_back(finding.at("place"));
    }
    return places;
  }
};

void Print(const char* title, const std::map<std::string, Count>& counts) {
  Count sum;
  std::printf("%s\n", title);
  for (const auto& [place, count] : counts) {
    std::printf("  %-24s %3zu of %3zu\n", place.c_str(), count.found, count.all);
    sum.found += count.found;
    sum.all += count.all;
  }
  std::printf("  %-24s %3zu of %3zu\n", "together", sum.found, sum.all);
}

TEST_P(AuditCorpusTest, SecretsAreFound) {
  std::map<std::string, Count> counts;
  size_t missed = 0;
  for (const AuditShape& shape : Shapes("secrets")) {
    SCOPED_TRACE(shape.writer);
    const bool found = !Audit(FillShape(shape)).empty();
    ++counts[shape.place].all;
    counts[shape.place].found += found ? 1 : 0;
    missed += found ? 0 : 1;
    if (!found) std::printf("missed: %s | %s\n", shape.place.c_str(), shape.writer.c_str());
  }
  Print(absl::StrCat("secrets found, ", GetParam().part).c_str(), counts);
  EXPECT_LE(missed, GetParam().missed);
}

TEST_P(AuditCorpusTest, WhatIsHarmlessIsLeftAlone) {
  std::map<std::string, Count> counts;
  size_t wrong = 0;
  for (const AuditShape& shape : Shapes("harmless")) {
    SCOPED_TRACE(shape.writer);
    const std::vector<std::string> places = Audit(FillShape(shape));
    ++counts[shape.place].all;
    counts[shape.place].found += places.empty() ? 0 : 1;
    wrong += places.empty() ? 0 : 1;
    for (const std::string& place : places)
      std::printf("wrong: %s | %s: %s\n", shape.place.c_str(), shape.writer.c_str(), place.c_str());
  }
  Print(absl::StrCat("harmless stanzas flagged, ", GetParam().part).c_str(), counts);
  EXPECT_LE(wrong, GetParam().wrong);
}

// So it is the secret that was found, and not something beside it.
TEST_P(AuditCorpusTest, ASecretThatWasTakenOutIsNone) {
  std::map<std::string, Count> counts;
  size_t wrong = 0;
  for (const AuditShape& shape : Shapes("secrets")) {
    SCOPED_TRACE(shape.writer);
    const std::vector<std::string> places = Audit(RedactShape(shape));
    ++counts[shape.place].all;
    counts[shape.place].found += places.empty() ? 0 : 1;
    wrong += places.empty() ? 0 : 1;
    for (const std::string& place : places)
      std::printf("wrong: %s | %s: %s\n", shape.place.c_str(), shape.writer.c_str(), place.c_str());
  }
  Print(absl::StrCat("flagged with REDACTED instead, ", GetParam().part).c_str(), counts);
  EXPECT_LE(wrong, GetParam().redacted);
}

INSTANTIATE_TEST_SUITE_P(Parts, AuditCorpusTest, testing::ValuesIn(kReached),
                         [](const auto& test) { return std::string(test.param.part); });

}  // namespace
}  // namespace credential_provider
