#include "kubeconfig_writer/secrets/secret_patterns.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "kubeconfig_writer/secrets/placeholder.h"

namespace kubeconfig_writer {
namespace {

using absl::string_view;

// The lengths of AccessKey secrets: Alibaba Cloud's and AWS's.
constexpr size_t kAlibabaCloudSecret = 30;
constexpr size_t kAwsSecret = 40;

// What tokens of well-known makers begin with.
constexpr string_view kPrefixes[] = {
    "k8s-ack-v2.", "k8s-aws-v1.", "sha256~",     "ghp_",    "gho_",   "ghu_",
    "ghs_",        "ghr_",        "github_pat_", "glpat-",  "xoxb-",  "xoxp-",
    "xapp-1-",     "dckr_pat_",   "dop_v1_",     "ya29.",   "hvs.",   "hvb.",
    "AIza",        "sk_live_",    "pypi-AgE",    "glrt-",   "tskey-", "npm_",
    "ops_eyJ",     "lin_api_",    "doo_v1_",     "dor_v1_", "xoxa-",  "hooks.slack.com/services/",
    "ZXlKaGJHY2lP" /* a JWT in base64 */};
constexpr size_t kShortestTail = 6;  // after a prefix; "ghp_" alone is none

constexpr size_t kShortestRandom = 16;
constexpr size_t kShortestWrapped = 64;  // base64 that is looked into

// What base64 of PEM, a kubeconfig and JSON begins with.
constexpr string_view kWrapped[] = {"LS0tLS1CRUdJTi", "YXBpVmVyc2lvb", "eyJ", "ewog"};

bool IsBase64(char c) { return absl::ascii_isalnum(c) || c == '+' || c == '/'; }

// Random text of this length has letters of both cases and digits; a word, a hash in hex or an id has not.
bool IsRandom(string_view value) {
  return std::any_of(value.begin(), value.end(), absl::ascii_isupper) &&
         std::any_of(value.begin(), value.end(), absl::ascii_islower) &&
         std::count_if(value.begin(), value.end(), absl::ascii_isdigit) >= 2;
}

bool IsAccessKeySecret(string_view value) {
  if (value.size() == kAlibabaCloudSecret)
    return std::all_of(value.begin(), value.end(), absl::ascii_isalnum) && IsRandom(value);
  return value.size() == kAwsSecret && std::all_of(value.begin(), value.end(), IsBase64) && IsRandom(value) &&
         !absl::StartsWith(value, "/");
}

bool IsInToken(char c) { return absl::ascii_isalnum(c) || c == '_' || c == '-' || c == '.'; }

// Returns the bytes at the front of `text` for which `belongs` is true.
string_view Front(string_view text, bool (*belongs)(char)) {
  const auto end = std::find_if_not(text.begin(), text.end(), belongs);
  return text.substr(0, static_cast<size_t>(end - text.begin()));
}

// Calls `found` with the rest of `text` from each place where `word` stands, until it returns true.
template <typename Found>
bool AnyFrom(string_view text, string_view word, const Found& found) {
  for (size_t at = text.find(word); at != string_view::npos; at = text.find(word, at + 1)) {
    if (found(text.substr(at))) return true;
  }
  return false;
}

// A signed one has three parts, an encrypted one five.
bool HoldsJwt(string_view text) {
  while (!text.empty()) {
    const string_view word = Front(text, IsInToken);
    const std::vector<string_view> parts = absl::StrSplit(word, '.');
    for (size_t i = 0; i + 2 < parts.size(); ++i) {
      const bool goes_on = absl::StartsWith(parts[i + 1], "eyJ") || i + 4 < parts.size();
      if (goes_on && absl::StrContains(parts[i], "eyJ")) return true;
    }
    text.remove_prefix(std::min(word.size() + 1, text.size()));
  }
  return false;
}

bool IsWithinWord(string_view text, string_view rest) {
  return rest.size() < text.size() && IsInToken(text[text.size() - rest.size() - 1]);
}

bool HoldsKnownToken(string_view text) {
  return std::any_of(std::begin(kPrefixes), std::end(kPrefixes), [text](string_view prefix) {
    return AnyFrom(text, prefix, [text, prefix](string_view rest) {
      const string_view tail = Front(rest.substr(prefix.size()), IsInToken);
      return !IsWithinWord(text, rest) && tail.size() >= kShortestTail && !IsPlaceholder(tail);
    });
  });
}

bool IsLowerOrDigit(char c) { return absl::ascii_islower(c) || absl::ascii_isdigit(c); }

// "abcdef.0123456789abcdef" of kubeadm.
bool IsBootstrapToken(string_view word) {
  const string_view id = Front(word, IsLowerOrDigit);
  if (id.size() != 6 || word.size() != 23 || word[6] != '.') return false;
  const string_view secret = word.substr(7);
  return Front(secret, IsLowerOrDigit).size() == 16 && LooksRandom(secret);
}

// "K10<hash>::server:<password>" of k3s and RKE2, "token-x:<54>" and "kubeconfig-x:<54>" of Rancher.
bool HoldsClusterToken(string_view text) {
  constexpr size_t kHash = 64, kRancher = 54;
  return AnyFrom(text, "K10",
                 [](string_view rest) {
                   const size_t colons = rest.find("::");
                   return colons == 3 + kHash && !IsPlaceholder(rest.substr(colons + 2));
                 }) ||
         AnyFrom(text, ":", [](string_view rest) {
           const string_view key = Front(rest.substr(1), IsLowerOrDigit);
           return key.size() == kRancher && LooksRandom(key);
         });
}

bool HoldsPrivateKeyInClear(string_view text) { return absl::StrContains(text, "PRIVATE KEY-----"); }

// What somebody has put into base64 to have it on one line.
bool HoldsSecretOf(string_view decoded) {
  if (HoldsPrivateKeyInClear(decoded)) return true;
  if (!absl::StartsWith(decoded, "apiVersion")) return false;
  return absl::StrContains(decoded, " token: ") || absl::StrContains(decoded, " client-key-data: ") ||
         absl::StrContains(decoded, " password: ");
}

// A key is told by its first line, which may be all that is there and needs no padding.
bool HoldsWrapped(string_view text) {
  return std::any_of(std::begin(kWrapped), std::end(kWrapped), [text](string_view start) {
    return AnyFrom(text, start, [text](string_view rest) {
      if (rest.size() < text.size() && IsBase64(text[text.size() - rest.size() - 1])) return false;
      const string_view base64 = Front(rest, IsBase64);
      std::string decoded;
      if (!absl::Base64Unescape(base64.substr(0, base64.size() / 4 * 4), &decoded)) return false;
      return absl::StrContains(decoded.substr(0, kShortestWrapped), "PRIVATE KEY") || HoldsSecretOf(decoded);
    });
  });
}

// The kinds of bytes of which random text has its mix.
int KindOf(char c) {
  if (absl::ascii_isdigit(c)) return 0;
  if (absl::ascii_isupper(c)) return 1;
  return absl::ascii_islower(c) ? 2 : 3;
}

// Calls `found` with the user's part of each address until it returns true.
template <typename Found>
bool AnyUserInAddress(string_view text, const Found& found) {
  constexpr string_view kBehindScheme = "://";
  return AnyFrom(text, kBehindScheme, [&](string_view rest) {
    rest.remove_prefix(kBehindScheme.size());
    const string_view authority = rest.substr(0, rest.find_first_of("/?# \t\r\n"));
    const size_t at = authority.rfind('@');
    return at != string_view::npos && found(authority.substr(0, at));
  });
}

}  // namespace

bool HoldsSecret(string_view text) {
  return HoldsPrivateKeyInClear(text) || HoldsWrapped(text) || HoldsJwt(text) || HoldsKnownToken(text) ||
         IsBootstrapToken(text) || HoldsClusterToken(text);
}

bool IsSecretValue(string_view value) { return HoldsSecret(value) || IsAccessKeySecret(value); }

bool LooksRandom(string_view value) {
  constexpr string_view kBetween = "_-.+/=~%";
  constexpr size_t kRare = 5;  // in words the kind changes less often than every so many bytes
  if (value.size() < kShortestRandom) return false;
  size_t changes = 0, digits = 0;
  for (size_t i = 0; i < value.size(); ++i) {
    if (KindOf(value[i]) == 3 && !absl::StrContains(kBetween, value[i])) return false;
    digits += KindOf(value[i]) == 0 ? 1 : 0;
    const bool counts = i > 0 && KindOf(value[i]) != 3 && KindOf(value[i - 1]) != 3;
    changes += counts && KindOf(value[i]) != KindOf(value[i - 1]) ? 1 : 0;
  }
  return digits > 0 && digits < value.size() && changes * kRare >= value.size();
}

string_view PasswordInAddress(string_view text) {
  string_view password;
  AnyUserInAddress(text, [&password](string_view user) {
    const size_t colon = user.find(':');
    if (colon != string_view::npos) password = user.substr(colon + 1);
    if (colon == string_view::npos && LooksRandom(user)) password = user;
    return !password.empty();
  });
  return password;
}

bool IsProxyWithPassword(string_view name, string_view value) {
  return absl::EndsWithIgnoreCase(name, "proxy") &&
         !IsPlaceholder(PasswordInAddress(absl::StrCat("http://", value)));
}

string_view PasswordAfterUser(string_view value) {
  const size_t colon = value.find(':');
  if (colon == string_view::npos || colon == 0 || value.find_first_of(" \t") != string_view::npos) return "";
  const string_view password = value.substr(colon + 1);
  const bool is_number = password.find_first_not_of("0123456789") == string_view::npos;
  return is_number || absl::StartsWith(password, "//") || IsPlaceholder(password) ? string_view() : password;
}

}  // namespace kubeconfig_writer
