#include "credential_provider/yaml/byte_offsets.h"

#include <algorithm>

namespace credential_provider {
namespace {

constexpr size_t kStride = 64;

bool BeginsCharacter(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) != 0x80; }

bool IsAscii(char byte) { return static_cast<unsigned char>(byte) < 0x80; }

}  // namespace

ByteOffsets::ByteOffsets(absl::string_view text) : text_(text) {
  if (std::all_of(text.begin(), text.end(), IsAscii)) return;
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
