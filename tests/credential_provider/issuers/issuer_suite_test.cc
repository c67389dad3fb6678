// What every issuer must keep, whatever it issues: those of the table, a new row without another line, and
// `get exec`.
#include <algorithm>
#include <map>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "credential_provider/base/status_context.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/credential_provider/issuers/tested_issuer.h"

namespace credential_provider {
namespace {

using testing::HasSubstr;
using testing::Not;

// A value that differs from the default, by what help calls the value of a flag.
const std::map<std::string, std::string> kSamples = {
    {"ID", kOtherCluster}, {"NAMES", "TERM"},   {"REGION", "cn-beijing"},
    {"TIME", "15m"},       {"TYPE", "private"}, {"URL", "https://cs.example.com"},
};

// The question with `flag` beside it, with a value that is not the default.
Question With(const FlagSpec& flag) {
  Question question;
  if (flag.value == nullptr) {
    question.flags = {flag.name};
  } else if (absl::string_view(flag.name) == "--cluster-id") {
    question.cluster = kOtherCluster;
  } else {
    question.flags = {flag.name, kSamples.at(flag.value)};
  }
  return question;
}

class IssuerTest : public testing::TestWithParam<std::string> {
 protected:
  const std::unique_ptr<TestedIssuer> issuer_ = MakeTestedIssuer(GetParam());
};

TEST_P(IssuerTest, TheSameQuestionHasTheSameKey) {
  EXPECT_EQ(issuer_->Key(Question()).text(), issuer_->Key(Question()).text());
}

TEST_P(IssuerTest, TheKeyNamesTheIssuerAndTellsClustersAndIdentitiesApart) {
  EXPECT_EQ(issuer_->Key(Question()).Part("issuer"), GetParam());
  EXPECT_NE(issuer_->Key(Question()).Part("identity"), "");
  EXPECT_NE(issuer_->Key({"sandbox-bob"}).text(), issuer_->Key(Question()).text());
  EXPECT_NE(issuer_->Key({"sandbox-alice", kOtherCluster}).text(), issuer_->Key(Question()).text());
  EXPECT_NE(issuer_->Key(Question()).Part("cluster"),
            issuer_->Key({"sandbox-alice", kOtherCluster}).Part("cluster"));
}

TEST_P(IssuerTest, AFlagThatIsNotInTheKeyChangesNothingInTheCredential) {
  for (const FlagSpec& flag : issuer_->flags()) {
    const Question changed = With(flag);
    if (issuer_->Key(changed).text() != issuer_->Key(Question()).text()) continue;
    const auto one = issuer_->Issue(Question(), {}), other = issuer_->Issue(changed, {});
    ASSERT_TRUE(one.ok() && other.ok()) << flag.name << ": " << one.status() << other.status();
    EXPECT_TRUE(one->token.Reveal() == other->token.Reveal() &&
                one->certificate_pem == other->certificate_pem)
        << flag.name << " changes the credential and is not in the key";
  }
}

TEST_P(IssuerTest, NoSecretIsInTheKey) {
  EXPECT_THAT(issuer_->Key(Question()).text(), Not(HasSubstr(SecretOf(Question()))));
}

TEST_P(IssuerTest, ACredentialIsATokenOrAPairAndExpiresInTheFuture) {
  const auto issued = issuer_->Issue(Question(), {});
  ASSERT_TRUE(issued.ok()) << issued.status();
  EXPECT_EQ(issued->certificate_pem.empty(), issued->key_pem.empty());
  EXPECT_NE(issued->token.empty(), issued->certificate_pem.empty());
  EXPECT_GT(issued->expires, issuer_->now());
  EXPECT_LT(issued->expires, issuer_->now() + absl::Hours(72) + absl::Minutes(1));
}

TEST_P(IssuerTest, AnExpiredAnswerIsNeverTakenForAGoodOne) {
  const auto issued = issuer_->Issue(Question(), {Answer::kExpired});
  if (issuer_->asked() == 0) {
    EXPECT_TRUE(issued.ok()) << "who asks nobody cannot be told anything";
  } else if (issuer_->judges_the_end()) {
    EXPECT_FALSE(issued.ok());
    EXPECT_NE(HintOf(issued.status()), "");
  } else {
    EXPECT_TRUE(issued.ok() && issued->expires <= issuer_->now());
  }
}

TEST_P(IssuerTest, AWrongAnswerIsRefusedAndShowsNoSecret) {
  const std::string secret = SecretOf(Question());
  const std::vector<Answer> answers = {
      {Answer::kGood, 500},
      {Answer::kText, 200, ""},
      {Answer::kText, 200, absl::StrCat("<html>", secret, "</html>")},
      {Answer::kText, 200, absl::StrCat("{\"", secret, "\": 1}")},
      {Answer::kText, 200, absl::StrCat("{\"config\": \"", secret)},
      {Answer::kText, 200, absl::StrCat("\"", secret, "\"")},
      {Answer::kText, 302, secret},
      {Answer::kText, 403, absl::StrCat("{\"code\": \"Forbidden\", \"message\": \"", secret, "\"}")},
      {Answer::kText, 404, secret},
      {Answer::kText, 503, secret},
  };
  for (const Answer& answer : answers) {
    const int before = issuer_->asked();
    const absl::Status status = issuer_->Issue(Question(), answer).status();
    EXPECT_EQ(status.ok(), issuer_->asked() == before) << "answer " << answer.status << " " << answer.text;
    EXPECT_THAT(status.ToString(), Not(HasSubstr(secret)));
    EXPECT_THAT(HintOf(status), Not(HasSubstr(secret)));
  }
}

TEST_P(IssuerTest, FlagsComeBackFromTheirFormat) {
  for (const FlagSpec& flag : issuer_->flags()) {
    const auto formatted = issuer_->FormatFlags(With(flag));
    ASSERT_TRUE(formatted.ok()) << flag.name << ": " << formatted.status();
    EXPECT_THAT(*formatted, testing::Contains(flag.name));
    Question again;
    again.flags = *formatted;
    // The cluster is a flag for some, and has its own place in a question.
    const auto cluster = std::find(again.flags.begin(), again.flags.end(), "--cluster-id");
    if (cluster != again.flags.end()) {
      again.cluster = *(cluster + 1);
      again.flags.erase(cluster, cluster + 2);
    }
    EXPECT_EQ(*issuer_->FormatFlags(again), *formatted) << flag.name;
    EXPECT_EQ(issuer_->Key(again).text(), issuer_->Key(With(flag)).text()) << flag.name;
  }
}

TEST_P(IssuerTest, AFlagIsExplainedInALineAndRefusesWhatItCannotTake) {
  for (const FlagSpec& flag : issuer_->flags()) {
    const absl::string_view help(flag.help);
    EXPECT_THAT(std::string(flag.name), testing::StartsWith("--"));
    EXPECT_THAT(FormatFlags({flag}), HasSubstr(flag.name));
    EXPECT_FALSE(help.empty() || help.back() == '.' || absl::ascii_isupper(help.front())) << flag.name;
    EXPECT_EQ(help.find('\n'), absl::string_view::npos) << flag.name;
    if (flag.value == nullptr) continue;
    Question broken = With(flag);
    if (broken.flags.empty()) {
      broken.cluster = "marked value";
    } else {
      broken.flags[1] = "marked value";
    }
    const absl::Status refused = issuer_->FormatFlags(broken).status();
    EXPECT_EQ(refused.code(), absl::StatusCode::kInvalidArgument) << flag.name;
    EXPECT_THAT(std::string(refused.message()), HasSubstr(flag.name));
  }
}

TEST(IssuersTest, NoTwoShareAKey) {
  std::map<std::string, std::string> owners;
  for (const std::string& name : AllIssuers()) {
    const auto [owner, is_new] = owners.emplace(MakeTestedIssuer(name)->Key(Question()).text(), name);
    EXPECT_TRUE(is_new) << name << " and " << owner->second;
  }
}

INSTANTIATE_TEST_SUITE_P(All, IssuerTest, testing::ValuesIn(AllIssuers()), [](const auto& test) {
  std::string name = test.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

}  // namespace
}  // namespace credential_provider
