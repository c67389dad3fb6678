// What a fuzz target demands of the code it calls.
#ifndef CREDENTIAL_PROVIDER_TESTS_FUZZ_REQUIRE_H_
#define CREDENTIAL_PROVIDER_TESTS_FUZZ_REQUIRE_H_

#include <cstdio>
#include <cstdlib>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "credential_provider/base/status_context.h"
#include "tests/fuzz/utf8.h"

namespace credential_provider {

// Ends the process, which the fuzzer takes for a finding, unless `holds`. `property` says what was promised.
inline void Require(bool holds, const char* property) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", property);
  std::abort();
}

// Every error that reaches a user is one line that a terminal can show.
inline void RequireShowable(const absl::Status& error) {
  Require(!error.ok() && !error.message().empty(), "an error says something");
  Require(IsPlainUtf8(error.message()) && IsPlainUtf8(HintOf(error)), "an error is fit for a terminal");
  Require(error.message().size() < 4096, "an error is short");
}

// `error` must not hold `secret`, a text long enough not to be there by chance.
inline void RequireHidden(const absl::Status& error, absl::string_view secret) {
  Require(error.message().find(secret) == absl::string_view::npos, "an error holds no secret");
  Require(HintOf(error).find(secret.data(), 0, secret.size()) == std::string::npos, "nor does a hint");
}

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_TESTS_FUZZ_REQUIRE_H_
