// Text that must never be shown: keys, tokens, passwords.
#ifndef CREDENTIAL_PROVIDER_BASE_SECRET_H_
#define CREDENTIAL_PROVIDER_BASE_SECRET_H_

#include <string.h>

#include <string>
#include <utility>

namespace credential_provider {

// Clears memory that is not looked at again, which a compiler would otherwise leave out.
inline void Erase(void* data, size_t size) {
  memset(data, 0, size);
  asm volatile("" : : "r"(data) : "memory");
}

// Holds a secret. There is no conversion and no operator<<: the value is reached by Reveal() alone, so that
// every use can be found by searching for it. The memory is cleared when the object ends.
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string value) : value_(std::move(value)) {}
  Secret(const Secret&) = default;
  Secret(Secret&& other) noexcept : value_(std::move(other.value_)) { other.Clear(); }
  Secret& operator=(Secret other) noexcept {
    value_.swap(other.value_);
    return *this;
  }
  ~Secret() { Clear(); }

  const std::string& Reveal() const { return value_; }
  bool empty() const { return value_.empty(); }

 private:
  // A short value that was moved away has left its bytes behind, in the buffer inside the string.
  void Clear() {
    if (value_.empty()) value_.resize(value_.capacity());
    Erase(&value_[0], value_.size());
    value_.clear();
  }

  std::string value_;
};

// For test failures only.
template <typename Ostream>
void PrintTo(const Secret&, Ostream* out) {
  *out << "<secret>";
}

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_BASE_SECRET_H_
