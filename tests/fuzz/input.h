// A fuzzer's bytes, taken apart into what a target needs.
#ifndef CREDENTIAL_PROVIDER_TESTS_FUZZ_INPUT_H_
#define CREDENTIAL_PROVIDER_TESTS_FUZZ_INPUT_H_

#include <cstddef>
#include <cstdint>

#include "absl/strings/string_view.h"

// What libFuzzer calls, and the corpus test.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace credential_provider {

class Input {
 public:
  Input(const uint8_t* data, size_t size) : rest_(reinterpret_cast<const char*>(data), size) {}

  // Takes one byte; 0 when there is none left.
  uint8_t Byte() {
    if (rest_.empty()) return 0;
    const auto byte = static_cast<uint8_t>(rest_.front());
    rest_.remove_prefix(1);
    return byte;
  }

  // Takes what is before the next `end`, or the rest. Seeds stay readable.
  absl::string_view Until(absl::string_view end) {
    const size_t length = rest_.find(end);
    const absl::string_view part = rest_.substr(0, length);
    rest_.remove_prefix(length == absl::string_view::npos ? rest_.size() : length + end.size());
    return part;
  }

  bool empty() const { return rest_.empty(); }
  absl::string_view Rest() const { return rest_; }

 private:
  absl::string_view rest_;
};

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_TESTS_FUZZ_INPUT_H_
