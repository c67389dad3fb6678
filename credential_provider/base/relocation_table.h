// What the start of the program and RelocateDeferred share. Nothing here may need relocation itself.
#ifndef CREDENTIAL_PROVIDER_BASE_RELOCATION_TABLE_H_
#define CREDENTIAL_PROVIDER_BASE_RELOCATION_TABLE_H_

#include <link.h>

#define CREDENTIAL_PROVIDER_HIDDEN __attribute__((visibility("hidden")))

// NOLINTBEGIN(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp): names that the linker gives
extern "C" {
extern const char __ehdr_start[] CREDENTIAL_PROVIDER_HIDDEN;  // the program's first byte
// The section of third_party/deferred.h.
extern char __start_deferred[] CREDENTIAL_PROVIDER_HIDDEN __attribute__((weak));
extern char __stop_deferred[] CREDENTIAL_PROVIDER_HIDDEN __attribute__((weak));
}
// NOLINTEND(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp)

namespace credential_provider {

#if defined(__x86_64__)
constexpr auto kRelative = R_X86_64_RELATIVE;
#elif defined(__aarch64__)
constexpr auto kRelative = R_AARCH64_RELATIVE;
#endif

// Those that were left; empty when none was.
struct RelocationTable {
  const ElfW(Rela) * begin;
  const ElfW(Rela) * end;
};
extern RelocationTable deferred_relocations CREDENTIAL_PROVIDER_HIDDEN;

inline void Relocate(const ElfW(Rela) * begin, const ElfW(Rela) * end) {
  const auto base = reinterpret_cast<ElfW(Addr)>(&__ehdr_start[0]);
  for (const ElfW(Rela)* one = begin; one != end; ++one) {
    *reinterpret_cast<ElfW(Addr)*>(base + one->r_offset) = base + static_cast<ElfW(Addr)>(one->r_addend);
  }
}

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_BASE_RELOCATION_TABLE_H_
