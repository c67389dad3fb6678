#include "tests/testing/secret_marks.h"

#include <cctype>

namespace credential_provider {
namespace {

// A secret begins with `start`, and the word that it begins holds `inside` and is at least as long as
// `length`.
struct Mark {
  const char* start;
  const char* inside;
  size_t length;
};

constexpr Mark kMarks[] = {
    {"sandbox-", "-secret", 0},
    {"sandbox-cloudsso-token", "", 0},
    {"sandbox-oauth-token", "", 0},
    {"sandbox-refresh-token", "", 0},
    {"sandbox-device-code", "", 0},
    {"sandbox-auth-code", "", 0},
    {"sandbox-actions-request-token", "", 0},
    {"fake-marked", "", 0},
    {"fake-security-token-", "", 0},
    {"fake-metadata-token-", "", 0},
    {"PRIVATE KEY", "", 0},
    {"eyJ", "", 30},          // a JSON object in base64: the head of a JSON Web Token
    {"k8s-ack-v2.", "", 40},  // not the mere prefix
};

bool IsInWord(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_' || c == '.';
}

std::string WordAt(const std::string& text, size_t begin) {
  size_t end = begin;
  while (end < text.size() && IsInWord(text[end])) ++end;
  return text.substr(begin, end - begin);
}

}  // namespace

std::string FindSecret(const std::string& text) {
  for (const Mark& mark : kMarks) {
    for (size_t at = 0; (at = text.find(mark.start, at)) != std::string::npos; ++at) {
      const std::string word = WordAt(text, at);
      if (word.find(mark.inside) != std::string::npos && word.size() >= mark.length) return word;
    }
  }
  return "";
}

}  // namespace credential_provider
