// Binds OpenSSL's libcrypto when it is first needed: a cached answer needs no cryptography, and loading the
// library costs more than the whole of such a run.
#ifndef CREDENTIAL_PROVIDER_CRYPTO_OPENSSL_LIBRARY_H_
#define CREDENTIAL_PROVIDER_CRYPTO_OPENSSL_LIBRARY_H_

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>
#include <openssl/sha.h>
#include <openssl/x509.h>

#include "absl/status/statusor.h"

namespace credential_provider {

// The functions in use. Their types come from OpenSSL's own headers, so that a wrong signature cannot
// compile.
struct OpenSslLibrary {
  decltype(&::SHA256) Sha256;
  decltype(&::HMAC) Hmac;
  decltype(&::EVP_sha256) EvpSha256;
  decltype(&::BIO_new_mem_buf) BioNewMemBuf;
  decltype(&::BIO_free) BioFree;
  decltype(&::PEM_read_bio_X509) PemReadX509;
  decltype(&::X509_free) X509Free;
  decltype(&::X509_get0_notBefore) X509NotBefore;
  decltype(&::X509_get0_notAfter) X509NotAfter;
  decltype(&::X509_check_private_key) X509CheckPrivateKey;
  decltype(&::ASN1_TIME_to_tm) Asn1TimeToTm;
  decltype(&::PEM_read_bio_PrivateKey) PemReadPrivateKey;
  decltype(&::EVP_PKEY_free) PkeyFree;
  decltype(&::BIO_new) BioNew;
  decltype(&::BIO_s_mem) BioMemory;
  decltype(&::BIO_read) BioRead;
  decltype(&::d2i_X509_NAME) DecodeX509Name;
  decltype(&::X509_NAME_free) X509NameFree;
  decltype(&::d2i_ASN1_TIME) DecodeAsn1Time;
  decltype(&::ASN1_TIME_free) Asn1TimeFree;
  decltype(&::X509_NAME_get_text_by_NID) X509NameGetTextByNid;
  decltype(&::X509_NAME_print_ex) X509NamePrint;
};

// Loads libcrypto once and never unloads it. NotFound, with a hint, when the machine has none.
absl::StatusOr<const OpenSslLibrary*> LoadOpenSsl();

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_CRYPTO_OPENSSL_LIBRARY_H_
