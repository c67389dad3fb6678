#include "kubeconfig_writer/secrets/placeholder.h"

#include <algorithm>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "kubeconfig_writer/secrets/secret_patterns.h"

namespace kubeconfig_writer {
namespace {

using absl::string_view;

// What marks the place of a value wherever it is.
constexpr string_view kMarks[] = {"REDACTED", "redacted", "OMITTED", "<masked>", "${", "$(", "{{", "<%"};

// The beginnings of references to files, variables and secret managers.
constexpr string_view kReferences[] = {
    "file:", "env:",      "fd:",      "arn:",       "op://",      "vault:",     "ref+",    "keyring:",
    "ssm:",  "keychain:", "gcpsm:",   "awssm:",     "awsssm:",    "akv:",       "azkv:",   "kms:",
    "sops:", "bws:",      "doppler:", "infisical:", "secretref:", "secretRef:", "prompt:", "projects/",
    "$env:", "{.",        "stdin",    "@/",         "@./",        "@~/"};

// What says that there is no value, or that one is to be put there.
constexpr string_view kWords[] = {"true",      "false",     "yes",  "no",   "on",      "off",
                                  "0",         "1",         "none", "null", "nil",     "changeme",
                                  "change-me", "change_me", "todo", "tbd",  "example", "placeholder",
                                  "dummy",     "unset",     "..."};

constexpr string_view kFileEndings[] = {".pem", ".key",  ".crt",  ".p12", ".pfx",
                                        ".txt", ".json", ".yaml", ".yml"};

template <typename List, typename Is>
bool Any(const List& list, const Is& is) {
  return std::any_of(std::begin(list), std::end(list), is);
}

bool IsName(string_view text) {
  return !text.empty() && !absl::ascii_isdigit(text[0]) &&
         std::all_of(text.begin(), text.end(), [](char c) { return absl::ascii_isalnum(c) || c == '_'; });
}

bool IsBetween(string_view text, string_view begin, string_view end) {
  return text.size() > begin.size() + end.size() && absl::ConsumePrefix(&text, begin) &&
         absl::ConsumeSuffix(&text, end);
}

bool IsVariable(string_view text) {
  if (absl::StartsWith(text, "`")) return true;
  if (absl::ConsumePrefix(&text, "$")) return IsName(text);
  return absl::ConsumePrefix(&text, "%") && absl::ConsumeSuffix(&text, "%") && IsName(text);
}

// "YOUR_TOKEN", "CLIENT-SECRET": several words of capitals.
bool IsCapitals(string_view text) {
  const auto fits = [](char c) { return absl::ascii_isupper(c) || c == '_' || c == '-'; };
  return text.find_first_of("_-") != string_view::npos && std::all_of(text.begin(), text.end(), fits);
}

// "****", "xxxxxxxx", "...".
bool IsStruckOut(string_view text) {
  return text.size() > 2 && absl::StrContains("*xX.-_?#", text[0]) &&
         text.find_first_not_of(text[0]) == string_view::npos;
}

// "your-client-secret", "put_token_here".
bool IsAppeal(string_view text) {
  const std::string lower = absl::AsciiStrToLower(text);
  return absl::StartsWith(lower, "your-") || absl::StartsWith(lower, "your_") ||
         absl::EndsWith(lower, "-here") || absl::EndsWith(lower, "_here") ||
         Any(kWords, [&lower](string_view word) { return lower == word; });
}

// A password may begin with a slash; what has several parts, none of which is random, is a path.
bool IsPath(string_view text) {
  const bool begins = absl::StartsWith(text, "/") || absl::StartsWith(text, "~/") ||
                      absl::StartsWith(text, "./") || absl::StartsWith(text, "../");
  return begins && std::count(text.begin(), text.end(), '/') > (text[0] == '/' ? 1 : 0) &&
         !LooksRandom(text) && text.find_first_of("+= \t") == string_view::npos;
}

}  // namespace

bool IsPlaceholder(string_view value) {
  value = absl::StripAsciiWhitespace(value);
  while (!value.empty() && absl::StrContains("\"'\\", value[0])) value.remove_prefix(1);
  while (!value.empty() && absl::StrContains("\"'\\", value.back())) value.remove_suffix(1);
  if (value.empty() || IsVariable(value) || IsPath(value)) return true;
  if (Any(kMarks, [value](string_view mark) { return absl::StrContains(value, mark); })) return true;
  if (Any(kReferences, [value](string_view start) { return absl::StartsWith(value, start); })) return true;
  if (IsBetween(value, "<", ">") || IsBetween(value, "[", "]") || IsBetween(value, "__", "__") ||
      IsBetween(value, "#{", "}#") || IsBetween(value, "@", "@"))
    return true;
  return IsCapitals(value) || IsStruckOut(value) || IsAppeal(value);
}

bool IsFile(string_view value) {
  return absl::StartsWith(value, "/") || absl::StartsWith(value, "./") || absl::StartsWith(value, "../") ||
         absl::StartsWith(value, "~/") || absl::StartsWith(value, "file:") ||
         Any(kFileEndings, [value](string_view ending) { return absl::EndsWith(value, ending); });
}

}  // namespace kubeconfig_writer
