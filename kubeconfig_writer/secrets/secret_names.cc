#include "kubeconfig_writer/secrets/secret_names.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "kubeconfig_writer/secrets/placeholder.h"
#include "kubeconfig_writer/secrets/secret_patterns.h"

namespace kubeconfig_writer {
namespace {

using absl::string_view;

// What has one of these within a word is a secret, unless the last word says otherwise.
constexpr string_view kSecret[] = {"secret",   "token",      "password", "passwd",
                                   "passcode", "passphrase", "apikey"};

// So is what ends with one of these words.
constexpr string_view kSecretAtTheEnd[] = {"pass",    "authorization", "bearer",
                                           "sshpass", "storepass",     "keypass"};

// What ends with one of these is a secret when its value is neither a file nor a public id.
constexpr string_view kOftenSecret[] = {"key",        "pwd",         "pw",  "pat", "cred", "creds",
                                        "credential", "credentials", "dsn", "psk", "jwt"};

// What ends with one of these is a secret when its value looks like one.
constexpr string_view kSometimesSecret[] = {"auth", "session",   "cookie", "cookies",
                                            "sig",  "signature", "ticket"};

// What a name ends with when its value is not the secret.
constexpr string_view kAbout[] = {
    "file",        "path",      "dir",       "folder",     "env",      "url",     "uri",        "name",
    "id",          "type",      "ttl",       "arn",        "host",     "expiry",  "mode",       "endpoint",
    "duration",    "namespace", "ref",       "stdin",      "version",  "format",  "audience",   "issuer",
    "scope",       "scopes",    "cache",     "storage",    "store",    "source",  "provider",   "expiration",
    "timeout",     "lifetime",  "user",      "username",   "command",  "process", "helper",     "header",
    "prefix",      "length",    "algorithm", "backend",    "manager",  "policy",  "engine",     "mount",
    "enabled",     "required",  "expires",   "jar",        "ring",     "realm",   "label",      "method",
    "fingerprint", "checksum",  "digest",    "recipients", "strategy", "kind",    "claim",      "prompt",
    "service",     "server",    "address",   "port",       "seconds",  "count",   "parallelism"};

// What a public value that may look random is called by.
constexpr string_view kPublic[] = {"id",  "fingerprint", "checksum", "digest",    "commit",
                                   "sha", "thumbprint",  "hash",     "recipients"};

// What is in front of "key" when that names something, or is no secret.
constexpr string_view kPlainKey[] = {"public",     "ssh",     "host",     "cache", "sort",
                                     "partition",  "primary", "kms",      "label", "tag",
                                     "annotation", "config",  "metadata", "map"};

// The beginnings of AccessKey ids and the like, which are no secrets.
constexpr string_view kPublicIds[] = {"LTAI", "STS.", "AKIA", "ASIA", "AKID"};

template <typename List>
bool Has(const List& list, string_view word) {
  return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

// The words of "AWS_SECRET_ACCESS_KEY", "--client-secret" or "cacheDir2", in lower case and without numbers.
std::vector<std::string> Words(string_view name) {
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

// Whether a name tells of a secret: never, when the value looks like one, when it is no file or id, always.
enum class Telling { kNo, kSometimes, kOften, kYes };

bool HasSecretWord(const std::vector<std::string>& words) {
  return std::any_of(words.begin(), words.end(), [](const std::string& word) {
    return !absl::StrContains(word, "tokeniz") &&
           std::any_of(std::begin(kSecret), std::end(kSecret),
                       [&word](string_view secret) { return absl::StrContains(word, secret); });
  });
}

Telling TellingOf(const std::vector<std::string>& words) {
  if (words.empty() || words.front() == "no") return Telling::kNo;
  if (EndsWithSecretId(words)) return Telling::kOften;
  if (Has(kAbout, words.back())) return Telling::kNo;
  if (HasSecretWord(words) || Has(kSecretAtTheEnd, words.back())) return Telling::kYes;
  if (words.back() == "privatekey" || words.back() == "accesskey") return Telling::kOften;
  if (words.back() == "key" && (words.size() == 1 || Has(kPlainKey, words[words.size() - 2])))
    return Telling::kNo;
  if (Has(kOftenSecret, words.back())) return Telling::kOften;
  return Has(kSometimesSecret, words.back()) ? Telling::kSometimes : Telling::kNo;
}

bool IsPublicId(string_view value) {
  return std::any_of(std::begin(kPublicIds), std::end(kPublicIds),
                     [value](string_view id) { return absl::StartsWith(value, id); });
}

// "session=S" as well.
bool LooksSecret(string_view value) {
  const size_t equals = value.find('=');
  return LooksRandom(value) || (equals != string_view::npos && LooksRandom(value.substr(equals + 1))) ||
         !PasswordAfterUser(value).empty();
}

}  // namespace

bool IsSecretName(string_view name) { return TellingOf(Words(name)) > Telling::kSometimes; }

bool IsSecretByName(string_view name, string_view value) {
  const Telling telling = TellingOf(Words(name));
  if (telling == Telling::kNo || IsPlaceholder(value)) return false;
  if (telling == Telling::kYes) return true;
  if (IsFile(value) || IsPublicId(value)) return false;
  return telling == Telling::kOften || LooksSecret(value);
}

bool IsPublicName(string_view name) {
  const std::vector<std::string> words = Words(name);
  return !words.empty() && Has(kPublic, words.back()) && !EndsWithSecretId(words);
}

}  // namespace kubeconfig_writer
