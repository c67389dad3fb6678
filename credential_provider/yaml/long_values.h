// Lets libyaml read a kubeconfig without its certificates. They are nearly all of the bytes of a large one,
// hold nothing that means anything to YAML, and libyaml looks at each byte several times.
#ifndef CREDENTIAL_PROVIDER_YAML_LONG_VALUES_H_
#define CREDENTIAL_PROVIDER_YAML_LONG_VALUES_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace credential_provider {

// A text and a shorter one, in which long values are cut: those on a line of only a key that ends with "data"
// and base64 without quotes. Whether such a line is what it looks like, and not part of some other value,
// only the parser can tell: the short text stands for the long one when it finds a plain scalar exactly where
// each value was cut.
class LongValues {
 public:
  // Without `cut` both texts are the same.
  LongValues(absl::string_view text, bool cut);

  const std::string& short_text() const { return short_text_; }

  // Returns the offset in the text of what is at `offset` in the short one. Fast when offsets come in order.
  size_t ToLong(size_t offset);

  // Tells of a plain scalar, by its place in the text. Returns true when it is one that was cut.
  bool SawPlain(size_t begin, size_t end);

  // True when a plain scalar was seen, in order, for each value that is cut.
  bool SawAll() const { return seen_ == cuts_.size(); }

 private:
  struct Cut {
    size_t begin;      // of the value, in the text
    size_t end;        // after it
    size_t short_end;  // after what is left of it, in the short text
  };

  std::vector<Cut> cuts_;
  std::string short_text_;
  size_t before_ = 0;  // cuts before the offset that was last asked for
  size_t seen_ = 0;
};

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_YAML_LONG_VALUES_H_
