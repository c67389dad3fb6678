#include "tests/sandbox/wire/http_message.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "tests/sandbox/wire/percent_encoding.h"

namespace sandbox {

std::string HttpRequest::Header(absl::string_view name) const { return ValueOf(headers, name); }

int HttpRequest::HeaderCount(absl::string_view name) const {
  return static_cast<int>(
      std::count_if(headers.begin(), headers.end(), [&](const auto& pair) { return pair.first == name; }));
}

NameValues HttpRequest::Query() const { return ParseQuery(raw_query, PlusMeans::kPlus); }

NameValues HttpRequest::QueryAndForm() const {
  NameValues all = Query();
  if (absl::StartsWith(Header("content-type"), "application/x-www-form-urlencoded")) {
    for (auto& pair : ParseQuery(body, PlusMeans::kSpace)) all.push_back(std::move(pair));
  }
  return all;
}

std::string HttpRequest::BearerToken() const {
  const std::string authorization = Header("authorization");
  absl::string_view token = authorization;
  return absl::ConsumePrefix(&token, "Bearer ") ? std::string(token) : "";
}

}  // namespace sandbox
