#include "credential_provider/store/entry.h"

#include <map>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "gtest/gtest.h"
#include "tests/testing/document_table.h"
#include "tests/testing/runfiles.h"
#include "tests/testing/temp_dir.h"

namespace credential_provider {
namespace {

const Entry kEntry{absl::FromUnixSeconds(1000), absl::FromUnixSeconds(4600), Secret(R"({"token":"fake"})")};

// The column of examples in the document, put together as the document says, is an entry.
TEST(EntryTest, IsWrittenAsItsDocumentSays) {
  std::map<std::string, std::string> example;
  std::vector<std::string> fields;
  for (const TableRow& row : TableUnder(Slurp(Runfile("docs/store_format.md")), "An entry")) {
    fields.push_back(row[0]);
    example[row[0]] = absl::StrReplaceAll(row[1], {{"`", ""}, {"\\n", "\n"}});
  }
  ASSERT_EQ(fields, (std::vector<std::string>{"name, number", "issued", "expiration", "key size",
                                              "status size", "key", "status"}));
  EXPECT_EQ(FormatEntry(example["key"], kEntry),
            absl::StrCat(example["name, number"], " ", example["issued"], " ", example["expiration"], " ",
                         example["key size"], " ", example["status size"], "\n", example["key"],
                         example["status"]));
}

TEST(EntryTest, OfAnotherVersionIsAMiss) {
  const std::string entry = FormatEntry("key 1 k\n", kEntry);
  for (const char* const number :
       {"entry 0 ", "entry 2 ", "entry 11 ", "entry 1.1 ", "entry -1 ", "entry "}) {
    const std::string other = absl::StrReplaceAll(entry, {{"entry 1 ", number}});
    EXPECT_FALSE(ParseEntry(other, "key 1 k\n").has_value()) << number;
    EXPECT_FALSE(KeyTextOfEntry(other).has_value()) << number;
  }
}

TEST(EntryTest, TimesAreWholeSeconds) {
  const Entry precise{kEntry.issued + absl::Milliseconds(999), kEntry.expiration + absl::Milliseconds(999),
                      kEntry.payload};
  EXPECT_EQ(FormatEntry("k", precise), FormatEntry("k", kEntry));
}

TEST(EntryTest, AnyBytesMayBeInKeyAndStatus) {
  const std::string key("1 2\n\0 entry", 11);
  const Entry entry{kEntry.issued, kEntry.expiration, Secret(std::string("\0\n 3", 4))};
  const auto read = ParseEntry(FormatEntry(key, entry), key);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->payload.Reveal(), entry.payload.Reveal());
  EXPECT_EQ(KeyTextOfEntry(FormatEntry(key, entry)), key);
}

TEST(EntryTest, EndsAMinuteAfterWhatIsPrinted) {
  EXPECT_EQ(EndOf(kEntry), kEntry.expiration + absl::Minutes(1));
}

TEST(EntryTest, ComesBackAsItWas) {
  const auto entry = ParseEntry(FormatEntry("key 1 k\n", kEntry), "key 1 k\n");
  ASSERT_TRUE(entry.has_value());
  EXPECT_EQ(entry->issued, kEntry.issued);
  EXPECT_EQ(entry->expiration, kEntry.expiration);
  EXPECT_EQ(entry->payload.Reveal(), kEntry.payload.Reveal());
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
