#include "credential_provider/commands/forgotten.h"

#include <unistd.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "credential_provider/cli/report.h"

namespace credential_provider {
namespace {

// "1 credential", "2 credentials".
std::string Counted(int count, absl::string_view one, absl::string_view many) {
  return absl::StrCat(count, " ", count == 1 ? one : many);
}

}  // namespace

absl::StatusOr<Output> Forgotten(const absl::StatusOr<ForgottenCount>& count) {
  if (!count.ok()) return count.status();
  std::string text = absl::StrCat("forgot ", Counted(count->credentials, "credential", "credentials"));
  if (count->sessions > 0) absl::StrAppend(&text, ", ", Counted(count->sessions, "session", "sessions"));
  if (count->principals > 0)
    absl::StrAppend(&text, ", ", Counted(count->principals, "remembered caller", "remembered callers"));
  if (count->issuances > 0)
    absl::StrAppend(&text, ", and the ledger of ", Counted(count->issuances, "issuance", "issuances"));
  return Output{LineFor(STDOUT_FILENO, text)};
}

}  // namespace credential_provider
