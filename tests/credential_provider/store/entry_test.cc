#include "credential_provider/store/entry.h"

#include "gtest/gtest.h"

namespace credential_provider {
namespace {

const Entry kEntry{absl::FromUnixSeconds(1000), absl::FromUnixSeconds(4600), Secret(R"({"token":"fake"})")};

TEST(EntryTest, ComesBackAsItWas) {
  const auto entry = ParseEntry(FormatEntry("key 1 k\n", kEntry), "key 1 k\n");
  ASSERT_TRUE(entry.has_value());
  EXPECT_EQ(entry->issued, kEntry.issued);
  EXPECT_EQ(entry->expiration, kEntry.expiration);
  EXPECT_EQ(entry->status_json.Reveal(), kEntry.status_json.Reveal());
}

TEST(EntryTest, MadeForAnotherKeyIsAMiss) {
  EXPECT_FALSE(ParseEntry(FormatEntry("key 1 k\n", kEntry), "key 1 q\n").has_value());
  EXPECT_FALSE(ParseEntry(FormatEntry("key 1 k\n", kEntry), "key 1 k").has_value());
}

TEST(EntryTest, TornAnywhereIsAMiss) {
  const std::string whole = FormatEntry("key 1 k\n", kEntry);
  for (size_t size = 0; size < whole.size(); ++size) {
    EXPECT_FALSE(ParseEntry(whole.substr(0, size), "key 1 k\n").has_value()) << size;
  }
}

TEST(EntryTest, WithSomethingBehindItIsAMiss) {
  EXPECT_FALSE(ParseEntry(FormatEntry("key 1 k\n", kEntry) + "x", "key 1 k\n").has_value());
}

TEST(EntryTest, TellsTheKeyThatItWasMadeFor) {
  EXPECT_EQ(KeyTextOfEntry(FormatEntry("key 1 k\n", kEntry)), "key 1 k\n");
  EXPECT_FALSE(KeyTextOfEntry("credential_provider entry 1 1 2 9 -1\nkey").has_value());
}

TEST(EntryTest, ForeignTextIsAMiss) {
  for (const char* text : {"", "{}", "credential_provider entry 2 1 2 3 4\n",
                           "credential_provider entry 1 x 2 3 4\n", "credential_provider entry 1 1 2 -3 4\n",
                           "credential_provider entry 1 1 2 99999999999999999999 4\n"}) {
    EXPECT_FALSE(ParseEntry(text, "key").has_value()) << text;
  }
}

}  // namespace
}  // namespace credential_provider
