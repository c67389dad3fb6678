// HTTP replies in a fuzzer's bytes, as text that a person can write as well:
//
//     403
//     date: Fri, 02 Jan 2026 03:04:05 GMT
//
//     {"Code": "StatusForbidden"}
//
// A line "%%" ends a reply that is not the last.
#ifndef CREDENTIAL_PROVIDER_TESTS_FUZZ_HTTP_REPLY_H_
#define CREDENTIAL_PROVIDER_TESTS_FUZZ_HTTP_REPLY_H_

#include <deque>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_replace.h"
#include "credential_provider/http/http_transport.h"
#include "tests/fuzz/input.h"

namespace credential_provider {

// Takes a reply; "\x01" in its body stands for `secret`, as a server that repeats what it was sent.
inline HttpResponse TakeReply(Input* input, absl::string_view secret) {
  const absl::string_view text = input->Until("\n%%\n");
  Input reply(reinterpret_cast<const uint8_t*>(text.data()), text.size());
  HttpResponse response;
  if (!absl::SimpleAtoi(reply.Until("\n"), &response.status)) response.status = 200;
  while (!reply.empty()) {
    const absl::string_view line = reply.Until("\n");
    const size_t colon = line.find(": ");
    if (colon == absl::string_view::npos) break;
    response.headers[std::string(line.substr(0, colon))] = std::string(line.substr(colon + 2));
  }
  response.body = absl::StrReplaceAll(reply.Rest(), {{"\x01", secret}});
  return response;
}

inline std::deque<absl::StatusOr<HttpResponse>> TakeReplies(Input* input, absl::string_view secret) {
  std::deque<absl::StatusOr<HttpResponse>> replies;
  while (!input->empty()) replies.push_back(TakeReply(input, secret));
  return replies;
}

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_TESTS_FUZZ_HTTP_REPLY_H_
