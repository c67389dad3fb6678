// The manual page of a program, made of the tables that its help is made of.
#ifndef CREDENTIAL_PROVIDER_CLI_SELF_MAN_PAGE_H_
#define CREDENTIAL_PROVIDER_CLI_SELF_MAN_PAGE_H_

#include <string>

#include "credential_provider/cli/command.h"

namespace credential_provider {

// Returns the page in mdoc(7), for section 1.
std::string ManPage(const Program& program);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_CLI_SELF_MAN_PAGE_H_
