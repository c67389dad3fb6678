#include "credential_provider/base/relocation.h"
#include "credential_provider/crypto/openssl_library.h"

namespace credential_provider {

absl::StatusOr<const OpenSslLibrary*> LoadOpenSsl() {
  RelocateDeferred();
  static constexpr OpenSslLibrary kOpenSsl = {
      &::SHA256,
      &::HMAC,
      &::EVP_sha256,
      &::BIO_new_mem_buf,
      &::BIO_free,
      &::PEM_read_bio_X509,
      &::X509_free,
      &::X509_get0_notBefore,
      &::X509_get0_notAfter,
      &::X509_check_private_key,
      &::ASN1_TIME_to_tm,
      &::PEM_read_bio_PrivateKey,
      &::EVP_PKEY_free,
      &::BIO_new,
      &::BIO_s_mem,
      &::BIO_read,
      &::d2i_X509_NAME,
      &::X509_NAME_free,
      &::d2i_ASN1_TIME,
      &::ASN1_TIME_free,
      &::X509_NAME_get_text_by_NID,
      &::X509_NAME_print_ex,
  };
  return &kOpenSsl;
}

}  // namespace credential_provider
