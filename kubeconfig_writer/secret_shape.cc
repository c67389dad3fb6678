#include "kubeconfig_writer/secret_shape.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"

namespace kubeconfig_writer {
namespace {

// The lengths of AccessKey secrets: Alibaba Cloud's and AWS's.
constexpr size_t kAlibabaCloudSecret = 30;
constexpr size_t kAwsSecret = 40;

// What a name ends with when its value is not the secret.
constexpr absl::string_view kAbout[] = {"file",   "path", "dir",      "env",     "url", "uri",
                                        "name",   "id",   "type",     "ttl",     "arn", "host",
                                        "expiry", "mode", "endpoint", "duration"};

// The words of "AWS_SECRET_ACCESS_KEY", "--client-secret" or "cacheDir", in lower case.
std::vector<std::string> Words(absl::string_view name) {
  std::string spaced;
  for (size_t i = 0; i < name.size(); ++i) {
    if (i > 0 && absl::ascii_isupper(name[i]) && absl::ascii_islower(name[i - 1])) spaced += ' ';
    spaced += absl::ascii_isalnum(name[i]) ? absl::ascii_tolower(name[i]) : ' ';
  }
  return absl::StrSplit(spaced, ' ', absl::SkipEmpty());
}

bool IsBase64(char c) { return absl::ascii_isalnum(c) || c == '+' || c == '/'; }

// Random text of this length has letters of both cases and digits; a word, a hash in hex or an id has not.
bool IsRandom(absl::string_view value) {
  return std::any_of(value.begin(), value.end(), absl::ascii_isupper) &&
         std::any_of(value.begin(), value.end(), absl::ascii_islower) &&
         std::count_if(value.begin(), value.end(), absl::ascii_isdigit) >= 2;
}

bool IsAccessKeySecret(absl::string_view value) {
  if (value.size() == kAlibabaCloudSecret)
    return std::all_of(value.begin(), value.end(), absl::ascii_isalnum) && IsRandom(value);
  return value.size() == kAwsSecret && std::all_of(value.begin(), value.end(), IsBase64) && IsRandom(value) &&
         !absl::StartsWith(value, "/");
}

bool IsJwt(absl::string_view value) {
  const std::vector<absl::string_view> parts = absl::StrSplit(value, '.');
  return parts.size() == 3 && absl::StartsWith(parts[0], "eyJ") && absl::StartsWith(parts[1], "eyJ");
}

}  // namespace

bool IsSecretName(absl::string_view name) {
  const std::vector<std::string> words = Words(name);
  if (words.empty() || std::find(std::begin(kAbout), std::end(kAbout), words.back()) != std::end(kAbout))
    return false;
  return std::any_of(words.begin(), words.end(),
                     [](const std::string& word) {
                       return absl::StrContains(word, "secret") || absl::StrContains(word, "token") ||
                              absl::StrContains(word, "password") || absl::StrContains(word, "passwd") ||
                              word == "apikey" || word == "credential" || word == "credentials";
                     }) &&
         words.front() != "no";
}

bool IsSecretValue(absl::string_view value) {
  return absl::StrContains(value, "PRIVATE KEY-----") || absl::StartsWith(value, "k8s-ack-v2.") ||
         IsJwt(value) || IsAccessKeySecret(value);
}

}  // namespace kubeconfig_writer
