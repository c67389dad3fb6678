#include "kubeconfig_writer/entries/stanza_change.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/invocation/invocation.h"
#include "credential_provider/sources/identity_flags.h"

namespace kubeconfig_writer {
namespace {

using namespace credential_provider;  // NOLINT: this file joins the two

// Each flag with its value, and before them the words without a flag, as this program would write them.
std::vector<std::string> PartsOf(absl::Span<const std::string> args) {
  const absl::StatusOr<Invocation> invocation = ParseInvocation(args);
  const std::vector<std::string> words =
      invocation.ok() ? FormatInvocation(*invocation) : std::vector<std::string>(args.begin(), args.end());
  std::vector<std::string> parts;
  for (const std::string& word : words) {
    if (parts.empty() || absl::StartsWith(word, "--")) {
      parts.push_back(word);
    } else {
      absl::StrAppend(&parts.back(), " ", word);
    }
  }
  return parts;
}

// Those of `parts` that are not in `others`.
std::string Without(const std::vector<std::string>& parts, const std::vector<std::string>& others) {
  std::vector<std::string> left;
  for (const std::string& part : parts) {
    if (std::find(others.begin(), others.end(), part) == others.end()) left.push_back(part);
  }
  return left.empty() ? "(default)" : Printable(absl::StrJoin(left, " "));
}

}  // namespace

std::string IdentityFlagsIn(absl::Span<const std::string> args) {
  absl::StatusOr<Invocation> invocation = ParseInvocation(args);
  if (!invocation.ok()) return "";
  invocation->identity.role_duration = kDefaultRoleDuration;
  return absl::StrJoin(FormatIdentityOptions(invocation->identity), " ");
}

std::string DescribeChange(absl::Span<const std::string> before, absl::Span<const std::string> after) {
  const std::vector<std::string> old = PartsOf(before), fresh = PartsOf(after);
  std::string gone = Without(old, fresh), come = Without(fresh, old);
  return gone == come ? "" : absl::StrCat(gone, " -> ", come);
}

}  // namespace kubeconfig_writer
