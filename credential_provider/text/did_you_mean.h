// What somebody who has mistyped a name most likely meant.
#ifndef CREDENTIAL_PROVIDER_TEXT_DID_YOU_MEAN_H_
#define CREDENTIAL_PROVIDER_TEXT_DID_YOU_MEAN_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace credential_provider {

// Returns those of `names` that `typed` is nearest to, three at most, in their order: a letter in four, and
// one of a short word, may be missing, too many, another, or have changed places with the next, whatever the
// case. When there are none, those that begin with `typed`. Nothing for what is longer than a name can be.
std::vector<std::string> NearestNames(absl::string_view typed, absl::Span<const std::string> names);

// Returns "did you mean dev?" or "did you mean dev or prod?", and `besides` after it; only `besides` when
// nothing is near.
std::string DidYouMean(absl::string_view typed, absl::Span<const std::string> names,
                       absl::string_view besides = "");

// Returns the first of `names`, and how many more there are: "dev, prod, test and 12 more".
std::string FirstNames(absl::Span<const std::string> names);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_TEXT_DID_YOU_MEAN_H_
