#include "credential_provider/crypto/client_certificate.h"

#include <openssl/pem.h>
#include <openssl/x509.h>

#include <ctime>
#include <memory>

#include "credential_provider/base/relocation.h"

namespace credential_provider {
namespace {

template <typename T>
using Owned = std::unique_ptr<T, void (*)(T*)>;
using Bio = std::unique_ptr<BIO, int (*)(BIO*)>;

Bio MemoryBio(absl::string_view text) {
  return Bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())), &BIO_free);
}

// OpenSSL would ask at the terminal for the password of an encrypted key; this answers that there is none.
int NoPassword(char*, int, int, void*) { return -1; }

absl::StatusOr<absl::Time> ToTime(const ASN1_TIME* time) {
  std::tm utc = {};
  if (ASN1_TIME_to_tm(time, &utc) != 1)
    return absl::InvalidArgumentError("client certificate: unreadable dates");
  return absl::FromTM(utc, absl::UTCTimeZone());
}

}  // namespace

absl::StatusOr<CertificateDates> CheckClientCertificate(absl::string_view certificate_pem,
                                                        const Secret& key_pem) {
  RelocateDeferred();
  const Bio certificate_bio = MemoryBio(certificate_pem);
  const Owned<X509> certificate(PEM_read_bio_X509(certificate_bio.get(), nullptr, NoPassword, nullptr),
                                X509_free);
  if (certificate == nullptr) return absl::InvalidArgumentError("client certificate: not a PEM certificate");
  const Bio key_bio = MemoryBio(key_pem.Reveal());
  const Owned<EVP_PKEY> key(PEM_read_bio_PrivateKey(key_bio.get(), nullptr, NoPassword, nullptr),
                            EVP_PKEY_free);
  if (key == nullptr) return absl::InvalidArgumentError("client key: not an unencrypted PEM private key");
  if (X509_check_private_key(certificate.get(), key.get()) != 1) {
    return absl::InvalidArgumentError("client certificate: does not belong to the client key");
  }
  absl::StatusOr<absl::Time> not_before = ToTime(X509_get0_notBefore(certificate.get()));
  if (!not_before.ok()) return not_before.status();
  absl::StatusOr<absl::Time> not_after = ToTime(X509_get0_notAfter(certificate.get()));
  if (!not_after.ok()) return not_after.status();
  return CertificateDates{*not_before, *not_after};
}

}  // namespace credential_provider
