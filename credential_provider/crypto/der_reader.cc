#include "credential_provider/crypto/der_reader.h"

namespace credential_provider {
namespace {

constexpr unsigned char kVersion = 0xA0;  // [0] EXPLICIT

}  // namespace

std::pair<absl::string_view, absl::string_view> DerReader::Split() {
  size_t header = 2;
  size_t length = rest_.size() < header ? 0 : Byte(1);
  if (length > 0x80 && length <= 0x84 && rest_.size() >= header + (length & 0x7F)) {
    header += length & 0x7F;
    length = 0;
    for (size_t i = 2; i < header; ++i) length = length << 8 | Byte(i);
  } else if (length >= 0x80) {
    return Torn();
  }
  if (rest_.size() < header || length > rest_.size() - header) return Torn();
  const absl::string_view whole = rest_.substr(0, header + length);
  rest_.remove_prefix(whole.size());
  return {whole, whole.substr(header)};
}

std::pair<absl::string_view, absl::string_view> DerReader::Torn() {
  rest_ = "";
  return {};
}

CertificateOutline OutlineOf(absl::string_view certificate_der) {
  DerReader certificate(DerReader(certificate_der).TakeContent());
  DerReader fields(certificate.TakeContent());
  if (fields.tag() == kVersion) fields.Take();
  CertificateOutline outline;
  outline.serial = fields.TakeContent();
  fields.Take();  // signature algorithm
  outline.issuer = fields.Take();
  outline.validity = fields.Take();
  outline.subject = fields.Take();
  return outline;
}

}  // namespace credential_provider
