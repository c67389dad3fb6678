// Which variables tell where a program was started from, and not for whom.
#ifndef CREDENTIAL_PROVIDER_IDENTITY_SESSION_VARIABLES_H_
#define CREDENTIAL_PROVIDER_IDENTITY_SESSION_VARIABLES_H_

#include "absl/strings/string_view.h"

namespace credential_provider {

// Returns true when the variable `name` differs by itself from one terminal, shell, editor, service start or
// step of a job to the next, and cannot choose an account; also for KUBERNETES_EXEC_INFO, whose cluster
// is a part of keys by itself. One name too few here costs a run of a plugin now and then; one too many would
// be another's credential. So what is not known is not here.
bool TellsOfSession(absl::string_view name);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_IDENTITY_SESSION_VARIABLES_H_
