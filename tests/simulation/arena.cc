#include "tests/simulation/arena.h"

#include <sys/mman.h>

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <new>

namespace credential_provider::simulation {
namespace {

constexpr size_t kArenaBytes = size_t{4} << 30;  // of addresses; memory is taken as it is touched
constexpr size_t kUnit = 16;
constexpr size_t kClasses = 256;  // of sizes that are used again, in units

struct Freed {
  Freed* next;
};

char* arena = nullptr;
char* at = nullptr;
bool is_on = false;
Freed* freed[kClasses];

size_t& UnitsOf(void* block) { return *reinterpret_cast<size_t*>(static_cast<char*>(block) - kUnit); }

void* TakeFromArena(size_t bytes) {
  const size_t units = (bytes + kUnit - 1) / kUnit;
  if (units < kClasses && freed[units] != nullptr) {
    Freed* const block = freed[units];
    freed[units] = block->next;
    return block;
  }
  char* const block = at + kUnit;
  at = block + units * kUnit;
  if (at > arena + kArenaBytes) {
    std::fputs("simulation: one schedule has used up its memory\n", stderr);
    std::abort();
  }
  UnitsOf(block) = units;
  return block;
}

bool IsInArena(const void* block) { return block >= arena && block < arena + kArenaBytes; }

void* Take(size_t bytes) {
  void* const block = is_on ? TakeFromArena(bytes == 0 ? 1 : bytes) : std::malloc(bytes == 0 ? 1 : bytes);
  if (block == nullptr) std::abort();
  return block;
}

void Free(void* block) {
  if (!IsInArena(block)) {
    std::free(block);
    return;
  }
  const size_t units = UnitsOf(block);
  if (!is_on || units >= kClasses) return;
  auto* const first = static_cast<Freed*>(block);
  first->next = freed[units];
  freed[units] = first;
}

}  // namespace

void BeginArena() {
  if (arena == nullptr) {
    void* const memory = mmap(nullptr, kArenaBytes, PROT_READ | PROT_WRITE,
                              MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory == MAP_FAILED) std::abort();
    arena = static_cast<char*>(memory);
  }
  at = arena;
  for (Freed*& list : freed) list = nullptr;
  is_on = true;
}

void EndArena() { is_on = false; }

}  // namespace credential_provider::simulation

void* operator new(size_t bytes) { return credential_provider::simulation::Take(bytes); }
void* operator new[](size_t bytes) { return credential_provider::simulation::Take(bytes); }
void operator delete(void* block) noexcept { credential_provider::simulation::Free(block); }
void operator delete[](void* block) noexcept { credential_provider::simulation::Free(block); }
void operator delete(void* block, size_t) noexcept { credential_provider::simulation::Free(block); }
void operator delete[](void* block, size_t) noexcept { credential_provider::simulation::Free(block); }
