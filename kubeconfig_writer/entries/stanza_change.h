// What differs between the arguments of two stanzas of this program.
#ifndef KUBECONFIG_WRITER_ENTRIES_STANZA_CHANGE_H_
#define KUBECONFIG_WRITER_ENTRIES_STANZA_CHANGE_H_

#include <string>

#include "absl/types/span.h"

namespace kubeconfig_writer {

// Returns the flags in `args` that say who asks: "--profile prod --role-arn acs:ram::…". How long a role's
// session lives says nothing about that. "" for whoever is found, and for arguments that make no sense.
std::string IdentityFlagsIn(absl::Span<const std::string> args);

// Returns "--profile prod -> --profile dev": the flags that differ, "(default)" for a side that has none of
// them. "" when none differs.
std::string DescribeChange(absl::Span<const std::string> before, absl::Span<const std::string> after);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_ENTRIES_STANZA_CHANGE_H_
