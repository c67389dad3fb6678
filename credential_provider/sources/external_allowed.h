// Whether keys may come from other programs and services of this machine.
#ifndef CREDENTIAL_PROVIDER_SOURCES_EXTERNAL_ALLOWED_H_
#define CREDENTIAL_PROVIDER_SOURCES_EXTERNAL_ALLOWED_H_

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "credential_provider/base/environment.h"

namespace credential_provider {

// FailedPrecondition when ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS is "1" or "true".
inline absl::Status ExternalAllowed(const Environment& environment) {
  constexpr char kVariable[] = "ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS";
  const absl::string_view value = environment.Get(kVariable);
  if (value != "1" && !absl::EqualsIgnoreCase(value, "true")) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat("forbidden by ", kVariable));
}

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_SOURCES_EXTERNAL_ALLOWED_H_
