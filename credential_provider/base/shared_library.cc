#include "credential_provider/base/shared_library.h"

#include <dlfcn.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "credential_provider/base/status_context.h"

namespace credential_provider {

SharedLibrary::SharedLibrary(absl::Span<const char* const> names, absl::string_view product)
    : product_(product) {
  for (const char* name : names) {
    handle_ = dlopen(name, RTLD_NOW | RTLD_LOCAL);
    if (handle_ != nullptr) return;
  }
  status_ =
      WithHint(absl::NotFoundError(absl::StrCat(absl::StrJoin(names, " or "), ": not found on this machine")),
               absl::StrCat("install ", product_));
}

void* SharedLibrary::Find(const char* symbol) {
  if (handle_ == nullptr) return nullptr;
  void* const function = dlsym(handle_, symbol);
  if (function == nullptr && status_.ok()) {
    status_ =
        WithHint(absl::FailedPreconditionError(absl::StrCat(symbol, ": not in the library that was found")),
                 absl::StrCat("install a newer ", product_));
  }
  return function;
}

}  // namespace credential_provider
