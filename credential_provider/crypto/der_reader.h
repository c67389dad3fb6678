// Reads the outlines of DER, without knowing what is in it. OpenSSL's own reader of certificates decodes the
// public key as well, which takes half a millisecond for some; where only a name or a time is asked for, that
// part is found here and left to OpenSSL then.
#ifndef CREDENTIAL_PROVIDER_CRYPTO_DER_READER_H_
#define CREDENTIAL_PROVIDER_CRYPTO_DER_READER_H_

#include <utility>

#include "absl/strings/string_view.h"

namespace credential_provider {

// Walks over elements that follow each other. What it returns are views into the text it was made of.
class DerReader {
 public:
  static constexpr unsigned char kConstructed = 0x20;  // in a tag: elements are inside

  explicit DerReader(absl::string_view der) : rest_(der) {}

  // Returns the tag of the next element, 0 at the end.
  unsigned char tag() const { return rest_.empty() ? 0 : Byte(0); }

  // Takes the next element and returns the whole of it, or its content; "" when it is torn.
  absl::string_view Take() { return Split().first; }
  absl::string_view TakeContent() { return Split().second; }

 private:
  unsigned char Byte(size_t i) const { return static_cast<unsigned char>(rest_[i]); }
  std::pair<absl::string_view, absl::string_view> Split();
  std::pair<absl::string_view, absl::string_view> Torn();

  absl::string_view rest_;
};

// The parts of a certificate before its public key, each a whole element but the serial number; "" from where
// it is torn. https://www.rfc-editor.org/rfc/rfc5280#section-4.1
struct CertificateOutline {
  absl::string_view serial;  // big-endian
  absl::string_view issuer;
  absl::string_view validity;
  absl::string_view subject;
};

CertificateOutline OutlineOf(absl::string_view certificate_der);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_CRYPTO_DER_READER_H_
