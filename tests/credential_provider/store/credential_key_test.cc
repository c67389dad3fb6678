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

TEST(CredentialKeyTest, PartsAreFoundByTheirNames) {
  const CredentialKey key =
      CredentialKey::FromText(CredentialKey().Add("a", "x\nb 1 y").Add("b", "").Add("cluster", "c 1").text());
  EXPECT_EQ(key.Part("a"), "x\nb 1 y");
  EXPECT_EQ(key.Part("b"), "");
  EXPECT_EQ(key.Part("cluster"), "c 1");
  EXPECT_EQ(key.Part("nobody"), "");
}

TEST(CredentialKeyTest, TextThatIsNoKeyHasNoParts) {
  for (const char* text : {"", "a", "a 5", "a 5 x\n", "a -1 x\n", "a x y\n", " ", "\n\n"}) {
    EXPECT_EQ(CredentialKey::FromText(text).Part("a"), "") << text;
  }
}

}  // namespace
}  // namespace credential_provider
