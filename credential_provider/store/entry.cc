#include "credential_provider/store/entry.h"

#include <cstdint>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace credential_provider {
namespace {

constexpr char kMagic[] = "credential_provider entry 1 ";

// Takes a number and the character after it from the front of `data`.
bool TakeNumber(absl::string_view* data, char end, int64_t* number) {
  const size_t length = data->find(end);
  if (length == absl::string_view::npos || !absl::SimpleAtoi(data->substr(0, length), number)) return false;
  data->remove_prefix(length + 1);
  return true;
}

struct Parts {
  int64_t issued;
  int64_t expiration;
  absl::string_view key_text;
  absl::string_view payload;
};

// Takes `data` apart; nullopt unless the lengths in its header line are exactly those of what follows.
absl::optional<Parts> Split(absl::string_view data) {
  Parts parts;
  int64_t key_size, status_size;
  if (!absl::ConsumePrefix(&data, kMagic) || !TakeNumber(&data, ' ', &parts.issued) ||
      !TakeNumber(&data, ' ', &parts.expiration) || !TakeNumber(&data, ' ', &key_size) ||
      !TakeNumber(&data, '\n', &status_size)) {
    return absl::nullopt;
  }
  const auto size = static_cast<int64_t>(data.size());
  if (key_size < 0 || key_size > size || status_size != size - key_size) return absl::nullopt;
  parts.key_text = data.substr(0, static_cast<size_t>(key_size));
  parts.payload = data.substr(static_cast<size_t>(key_size));
  return parts;
}

}  // namespace

std::string FormatEntry(absl::string_view key_text, const Entry& entry) {
  return absl::StrCat(kMagic, absl::ToUnixSeconds(entry.issued), " ", absl::ToUnixSeconds(entry.expiration),
                      " ", key_text.size(), " ", entry.payload.Reveal().size(), "\n", key_text,
                      entry.payload.Reveal());
}

absl::optional<Entry> ParseEntry(absl::string_view data, absl::string_view key_text) {
  const absl::optional<Parts> parts = Split(data);
  if (!parts || parts->key_text != key_text) return absl::nullopt;
  return Entry{absl::FromUnixSeconds(parts->issued), absl::FromUnixSeconds(parts->expiration),
               Secret(std::string(parts->payload))};
}

absl::optional<std::string> KeyTextOfEntry(absl::string_view data) {
  const absl::optional<Parts> parts = Split(data);
  if (!parts) return absl::nullopt;
  return std::string(parts->key_text);
}

}  // namespace credential_provider
