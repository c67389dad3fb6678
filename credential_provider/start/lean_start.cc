// The first thing that a program does that is linked with this, before libc's own start, which relocates what
// is left in the table. Until that has been done nothing works here but arithmetic: no libc, no global
// pointer, no stack protector. What libc's start is handed in a register it gets untouched.
#include <sys/mman.h>
#include <unistd.h>

#include "credential_provider/start/relocation_table.h"

// NOLINTBEGIN(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp,readability-redundant-declaration):
// names that the linker gives, which the libc that this is linked with does not declare
extern ElfW(Dyn) _DYNAMIC[] CREDENTIAL_PROVIDER_HIDDEN;
// NOLINTEND(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp,readability-redundant-declaration)
extern "C" void DeferRelocations() CREDENTIAL_PROVIDER_HIDDEN;

#if defined(__x86_64__)
asm(R"(
  .text
  .globl lean_start
  .type lean_start, @function
lean_start:
  xor %ebp, %ebp
  mov %rdx, %rbx
  call DeferRelocations
  mov %rbx, %rdx
  jmp _start
)");
#elif defined(__aarch64__)
asm(R"(
  .text
  .globl lean_start
  .type lean_start, %function
lean_start:
  mov x29, #0
  mov x30, #0
  mov x19, x0
  bl DeferRelocations
  mov x0, x19
  b _start
)");
#endif

namespace credential_provider {
namespace {

// The first entry from `begin` on whose place is not before `place`: the linker sorts them.
const ElfW(Rela) * LowerBound(const ElfW(Rela) * begin, const ElfW(Rela) * end, ElfW(Addr) place) {
  while (begin != end) {
    const ElfW(Rela)* const middle = begin + (end - begin) / 2;
    if (middle->r_offset < place) {
      begin = middle + 1;
    } else {
      end = middle;
    }
  }
  return begin;
}

// Makes read-only what had to be written to be relocated, as a dynamic loader does and musl's start does not.
__attribute__((constructor(101))) void Protect() {
  const auto page = static_cast<ElfW(Addr)>(sysconf(_SC_PAGESIZE));
  const auto base = reinterpret_cast<ElfW(Addr)>(&__ehdr_start[0]);
  const auto* const header = reinterpret_cast<const ElfW(Ehdr)*>(base);
  const auto* const segments = reinterpret_cast<const ElfW(Phdr)*>(base + header->e_phoff);
  for (int i = 0; i < header->e_phnum; ++i) {
    if (segments[i].p_type != PT_GNU_RELRO) continue;
    const ElfW(Addr) begin = (base + segments[i].p_vaddr) & ~(page - 1);
    const ElfW(Addr) end = (base + segments[i].p_vaddr + segments[i].p_memsz) & ~(page - 1);
    mprotect(reinterpret_cast<void*>(begin), end - begin, PROT_READ);
  }
}

}  // namespace

extern "C" void DeferRelocations() {
  const auto base = reinterpret_cast<ElfW(Addr)>(&__ehdr_start[0]);
  const ElfW(Rela)* table = nullptr;
  ElfW(Dyn)* size = nullptr;
  ElfW(Xword) relative = 0;
  for (ElfW(Dyn)* entry = _DYNAMIC; entry->d_tag != DT_NULL; ++entry) {
    if (entry->d_tag == DT_NEEDED) return;  // a loader has relocated all of it
    if (entry->d_tag == DT_RELA) table = reinterpret_cast<const ElfW(Rela)*>(base + entry->d_un.d_ptr);
    if (entry->d_tag == DT_RELASZ) size = entry;
    if (entry->d_tag == DT_RELACOUNT) relative = entry->d_un.d_val;
  }
  // Only of a table that holds nothing but pointers into the program.
  if (table == nullptr || size == nullptr || relative * sizeof(*table) != size->d_un.d_val) return;
  const ElfW(Rela)* const end = table + relative;
  const ElfW(Rela)* const first =
      LowerBound(table, end, reinterpret_cast<ElfW(Addr)>(&__start_deferred[0]) - base);
  const ElfW(Rela)* const last =
      LowerBound(first, end, reinterpret_cast<ElfW(Addr)>(&__stop_deferred[0]) - base);
  Relocate(last, end);
  deferred_relocations = {first, last};
  size->d_un.d_val = static_cast<ElfW(Xword)>(first - table) * sizeof(*table);
}

}  // namespace credential_provider
