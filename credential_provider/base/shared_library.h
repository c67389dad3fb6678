// Loads a shared library at run time and binds its functions.
#ifndef CREDENTIAL_PROVIDER_BASE_SHARED_LIBRARY_H_
#define CREDENTIAL_PROVIDER_BASE_SHARED_LIBRARY_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace credential_provider {

// Remembers the first thing that went wrong, so that a caller binds all its functions and asks once. The
// library stays loaded for the life of the process.
class SharedLibrary {
 public:
  // Loads the first of `names` that the loader finds. `product` is what a user would install, for the hint.
  SharedLibrary(absl::Span<const char* const> names, absl::string_view product);

  // Sets `*function` to the function called `symbol`.
  template <typename Function>
  void Bind(const char* symbol, Function** function) {
    *function = reinterpret_cast<Function*>(Find(symbol));
  }

  // OK; NotFound when no library was found; FailedPrecondition when it lacks a function.
  const absl::Status& status() const { return status_; }

 private:
  void* Find(const char* symbol);

  std::string product_;
  void* handle_ = nullptr;
  absl::Status status_;
};

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_BASE_SHARED_LIBRARY_H_
