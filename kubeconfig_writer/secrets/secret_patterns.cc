#include "kubeconfig_writer/secrets/secret_patterns.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace kubeconfig_writer {
namespace {

// The lengths of AccessKey secrets: Alibaba Cloud's and AWS's.
constexpr size_t kAlibabaCloudSecret = 30;
constexpr size_t kAwsSecret = 40;

// What has one of these within a word is a secret, unless the last word says otherwise.
constexpr absl::string_view kSecret[] = {"secret",   "token",      "password", "passwd",
                                         "passcode", "passphrase", "apikey"};

// So is what ends with one of these words.
constexpr absl::string_view kSecretAtTheEnd[] = {"pass", "authorization", "bearer"};

// What ends with one of these is a secret when its value is neither a file nor a public id.
constexpr absl::string_view kOftenSecret[] = {"key", "pwd", "credential", "credentials"};

// What a name ends with when its value is not the secret.
constexpr absl::string_view kAbout[] = {
    "file",    "path",    "dir",     "folder",   "env",        "url",     "uri",      "name",     "id",
    "type",    "ttl",     "arn",     "host",     "expiry",     "mode",    "endpoint", "duration", "namespace",
    "ref",     "stdin",   "version", "format",   "audience",   "issuer",  "scope",    "scopes",   "cache",
    "storage", "store",   "source",  "provider", "expiration", "timeout", "lifetime", "user",     "username",
    "command", "process", "helper",  "header",   "prefix",     "length",  "algorithm"};

// What is in front of "key" when that names something, or is no secret.
constexpr absl::string_view kPlainKey[] = {"public",     "ssh",     "host",     "cache", "sort",
                                           "partition",  "primary", "kms",      "label", "tag",
                                           "annotation", "config",  "metadata", "map"};

// What tokens of well-known makers begin with.
constexpr absl::string_view kPrefixes[] = {
    "k8s-ack-v2.", "k8s-aws-v1.", "sha256~", "ghp_",     "gho_",     "ghu_",        "ghs_",    "ghr_",
    "github_pat_", "glpat-",      "xoxb-",   "xoxp-",    "xapp-1-",  "dckr_pat_",   "dop_v1_", "ya29.",
    "hvs.",        "hvb.",        "AIza",    "sk_live_", "pypi-AgE", "ZXlKaGJHY2lP" /* a JWT in base64 */};
constexpr size_t kShortestTail = 6;  // after a prefix; "ghp_" alone is none

// The beginnings of AccessKey ids and the like, which are no secrets.
constexpr absl::string_view kPublicIds[] = {"LTAI", "STS.", "AKIA", "ASIA", "AKID"};

constexpr absl::string_view kFileEndings[] = {".pem", ".key",  ".crt",  ".p12", ".pfx",
                                              ".txt", ".json", ".yaml", ".yml"};

template <typename List>
bool Has(const List& list, absl::string_view word) {
  return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

// The words of "AWS_SECRET_ACCESS_KEY", "--client-secret" or "cacheDir2", in lower case and without numbers.
std::vector<std::string> Words(absl::string_view name) {
  std::string spaced;
  for (size_t i = 0; i < name.size(); ++i) {
    if (i > 0 && absl::ascii_isupper(name[i]) && absl::ascii_islower(name[i - 1])) spaced += ' ';
    spaced += absl::ascii_isalpha(name[i]) ? absl::ascii_tolower(name[i]) : ' ';
  }
  return absl::StrSplit(spaced, ' ', absl::SkipEmpty());
}

// "VAULT_SECRET_ID" is one half of a pair that is as good as a password.
bool EndsWithSecretId(const std::vector<std::string>& words) {
  return words.size() > 1 && words.back() == "id" && words[words.size() - 2] == "secret";
}

// Whether a name tells of a secret: never, always, or when the value looks like one.
enum class Telling { kNo, kOften, kYes };

Telling TellingOf(const std::vector<std::string>& words) {
  if (words.empty() || words.front() == "no") return Telling::kNo;
  if (EndsWithSecretId(words)) return Telling::kOften;
  if (Has(kAbout, words.back())) return Telling::kNo;
  for (const std::string& word : words) {
    const auto in_word = [&word](absl::string_view secret) { return absl::StrContains(word, secret); };
    if (std::any_of(std::begin(kSecret), std::end(kSecret), in_word)) return Telling::kYes;
  }
  if (Has(kSecretAtTheEnd, words.back())) return Telling::kYes;
  if (words.back() == "privatekey" || words.back() == "accesskey") return Telling::kOften;
  if (words.back() == "key" && (words.size() == 1 || Has(kPlainKey, words[words.size() - 2])))
    return Telling::kNo;
  return Has(kOftenSecret, words.back()) ? Telling::kOften : Telling::kNo;
}

bool IsFile(absl::string_view value) {
  return absl::StartsWith(value, "/") || absl::StartsWith(value, "./") || absl::StartsWith(value, "../") ||
         absl::StartsWith(value, "~/") || absl::StartsWith(value, "file:") ||
         std::any_of(std::begin(kFileEndings), std::end(kFileEndings),
                     [value](absl::string_view ending) { return absl::EndsWith(value, ending); });
}

bool IsPublicId(absl::string_view value) {
  return std::any_of(std::begin(kPublicIds), std::end(kPublicIds),
                     [value](absl::string_view id) { return absl::StartsWith(value, id); });
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

bool IsInToken(char c) { return absl::ascii_isalnum(c) || c == '_' || c == '-' || c == '.'; }

// Returns the bytes at the front of `text` for which `belongs` is true.
absl::string_view Front(absl::string_view text, bool (*belongs)(char)) {
  const auto end = std::find_if_not(text.begin(), text.end(), belongs);
  return text.substr(0, static_cast<size_t>(end - text.begin()));
}

// Calls `found` with the rest of `text` from each place where `word` stands, until it returns true.
template <typename Found>
bool AnyFrom(absl::string_view text, absl::string_view word, const Found& found) {
  for (size_t at = text.find(word); at != absl::string_view::npos; at = text.find(word, at + 1)) {
    if (found(text.substr(at))) return true;
  }
  return false;
}

// A signed one has three parts, an encrypted one five.
bool HoldsJwt(absl::string_view text) {
  while (!text.empty()) {
    const absl::string_view word = Front(text, IsInToken);
    const std::vector<absl::string_view> parts = absl::StrSplit(word, '.');
    for (size_t i = 0; i + 2 < parts.size(); ++i) {
      const bool goes_on = absl::StartsWith(parts[i + 1], "eyJ") || i + 4 < parts.size();
      if (goes_on && absl::StrContains(parts[i], "eyJ")) return true;
    }
    text.remove_prefix(std::min(word.size() + 1, text.size()));
  }
  return false;
}

bool HoldsKnownToken(absl::string_view text) {
  return std::any_of(std::begin(kPrefixes), std::end(kPrefixes), [text](absl::string_view prefix) {
    return AnyFrom(text, prefix, [text, prefix](absl::string_view rest) {
      const bool within_word = rest.size() < text.size() && IsInToken(text[text.size() - rest.size() - 1]);
      const absl::string_view tail = Front(rest.substr(prefix.size(), kShortestTail), IsInToken);
      return !within_word && tail.size() == kShortestTail;
    });
  });
}

// In base64 the first line is enough, and needs no padding.
bool HoldsPrivateKey(absl::string_view text) {
  constexpr size_t kFirstLine = 64;
  if (absl::StrContains(text, "PRIVATE KEY-----")) return true;
  return AnyFrom(text, "LS0tLS1CRUdJTi", [](absl::string_view rest) {
    const absl::string_view base64 = Front(rest.substr(0, kFirstLine), IsBase64);
    std::string pem;
    return absl::Base64Unescape(base64.substr(0, base64.size() / 4 * 4), &pem) &&
           absl::StrContains(pem, "PRIVATE KEY");
  });
}

}  // namespace

bool IsSecretName(absl::string_view name) { return TellingOf(Words(name)) != Telling::kNo; }

bool IsSecretByName(absl::string_view name, absl::string_view value) {
  const Telling telling = TellingOf(Words(name));
  if (telling == Telling::kNo || value.empty() || value == "true" || value == "false") return false;
  return telling == Telling::kYes || (!IsFile(value) && !IsPublicId(value));
}

bool IsSecretValue(absl::string_view value) {
  return HoldsPrivateKey(value) || HoldsJwt(value) || HoldsKnownToken(value) || IsAccessKeySecret(value);
}

absl::string_view PasswordInAddress(absl::string_view text) {
  constexpr absl::string_view kBehindScheme = "://";
  absl::string_view password;
  AnyFrom(text, kBehindScheme, [&](absl::string_view rest) {
    rest.remove_prefix(kBehindScheme.size());
    const absl::string_view authority = rest.substr(0, rest.find_first_of("/?# \t\r\n"));
    const absl::string_view user = authority.substr(0, std::min(authority.rfind('@'), authority.size()));
    if (user.size() == authority.size() || !absl::StrContains(user, ':')) return false;
    password = user.substr(user.find(':') + 1);
    return !password.empty();
  });
  return password;
}

bool IsProxyWithPassword(absl::string_view name, absl::string_view value) {
  return absl::EndsWithIgnoreCase(name, "proxy") &&
         !PasswordInAddress(absl::StrCat("http://", value)).empty();
}

}  // namespace kubeconfig_writer
