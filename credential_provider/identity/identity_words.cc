#include "credential_provider/identity/identity_words.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/time/time.h"
#include "credential_provider/alibaba_cloud/sts_role.h"

namespace credential_provider {
namespace {

struct Part {
  std::string name;
  std::string value;
};

// Returns where the value at the start of `text` ends: at a blank that is not in quotes.
size_t EndOfValue(absl::string_view text) {
  if (text.empty() || text[0] != '"') return std::min(text.find(' '), text.size());
  size_t end = 1;
  while (end < text.size() && text[end] != '"') end += text[end] == '\\' ? 2 : 1;
  return std::min(end + 1, text.size());
}

std::string Unquoted(absl::string_view value) {
  std::string plain;
  if (value.size() < 2 || value[0] != '"') return std::string(value);
  return absl::CUnescape(value.substr(1, value.size() - 2), &plain) ? plain : std::string(value);
}

std::vector<Part> PartsOf(absl::string_view who) {
  std::vector<Part> parts;
  while (!who.empty()) {
    const size_t blank = std::min(who.find(' '), who.size());
    Part part = {std::string(who.substr(0, blank)), ""};
    who.remove_prefix(std::min(blank + 1, who.size()));
    const size_t end = EndOfValue(who);
    part.value = Unquoted(who.substr(0, end));
    who.remove_prefix(std::min(end + 1, who.size()));
    parts.push_back(std::move(part));
  }
  return parts;
}

// "role ack-reader of 1000000000000001" for "acs:ram::1000000000000001:role/ack-reader".
std::string ArnInWords(absl::string_view arn) {
  const std::vector<absl::string_view> fields = absl::StrSplit(arn, ':');
  if (fields.size() < 5 || fields[0] != "acs") return std::string(arn);
  std::pair<std::string, std::string> kind = absl::StrSplit(fields.back(), absl::MaxSplits('/', 1));
  std::replace(kind.first.begin(), kind.first.end(), '-', ' ');
  return absl::StrCat(kind.first, kind.second.empty() ? "" : " ", kind.second, " of ", fields[3]);
}

// What a part says of who it is at the root; "" when it says nothing of that.
std::string RootInWords(const Part& part) {
  if (part.name == "access-key") return absl::StrCat("access key ", part.value);
  if (part.name == "caller") return ArnInWords(part.value);
  if (part.name == "instance-role") return absl::StrCat("instance role ", part.value);
  if (part.name == "subject") return part.value;
  if (part.name == "job") return "a job";
  if (part.name == "command") return absl::StrCat("command ", part.value);
  if (part.name == "credentials-uri") return absl::StrCat("credentials URI ", part.value);
  if (part.name == "oauth" || part.name == "cloud-sso") return absl::StrCat("sign-in at ", part.value);
  return part.value.empty() ? part.name : "";  // of a wrapped plugin its name
}

// What a part says beside that; "" for what is as usual, or said elsewhere.
std::string DetailInWords(const Part& part) {
  int64_t seconds;
  if (part.name == "session" && part.value != kDefaultRoleSessionName)
    return absl::StrCat("session ", part.value);
  if (part.name == "seconds" && absl::SimpleAtoi(part.value, &seconds) &&
      absl::Seconds(seconds) != kDefaultRoleDuration)
    return absl::StrCat("role for ", absl::FormatDuration(absl::Seconds(seconds)));
  if (part.name == "policy") return "with a policy";
  if (part.name == "external-id") return absl::StrCat("external id ", part.value);
  if (part.name == "sts" && !absl::EndsWith(part.value, ".aliyuncs.com"))
    return absl::StrCat("STS at ", part.value);
  return "";
}

}  // namespace

std::string IdentityInWords(absl::string_view who) {
  std::string words;
  for (const Part& part : PartsOf(who)) {
    if (part.name == "role") {
      words = absl::StrCat(absl::StartsWith(part.value, "acs:") ? "" : "role ", ArnInWords(part.value),
                           words.empty() ? "" : ", by ", words);
    } else {
      const std::string root = RootInWords(part);
      if (!root.empty()) words = root;
    }
  }
  return words;
}

std::string ShortIdentity(absl::string_view who) {
  std::string name;
  for (const Part& part : PartsOf(who)) {
    if (part.name != "role" && RootInWords(part).empty()) continue;
    const size_t slash = absl::StartsWith(part.value, "acs:") ? part.value.rfind('/') : std::string::npos;
    const std::string whole = part.value.empty() ? part.name : ArnInWords(part.value);
    name = slash == std::string::npos ? whole : part.value.substr(slash + 1);
  }
  return name;
}

std::string IdentityDetails(absl::string_view who) {
  std::vector<std::string> details;
  for (const Part& part : PartsOf(who)) {
    std::string detail = DetailInWords(part);
    if (!detail.empty()) details.push_back(std::move(detail));
  }
  return absl::StrJoin(details, ", ");
}

}  // namespace credential_provider
