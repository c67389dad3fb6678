// What a hit allocates is little. It gets memory that comes with the program: the allocator of this libc asks
// the kernel twice for each size that it meets for the first time, which was nearly half of a hit's system
// calls. It is for the thread that the program begins with; any other gets libc's.
#include <pthread.h>
#include <unistd.h>

#include <cstddef>
#include <cstdlib>
#include <functional>
#include <new>

namespace {

constexpr size_t kAlignment = alignof(std::max_align_t);

alignas(kAlignment) char memory[64 << 10];
size_t used = 0;
bool is_begun = false;
pthread_t first_thread;

// Never 0: no two places are the same.
size_t Rounded(size_t size) { return size == 0 ? kAlignment : (size + kAlignment - 1) & ~(kAlignment - 1); }

// `new` is called long before there is a second one.
bool IsFirstThread() {
  if (!is_begun) {
    first_thread = pthread_self();
    is_begun = true;
  }
  return pthread_equal(first_thread, pthread_self()) != 0;
}

bool IsOurs(const void* place) {
  return std::less_equal<>()(static_cast<const void*>(memory), place) &&
         std::less<>()(place, static_cast<const void*>(memory + sizeof(memory)));
}

// Says so with what there is: nothing here may need memory.
[[noreturn]] void EndWithoutMemory() {
  constexpr char kText[] =
      "error: out of memory\n"
      "hint: this process may not have more: see `ulimit -v`, the limit of its container, and what else "
      "runs\n";
  // Who cannot be told is told by the status.
  if (write(STDERR_FILENO, kText, sizeof(kText) - 1) < 0) _exit(1);
  _exit(1);
}

}  // namespace

void* operator new(size_t size) {
  if (IsFirstThread() && size < sizeof(memory) && Rounded(size) <= sizeof(memory) - used) {
    char* const place = memory + used;
    used += Rounded(size);
    return place;
  }
  void* const place = std::malloc(size);
  if (place == nullptr) EndWithoutMemory();
  return place;
}

void operator delete(void* place) noexcept {
  if (!IsOurs(place)) std::free(place);
}

void operator delete(void* place, size_t size) noexcept {
  if (!IsOurs(place)) return std::free(place);
  // Only the last one is used again, such as that of a string that grows.
  if (IsFirstThread() && static_cast<char*>(place) + Rounded(size) == memory + used) used -= Rounded(size);
}
