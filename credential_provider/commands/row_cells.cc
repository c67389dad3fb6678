#include "credential_provider/commands/row_cells.h"

#include <algorithm>
#include <cstdint>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "absl/time/time.h"
#include "credential_provider/identity/identity_words.h"
#include "credential_provider/text/display_width.h"

namespace credential_provider {
namespace {

constexpr size_t kWidestCluster = 12;

std::string WithoutScheme(absl::string_view url) {
  absl::ConsumePrefix(&url, "https://");
  return std::string(url);
}

// "60" is "1h".
std::string Minutes(absl::string_view number) {
  int64_t minutes;
  return absl::SimpleAtoi(number, &minutes) ? absl::FormatDuration(absl::Minutes(minutes)) : "";
}

}  // namespace

std::string PartOf(const KeyParts& key, absl::string_view name) {
  for (const auto& [part, value] : key) {
    if (part == name) return value;
  }
  return "";
}

std::string ShortCluster(absl::string_view cluster) {
  return CutToWidth(WithoutScheme(cluster), kWidestCluster);
}

std::string OptionsInWords(const KeyParts& key, absl::string_view identity) {
  const std::string address = PartOf(key, "address");
  std::vector<std::string> options = {Minutes(PartOf(key, "minutes")), address == "private" ? address : "",
                                      PartOf(key, "region"), WithoutScheme(PartOf(key, "endpoint")),
                                      IdentityDetails(identity)};
  options.erase(std::remove(options.begin(), options.end(), ""), options.end());
  return absl::StrJoin(options, ", ");
}

}  // namespace credential_provider
