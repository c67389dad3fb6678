#include "credential_provider/base/typed_name.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "credential_provider/base/program_name.h"

namespace credential_provider {
namespace {

// One of the constants, so that there is nothing to construct before main and nothing to free.
const char* typed_name = nullptr;

}  // namespace

void SetTypedName(absl::string_view name) {
  for (const char* const known : {kKubectlPlugin, kProgramName, kWriterProgramName}) {
    if (name == known) typed_name = known;
  }
}

bool HasTypedName() { return typed_name != nullptr; }

absl::string_view TypedName(absl::string_view program) {
  return typed_name == nullptr ? program : absl::string_view(typed_name);
}

std::string AsTyped(absl::string_view text) {
  if (typed_name != kKubectlPlugin) return std::string(text);
  const std::string typed = absl::StrCat("`", kKubectlPlugin, " ");
  return absl::StrReplaceAll(text, {{absl::StrCat("`", kProgramName, " "), typed},
                                    {absl::StrCat("`", kWriterProgramName, " "), typed}});
}

}  // namespace credential_provider
