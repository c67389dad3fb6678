#include "credential_provider/store/entry.h"

#include <cstdint>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace credential_provider {
namespace {

constexpr char kMagic[] = "credential_provider entry 1 ";

// Takes a number and the character behind it from the front of `data`.
bool TakeNumber(absl::string_view* data, char end, int64_t* number) {
  const size_t length = data->find(end);
  if (length == absl::string_view::npos || !absl::SimpleAtoi(data->substr(0, length), number)) return false;
  data->remove_prefix(length + 1);
  return true;
}

}  // namespace

std::string FormatEntry(absl::string_view key_text, const Entry& entry) {
  return absl::StrCat(kMagic, absl::ToUnixSeconds(entry.issued), " ", absl::ToUnixSeconds(entry.expiration),
                      " ", key_text.size(), " ", entry.status_json.Reveal().size(), "\n", key_text,
                      entry.status_json.Reveal());
}

absl::optional<Entry> ParseEntry(absl::string_view data, absl::string_view key_text) {
  int64_t issued, expiration, key_size, status_size;
  if (!absl::ConsumePrefix(&data, kMagic) || !TakeNumber(&data, ' ', &issued) ||
      !TakeNumber(&data, ' ', &expiration) || !TakeNumber(&data, ' ', &key_size) ||
      !TakeNumber(&data, '\n', &status_size)) {
    return absl::nullopt;
  }
  if (key_size != static_cast<int64_t>(key_text.size()) || !absl::ConsumePrefix(&data, key_text))
    return absl::nullopt;
  if (status_size != static_cast<int64_t>(data.size())) return absl::nullopt;
  return Entry{absl::FromUnixSeconds(issued), absl::FromUnixSeconds(expiration), Secret(std::string(data))};
}

}  // namespace credential_provider
