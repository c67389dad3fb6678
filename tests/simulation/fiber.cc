#include "tests/simulation/fiber.h"

#include <sys/mman.h>

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

// Saves what a function must keep for its caller, on the stack that it leaves. musl has no swapcontext(3).
extern "C" void simulation_switch_stack(void** from, void* to);

#if defined(__x86_64__)
asm(R"(
.text
.globl simulation_switch_stack
.type simulation_switch_stack,@function
simulation_switch_stack:
  pushq %rbp
  pushq %rbx
  pushq %r12
  pushq %r13
  pushq %r14
  pushq %r15
  movq %rsp, (%rdi)
  movq %rsi, %rsp
  popq %r15
  popq %r14
  popq %r13
  popq %r12
  popq %rbx
  popq %rbp
  ret
.size simulation_switch_stack, . - simulation_switch_stack
)");
constexpr int kSavedWords = 6, kReturnWord = 6, kFrameWords = 8;
#elif defined(__aarch64__)
asm(R"(
.text
.globl simulation_switch_stack
.type simulation_switch_stack,%function
simulation_switch_stack:
  sub sp, sp, #176
  stp x19, x20, [sp, #0]
  stp x21, x22, [sp, #16]
  stp x23, x24, [sp, #32]
  stp x25, x26, [sp, #48]
  stp x27, x28, [sp, #64]
  stp x29, x30, [sp, #80]
  stp d8, d9, [sp, #96]
  stp d10, d11, [sp, #112]
  stp d12, d13, [sp, #128]
  stp d14, d15, [sp, #144]
  mov x9, sp
  str x9, [x0]
  mov sp, x1
  ldp x19, x20, [sp, #0]
  ldp x21, x22, [sp, #16]
  ldp x23, x24, [sp, #32]
  ldp x25, x26, [sp, #48]
  ldp x27, x28, [sp, #64]
  ldp x29, x30, [sp, #80]
  ldp d8, d9, [sp, #96]
  ldp d10, d11, [sp, #112]
  ldp d12, d13, [sp, #128]
  ldp d14, d15, [sp, #144]
  add sp, sp, #176
  ret
.size simulation_switch_stack, . - simulation_switch_stack
)");
constexpr int kSavedWords = 22, kReturnWord = 11, kFrameWords = 24;
#endif

namespace credential_provider::simulation {
namespace {

constexpr size_t kStackBytes = 256 << 10;
constexpr size_t kGuardBytes = 4096;
constexpr int kMostStacks = 256;

char* free_stacks[kMostStacks];
int free_count = 0;

char* MapStack() {
  void* const memory = mmap(nullptr, kStackBytes + kGuardBytes, PROT_READ | PROT_WRITE,
                            MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (memory == MAP_FAILED || mprotect(memory, kGuardBytes, PROT_NONE) != 0) {
    std::perror("simulation: a stack");
    std::abort();
  }
  return static_cast<char*>(memory) + kGuardBytes + kStackBytes;
}

}  // namespace

void SwitchStack(StackPointer* from, StackPointer to) {
  const int error = errno;
  simulation_switch_stack(from, to);
  errno = error;
}

StackPointer NewStack(char* top, void (*entry)()) {
  auto* const frame = reinterpret_cast<uintptr_t*>(top) - kFrameWords;
  for (int i = 0; i < kSavedWords; ++i) frame[i] = 0;
  frame[kReturnWord] = reinterpret_cast<uintptr_t>(entry);
  return frame;
}

char* TakeStack() { return free_count > 0 ? free_stacks[--free_count] : MapStack(); }

void GiveBackStack(char* top) {
  if (free_count < kMostStacks) free_stacks[free_count++] = top;
}

}  // namespace credential_provider::simulation
