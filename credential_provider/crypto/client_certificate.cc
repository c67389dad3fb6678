#include "credential_provider/crypto/client_certificate.h"

#include <ctime>
#include <memory>

namespace credential_provider {
namespace {

template <typename T>
using Owned = std::unique_ptr<T, void (*)(T*)>;
using Bio = std::unique_ptr<BIO, int (*)(BIO*)>;

Bio MemoryBio(const OpenSslLibrary& openssl, absl::string_view text) {
  return Bio(openssl.BioNewMemBuf(text.data(), static_cast<int>(text.size())), openssl.BioFree);
}

// OpenSSL would ask at the terminal for the password of an encrypted key; this answers that there is none.
int NoPassword(char*, int, int, void*) { return -1; }

absl::StatusOr<absl::Time> ToTime(const OpenSslLibrary& openssl, const ASN1_TIME* time) {
  std::tm utc = {};
  if (openssl.Asn1TimeToTm(time, &utc) != 1)
    return absl::InvalidArgumentError("client certificate: unreadable dates");
  return absl::FromTM(utc, absl::UTCTimeZone());
}

}  // namespace

absl::StatusOr<CertificateDates> CheckClientCertificate(const OpenSslLibrary& openssl,
                                                        absl::string_view certificate_pem,
                                                        const Secret& key_pem) {
  const Bio certificate_bio = MemoryBio(openssl, certificate_pem);
  const Owned<X509> certificate(openssl.PemReadX509(certificate_bio.get(), nullptr, NoPassword, nullptr),
                                openssl.X509Free);
  if (certificate == nullptr) return absl::InvalidArgumentError("client certificate: not a PEM certificate");
  const Bio key_bio = MemoryBio(openssl, key_pem.Reveal());
  const Owned<EVP_PKEY> key(openssl.PemReadPrivateKey(key_bio.get(), nullptr, NoPassword, nullptr),
                            openssl.PkeyFree);
  if (key == nullptr) return absl::InvalidArgumentError("client key: not an unencrypted PEM private key");
  if (openssl.X509CheckPrivateKey(certificate.get(), key.get()) != 1) {
    return absl::InvalidArgumentError("client certificate: does not belong to the client key");
  }
  absl::StatusOr<absl::Time> not_before = ToTime(openssl, openssl.X509NotBefore(certificate.get()));
  if (!not_before.ok()) return not_before.status();
  absl::StatusOr<absl::Time> not_after = ToTime(openssl, openssl.X509NotAfter(certificate.get()));
  if (!not_after.ok()) return not_after.status();
  return CertificateDates{*not_before, *not_after};
}

}  // namespace credential_provider
