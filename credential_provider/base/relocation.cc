#include "credential_provider/base/relocation.h"

#include <sys/mman.h>
#include <unistd.h>

#include "credential_provider/base/relocation_table.h"

namespace credential_provider {

RelocationTable deferred_relocations = {nullptr, nullptr};

void RelocateDeferred() {
  if (deferred_relocations.begin == deferred_relocations.end) return;
  Relocate(deferred_relocations.begin, deferred_relocations.end);
  deferred_relocations = {nullptr, nullptr};
  const auto page = static_cast<ElfW(Addr)>(sysconf(_SC_PAGESIZE));
  const ElfW(Addr) begin = (reinterpret_cast<ElfW(Addr)>(&__start_deferred[0]) + page - 1) & ~(page - 1);
  const ElfW(Addr) end = reinterpret_cast<ElfW(Addr)>(&__stop_deferred[0]) & ~(page - 1);
  if (begin < end) mprotect(reinterpret_cast<void*>(begin), end - begin, PROT_READ);
}

}  // namespace credential_provider
