#include "credential_provider/yaml/byte_offsets.h"

#include <algorithm>
#include <cstring>

namespace credential_provider {
namespace {

constexpr size_t kStride = 64;

bool BeginsCharacter(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) != 0x80; }

// Eight bytes at a time: most kubeconfigs are ASCII, and some are megabytes.
bool IsAscii(absl::string_view text) {
  constexpr uint64_t kHighBits = 0x8080808080808080;
  uint64_t bytes = 0, seen = 0;
  for (; text.size() >= sizeof(bytes); text.remove_prefix(sizeof(bytes))) {
    std::memcpy(&bytes, text.data(), sizeof(bytes));
    seen |= bytes;
  }
  for (const char byte : text) seen |= static_cast<unsigned char>(byte);
  return (seen & kHighBits) == 0;
}

}  // namespace

ByteOffsets::ByteOffsets(absl::string_view text) : text_(text) {
  if (IsAscii(text)) return;
  size_t characters = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if (!BeginsCharacter(text[i])) continue;
    if (characters++ % kStride == 0) marks_.push_back(static_cast<uint32_t>(i));
  }
}

size_t ByteOffsets::At(size_t index) const {
  if (marks_.empty()) return std::min(index, text_.size());
  if (index / kStride >= marks_.size()) return text_.size();
  size_t byte = marks_[index / kStride];
  for (size_t left = index % kStride; left > 0 && byte < text_.size(); --left) {
    ++byte;
    while (byte < text_.size() && !BeginsCharacter(text_[byte])) ++byte;
  }
  return byte;
}

}  // namespace credential_provider
