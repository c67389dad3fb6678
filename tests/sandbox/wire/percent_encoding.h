// Percent-encoding as signature V3 wants it, and its inverse.
#ifndef CREDENTIAL_PROVIDER_TESTS_SANDBOX_WIRE_PERCENT_ENCODING_H_
#define CREDENTIAL_PROVIDER_TESTS_SANDBOX_WIRE_PERCENT_ENCODING_H_

#include <string>

#include "absl/strings/string_view.h"
#include "tests/sandbox/wire/name_values.h"

namespace sandbox {

// What a bare '+' stands for: itself in a query, a space in a form.
enum class PlusMeans { kPlus, kSpace };

// Leaves A-Z a-z 0-9 - _ . ~ and turns every other byte into upper-case %XX.
std::string PercentEncode(absl::string_view text);
// Decodes %XX; a '%' without two hexadecimal digits stays as it is.
std::string PercentDecode(absl::string_view text);

// Splits "a=1&b" into decoded names and values, in the order sent.
NameValues ParseQuery(absl::string_view text, PlusMeans plus);

// Returns the canonical form of a path: each segment decoded and encoded again; "/" when empty.
std::string CanonicalPath(absl::string_view wire_path);
// Returns the canonical form of a query: sorted by decoded name, every name with its '='.
std::string CanonicalQuery(NameValues query);

}  // namespace sandbox

#endif  // CREDENTIAL_PROVIDER_TESTS_SANDBOX_WIRE_PERCENT_ENCODING_H_
