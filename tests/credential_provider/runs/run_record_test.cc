// The record's bytes are those of docs/store_format.md, and whatever bytes there are, no run trips over them.
#include "credential_provider/runs/run_record.h"

#include <cstddef>
#include <cstring>
#include <filesystem>

#include "credential_provider/base/status_context.h"
#include "credential_provider/runs/run_state.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/document_table.h"
#include "tests/testing/runfiles.h"
#include "tests/testing/temp_dir.h"

namespace credential_provider {
namespace {

using testing::Each;
using testing::ElementsAreArray;

constexpr size_t kSecondPart = 512;  // where IssueRecord begins in the file

// A row of the document: offset, bytes, name.
TableRow Row(size_t offset, size_t size, const char* name) {
  return {std::to_string(offset), std::to_string(size), name};
}

#define FIELD_OF(part, begin, field) Row((begin) + offsetof(part, field), sizeof(part::field), #field)

TEST(RunRecordTest, IsLaidOutAsItsDocumentSays) {
  std::vector<TableRow> documented = TableUnder(Slurp(Runfile("docs/store_format.md")), "A run record");
  for (TableRow& row : documented) row.resize(3);
  EXPECT_THAT(documented, ElementsAreArray({
                              FIELD_OF(AnswerLog, 0, magic),
                              FIELD_OF(AnswerLog, 0, starts),
                              FIELD_OF(AnswerLog, 0, warned_us),
                              FIELD_OF(AnswerLog, 0, refused_us),
                              FIELD_OF(AnswerLog, 0, gave_up_us),
                              FIELD_OF(AnswerLog, 0, gave_up_on),
                              FIELD_OF(AnswerLog, 0, unused),
                              FIELD_OF(AnswerLog, 0, recent),
                              FIELD_OF(IssueRecord, kSecondPart, magic),
                              FIELD_OF(IssueRecord, kSecondPart, issuances),
                              FIELD_OF(IssueRecord, kSecondPart, rejected_us),
                              FIELD_OF(IssueRecord, kSecondPart, failed_us),
                              FIELD_OF(IssueRecord, kSecondPart, failures),
                              FIELD_OF(IssueRecord, kSecondPart, failed_code),
                              FIELD_OF(IssueRecord, kSecondPart, place),
                              FIELD_OF(IssueRecord, kSecondPart, holder),
                              FIELD_OF(IssueRecord, kSecondPart, held_us),
                              FIELD_OF(IssueRecord, kSecondPart, proof),
                              FIELD_OF(IssueRecord, kSecondPart, reason),
                              FIELD_OF(IssueRecord, kSecondPart, hint),
                              FIELD_OF(IssueRecord, kSecondPart, passed_over),
                          }));
  EXPECT_EQ(sizeof(AnswerLog), 432u) << "bytes behind the last field have no row";
  EXPECT_EQ(sizeof(IssueRecord), 1376u) << "bytes behind the last field have no row";
}

// The record of one key, and the file that it is in.
class RunRecordFileTest : public testing::Test {
 protected:
  RunState Load() {
    RunState state({&folder_}, key_);
    state.Load();
    return state;
  }
  void Save() {
    RunState state = Load();
    state.servings.Add({1, 2, 3, 0});
    state.SaveServings();
    state.issuance.issuances = 5;
    state.SaveIssuance();
  }

  TempDir dir_;
  PrivateFolder folder_{dir_.Path("store")};
  const CredentialKey key_ = CredentialKey().Add("cluster", "c1");
  const std::string path_ = folder_.path() + "/" + key_.FileName() + ".state";
};

TEST_F(RunRecordFileTest, HasBothPartsUnderTheirNames) {
  Save();
  const std::string bytes = Slurp(path_);
  EXPECT_EQ(bytes.size(), kSecondPart + sizeof(IssueRecord));
  EXPECT_EQ(bytes.substr(0, 8), "cpServe2");
  EXPECT_EQ(bytes.substr(kSecondPart, 8), "cpIssue2");
  const std::string served("\1\0\0\0\0\0\0\0\2\0\0\0\0\0\0\0\3\0\0\0\0\0\0\0", 24);
  EXPECT_EQ(bytes.substr(48, served.size()), served);
  EXPECT_THAT(bytes.substr(sizeof(AnswerLog), kSecondPart - sizeof(AnswerLog)), Each('\0'));
}

TEST_F(RunRecordFileTest, OfAnotherVersionCountsAsEmptyPartByPart) {
  for (const char version : {'1', '3', '9', '\0'}) {
    Save();
    std::string bytes = Slurp(path_);
    bytes[7] = version;
    Spill(path_, bytes);
    EXPECT_EQ(Load().servings.starts, 0u) << version;
    EXPECT_EQ(Load().issuance.issuances, 5u) << version;
    Save();
    bytes = Slurp(path_);
    bytes[kSecondPart + 7] = version;
    Spill(path_, bytes);
    EXPECT_EQ(Load().issuance.issuances, 0u) << version;
  }
}

TEST_F(RunRecordFileTest, OfAnyVersionIsRemovedAsARecord) {
  for (const char version : {'1', '2', '3', 'x'}) {
    Save();
    std::string bytes = Slurp(path_);
    bytes[7] = version;
    Spill(path_, bytes);
    RemoveRunStates(folder_);
    EXPECT_FALSE(std::filesystem::exists(path_)) << version;
  }
}

TEST(RunRecordTest, OnlyTheVersionMayDifferInTheMagicOfServings) {
  EXPECT_TRUE(IsServingsMagic(kServingsMagic));
  EXPECT_TRUE(IsServingsMagic(kServingsMagic ^ (uint64_t{1} << 56)));
  EXPECT_FALSE(IsServingsMagic(kServingsMagic ^ 1));
  EXPECT_FALSE(IsServingsMagic(kIssuanceMagic));
  EXPECT_FALSE(IsServingsMagic(0));
}

TEST(ServingsTest, TheOldestMakesRoomForTheNewest) {
  AnswerLog servings = {};
  for (int i = 0; i < kRecentServings + 1; ++i) servings.Add({i, 0, i, 0});
  EXPECT_EQ(servings.starts, static_cast<uint64_t>(kRecentServings) + 1);
  EXPECT_EQ(servings.recent[0].starter, kRecentServings);
  EXPECT_EQ(servings.recent[1].starter, 1);
}

TEST(ServingsTest, AnyNumberOfStartsHasItsPlace) {
  AnswerLog servings = {};
  servings.starts = ~uint64_t{0};
  servings.Add({1, 0, 7, 0});
  EXPECT_EQ(servings.recent[kRecentServings - 1].starter, 7);
  EXPECT_EQ(servings.starts, 0u);
}

TEST(IssuanceTest, AFailureComesBackAsItWas) {
  IssueRecord issuance = {};
  EXPECT_EQ(issuance.Failure(), absl::OkStatus());
  issuance.Fail(WithHint(absl::PermissionDeniedError("no"), "ask"), "proof", absl::FromUnixMicros(9));
  EXPECT_EQ(issuance.Failure(), WithHint(absl::PermissionDeniedError("no"), "ask"));
  EXPECT_EQ(issuance.failed(), absl::FromUnixMicros(9));
  EXPECT_EQ(issuance.failures, 1);
}

TEST(IssuanceTest, TheNextFailureLeavesNothingOfTheOneBefore) {
  IssueRecord issuance = {};
  issuance.Fail(WithHint(absl::InternalError("a long reason"), "a hint"), "a long proof", absl::UnixEpoch());
  issuance.Fail(absl::UnavailableError("short"), "p", absl::FromUnixMicros(1));
  EXPECT_EQ(issuance.Failure(), absl::UnavailableError("short"));
  EXPECT_EQ(HintOf(issuance.Failure()), "");
  EXPECT_EQ(std::string(issuance.reason, sizeof(issuance.reason)).find("reason"), std::string::npos);
  EXPECT_EQ(issuance.failures, 2);
}

TEST(IssuanceTest, ANumberOfFailuresThatIsNoneCountsFromOne) {
  IssueRecord issuance = {};
  issuance.failures = -7;
  EXPECT_EQ(issuance.Failure(), absl::OkStatus());
  issuance.Fail(absl::InternalError("no"), "", absl::UnixEpoch());
  EXPECT_EQ(issuance.failures, 1);
}

TEST(IssuanceTest, AFailureIsNeverASuccessWhateverItsCode) {
  IssueRecord issuance = {};
  issuance.Fail(absl::InternalError("no"), "", absl::UnixEpoch());
  for (const int32_t code : {0, 17, -1, 1 << 30}) {
    issuance.failed_code = code;
    EXPECT_FALSE(issuance.Failure().ok()) << code;
  }
}

TEST(IssuanceTest, IsTakenForTheSecretsOfItsProofAlone) {
  IssueRecord issuance = {};
  EXPECT_TRUE(issuance.HasProof("")) << "as where nothing tells";
  issuance.Fail(absl::InternalError("no"), "0123456789abcdef0123456789abcdef", absl::UnixEpoch());
  EXPECT_TRUE(issuance.HasProof("0123456789abcdef0123456789abcdef"));
  for (const char* const other : {"", "0123456789abcdef0123456789abcde", "0123456789abcdef0123456789abcdeg"})
    EXPECT_FALSE(issuance.HasProof(other)) << other;
}

TEST(FieldTest, LongTextIsCutAndEndsWithAZeroByte) {
  IssueRecord issuance = {};
  issuance.Fail(absl::InternalError(std::string(5000, 'x')), std::string(5000, 'y'), absl::UnixEpoch());
  EXPECT_EQ(issuance.Failure().message(), std::string(sizeof(issuance.reason) - 1, 'x'));
  EXPECT_EQ(issuance.proof[sizeof(issuance.proof) - 1], '\0');
  EXPECT_TRUE(issuance.HasProof(std::string(5000, 'y'))) << "what was cut is compared cut";
}

TEST(FieldTest, BytesWithoutAnEndAreReadToTheEndOfTheField) {
  char field[4];
  std::memset(field, 'x', sizeof(field));
  EXPECT_EQ(GetField(field, sizeof(field)), "xxxx");
  SetField("ab", field, sizeof(field));
  EXPECT_EQ(std::string(field, sizeof(field)), std::string("ab\0\0", 4));
  EXPECT_EQ(GetField(field, sizeof(field)), "ab");
}

}  // namespace
}  // namespace credential_provider
