// Linked into the provider, leaves a part out of every key and of who asks: the one that is called as
// $PLANTED_FAULT says. Adds the names of all parts to the file $PLANTED_FAULT_NAMES.
#include <cstdio>
#include <cstdlib>
#include <string>

#include "absl/strings/string_view.h"
#include "credential_provider/identity/identity_text.h"
#include "credential_provider/store/credential_key.h"

using absl::string_view;
using credential_provider::CredentialKey;
using credential_provider::IdentityText;

// The linker's --wrap lets calls of the one end up in the other; see BUILD.bazel.
#define ARGUMENTS "NSt3__117basic_string_viewIcNS1_11char_traitsIcEEEES5_"
#define ADD_TO_KEY "_ZN19credential_provider13CredentialKey3AddE" ARGUMENTS
#define ADD_TO_WHO "_ZN19credential_provider12IdentityText3AddE" ARGUMENTS
#define ADD_HIDDEN_TO_WHO "_ZN19credential_provider12IdentityText9AddHiddenE" ARGUMENTS

CredentialKey& AddToKey(CredentialKey* key, string_view name,
                        string_view value) __asm__("__real_" ADD_TO_KEY);
IdentityText& AddToWho(IdentityText* who, string_view name, string_view value) __asm__("__real_" ADD_TO_WHO);
IdentityText& AddHiddenToWho(IdentityText* who, string_view name,
                             string_view value) __asm__("__real_" ADD_HIDDEN_TO_WHO);

namespace {

bool IsLeftOut(string_view name) {
  if (const char* const names = std::getenv("PLANTED_FAULT_NAMES")) {
    if (std::FILE* const file = std::fopen(names, "a")) {
      std::fprintf(file, "%s\n", std::string(name).c_str());
      std::fclose(file);
    }
  }
  const char* const planted = std::getenv("PLANTED_FAULT");
  return planted != nullptr && name == planted;
}

}  // namespace

// NOLINTBEGIN(misc-use-internal-linkage): the linker puts them instead of others
CredentialKey& PlantedAddToKey(CredentialKey* key, string_view name,
                               string_view value) __asm__("__wrap_" ADD_TO_KEY);
CredentialKey& PlantedAddToKey(CredentialKey* key, string_view name, string_view value) {
  return IsLeftOut(name) ? *key : AddToKey(key, name, value);
}

IdentityText& PlantedAddToWho(IdentityText* who, string_view name,
                              string_view value) __asm__("__wrap_" ADD_TO_WHO);
IdentityText& PlantedAddToWho(IdentityText* who, string_view name, string_view value) {
  return IsLeftOut(name) ? *who : AddToWho(who, name, value);
}

IdentityText& PlantedAddHiddenToWho(IdentityText* who, string_view name,
                                    string_view value) __asm__("__wrap_" ADD_HIDDEN_TO_WHO);
IdentityText& PlantedAddHiddenToWho(IdentityText* who, string_view name, string_view value) {
  return IsLeftOut(name) ? *who : AddHiddenToWho(who, name, value);
}
// NOLINTEND(misc-use-internal-linkage)
