// libyaml counts characters; whoever changes the text needs bytes.
#ifndef CREDENTIAL_PROVIDER_YAML_BYTE_OFFSETS_H_
#define CREDENTIAL_PROVIDER_YAML_BYTE_OFFSETS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"

namespace credential_provider {

class ByteOffsets {
 public:
  // `text` must outlive this object. Where it is not UTF-8, offsets after that place mean nothing.
  explicit ByteOffsets(absl::string_view text);

  // Returns the byte at which character `index` begins; the size of the text for what lies after its end.
  size_t At(size_t index) const;

 private:
  absl::string_view text_;
  std::vector<uint32_t> marks_;  // the byte of every kStride-th character; empty when all are one byte long
};

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_YAML_BYTE_OFFSETS_H_
