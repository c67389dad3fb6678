#include "credential_provider/base/waiting.h"

#include <unistd.h>

#include "absl/strings/str_cat.h"
#include "credential_provider/base/file.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/language/in_language.h"

namespace credential_provider {

void SayWaitingFor(absl::string_view what) {
  if (isatty(STDERR_FILENO) == 0) return;
  WriteAll(STDERR_FILENO, absl::StrCat(InLanguage(absl::StrCat("waiting for ", Printable(what))), "\n"),
           "stderr")
      .IgnoreError();
}

}  // namespace credential_provider
