#include "kubeconfig_writer/secrets/program_flags.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "kubeconfig_writer/secrets/placeholder.h"
#include "kubeconfig_writer/secrets/secret_patterns.h"

namespace kubeconfig_writer {
namespace {

using absl::string_view;

enum class Takes {
  kSecret,           // the value, which may be attached to a flag of one letter: "-pS"
  kNextWord,         // the value, as a word of its own
  kSecretAtLogin,    // the value, when the word "login" came before
  kAttached,         // only what is attached to the flag: "-pS"
  kUserAndPassword,  // "name:S"
  kCookie,           // "name=S", or a file
  kSource,           // "pass:S", "file:x", "env:X" of openssl
};

struct ProgramFlag {
  string_view program;
  string_view flag;
  Takes takes;
};

constexpr ProgramFlag kFlags[] = {
    {"curl", "-u", Takes::kUserAndPassword},
    {"curl", "--user", Takes::kUserAndPassword},
    {"curl", "-U", Takes::kUserAndPassword},
    {"curl", "--proxy-user", Takes::kUserAndPassword},
    {"curl", "-E", Takes::kUserAndPassword},
    {"curl", "--cert", Takes::kUserAndPassword},
    {"curl", "-b", Takes::kCookie},
    {"curl", "--cookie", Takes::kCookie},
    {"http", "-a", Takes::kUserAndPassword},
    {"https", "-a", Takes::kUserAndPassword},
    {"xh", "-a", Takes::kUserAndPassword},
    {"sshpass", "-p", Takes::kSecret},
    {"openssl", "-k", Takes::kNextWord},
    {"openssl", "-K", Takes::kNextWord},
    {"openssl", "-passin", Takes::kSource},
    {"openssl", "-passout", Takes::kSource},
    {"openssl", "-pass", Takes::kSource},
    {"mysql", "-p", Takes::kAttached},
    {"mysqldump", "-p", Takes::kAttached},
    {"mariadb", "-p", Takes::kAttached},
    {"mongosh", "-p", Takes::kSecret},
    {"sqlcmd", "-P", Takes::kSecret},
    {"redis-cli", "-a", Takes::kSecret},
    {"ldapsearch", "-w", Takes::kSecret},
    {"ldapwhoami", "-w", Takes::kSecret},
    {"mosquitto_sub", "-P", Takes::kSecret},
    {"ipmitool", "-P", Takes::kSecret},
    {"unzip", "-P", Takes::kSecret},
    {"7z", "-p", Takes::kAttached},
    {"oc", "-p", Takes::kSecretAtLogin},
    {"az", "-p", Takes::kSecretAtLogin},
    {"ibmcloud", "-p", Takes::kSecretAtLogin},
    {"cf", "-p", Takes::kSecretAtLogin},
    {"docker", "-p", Takes::kSecretAtLogin},
    {"podman", "-p", Takes::kSecretAtLogin},
    {"oras", "-p", Takes::kSecretAtLogin},
    {"helm", "-p", Takes::kSecretAtLogin},
    {"ConvertTo-SecureString", "ConvertTo-SecureString", Takes::kNextWord},
    {"machine", "password", Takes::kNextWord},  // a line of a netrc file
    {"ssh", "", Takes::kNextWord},              // begins its own words after sshpass
    {"scp", "", Takes::kNextWord},
};

string_view BaseName(string_view path) { return path.substr(path.find_last_of("/(,") + 1); }

string_view KnownProgram(string_view word) {
  const string_view name = BaseName(word);
  const auto known = std::find_if(std::begin(kFlags), std::end(kFlags),
                                  [name](const ProgramFlag& flag) { return flag.program == name; });
  return known == std::end(kFlags) ? string_view() : known->program;
}

bool EndsCommand(string_view word) {
  return word == "|" || word == "||" || word == "&&" || word == "&" || absl::EndsWith(word, ";");
}

string_view SecretIn(string_view value, Takes takes) {
  if (takes == Takes::kUserAndPassword) return PasswordAfterUser(value);
  const size_t equals = value.find('=');
  if (takes == Takes::kCookie && equals == string_view::npos) return "";
  if (takes == Takes::kCookie) value.remove_prefix(equals + 1);
  if (takes == Takes::kSource && !absl::ConsumePrefix(&value, "pass:")) return "";
  return IsPlaceholder(value) ? string_view() : value;
}

// What `word` gives to `flag`: its end, or all of it when `previous` is the flag.
string_view ValueFor(const ProgramFlag& flag, string_view previous, string_view word) {
  if (flag.flag.empty()) return "";
  if (previous == flag.flag) return flag.takes == Takes::kAttached ? string_view() : word;
  if (!absl::ConsumePrefix(&word, flag.flag)) return "";
  if (flag.flag.size() == 2) return flag.takes == Takes::kNextWord ? string_view() : word;
  return absl::ConsumePrefix(&word, "=") ? word : string_view();
}

}  // namespace

void ProgramWords::Begin(string_view word) {
  program_ = KnownProgram(word);
  login_ = false;
}

string_view ProgramWords::Next(string_view word) {
  string_view secret;
  for (const ProgramFlag& flag : kFlags) {
    if (flag.program != program_ || (flag.takes == Takes::kSecretAtLogin && !login_)) continue;
    if (secret.empty()) secret = SecretIn(ValueFor(flag, previous_, word), flag.takes);
  }
  if (secret.empty() && !KnownProgram(word).empty()) Begin(word);
  if (word == "login") login_ = true;
  if (EndsCommand(word)) Begin("");
  previous_ = BaseName(word);
  return secret;
}

}  // namespace kubeconfig_writer
