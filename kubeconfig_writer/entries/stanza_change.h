// What differs between two stanzas of this program, and whether that is who asks.
#ifndef KUBECONFIG_WRITER_ENTRIES_STANZA_CHANGE_H_
#define KUBECONFIG_WRITER_ENTRIES_STANZA_CHANGE_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "credential_provider/base/environment.h"
#include "kubeconfig_writer/entries/provider_stanza.h"

namespace kubeconfig_writer {

// Returns the flags in `args` that say who asks: "--profile prod --role-arn acs:ram::…". How long a role's
// session lives says nothing about that. "" for whoever is found, and for arguments that make no sense.
std::string IdentityFlagsIn(absl::Span<const std::string> args);

// Returns true when who asks depends on the variable `name` of a stanza: the sources read it, for a key or
// for where one is.
bool SaysWhoAsks(absl::string_view name);

// Returns those of `env` that say who asks, by their names. There may be secrets in them.
StanzaVariables IdentityVariablesIn(const StanzaVariables& env);

// Returns true when the same flags and variables say who asks in both.
bool AskAlike(const ProviderStanza& a, const ProviderStanza& b);

// Returns `wanted`, and those of `standing` that say who asks and that are the same in `environment`: from
// there whoever is found is the one of that stanza.
StanzaVariables WithShared(StanzaVariables wanted, const StanzaVariables& standing,
                           const credential_provider::Environment& environment);

// Returns the flags and variables of `stanza` that say who asks, without secrets; "" for whoever is found.
std::string DescribeIdentity(const ProviderStanza& stanza);

// Returns "--profile prod -> --profile dev": the flags that differ, and the variables that say who asks,
// "(default)" for a side that has none of them. "" when none differs.
std::string DescribeChange(const ProviderStanza& before, const ProviderStanza& after);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_ENTRIES_STANZA_CHANGE_H_
