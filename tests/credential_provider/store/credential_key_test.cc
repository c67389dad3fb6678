#include "credential_provider/store/credential_key.h"

#include "gtest/gtest.h"

namespace credential_provider {
namespace {

TEST(CredentialKeyTest, PartsCannotRunIntoEachOther) {
  EXPECT_NE(CredentialKey().Add("a", "b\nc 1 d").text(), CredentialKey().Add("a", "b").Add("c", "d").text());
  EXPECT_NE(CredentialKey().Add("a", "bc").Add("d", "").text(),
            CredentialKey().Add("a", "b").Add("d", "c").text());
}

TEST(CredentialKeyTest, FileNameIsTheSameInEveryRun) {
  EXPECT_EQ(CredentialKey().FileName(), "cbf29ce484222325");  // the offset basis of FNV-1a
  EXPECT_EQ(CredentialKey().Add("cluster", "c1").FileName(), CredentialKey().Add("cluster", "c1").FileName());
}

TEST(CredentialKeyTest, OtherPartsGiveAnotherFileName) {
  EXPECT_NE(CredentialKey().Add("cluster", "c1").FileName(), CredentialKey().Add("cluster", "c2").FileName());
}

}  // namespace
}  // namespace credential_provider
