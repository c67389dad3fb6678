#include "credential_provider/crypto/openssl_library.h"

#include "credential_provider/base/shared_library.h"

namespace credential_provider {
namespace {

// Every name below has the same signature in OpenSSL 1.1.1 and 3.
constexpr const char* kNames[] = {"libcrypto.so.3", "libcrypto.so.1.1"};

absl::StatusOr<OpenSslLibrary> Bind() {
  SharedLibrary library(kNames, "OpenSSL (package libssl3, openssl-libs or similar)");
  OpenSslLibrary openssl;
  library.Bind("SHA256", &openssl.Sha256);
  library.Bind("HMAC", &openssl.Hmac);
  library.Bind("EVP_sha256", &openssl.EvpSha256);
  library.Bind("BIO_new_mem_buf", &openssl.BioNewMemBuf);
  library.Bind("BIO_free", &openssl.BioFree);
  library.Bind("PEM_read_bio_X509", &openssl.PemReadX509);
  library.Bind("X509_free", &openssl.X509Free);
  library.Bind("X509_get0_notBefore", &openssl.X509NotBefore);
  library.Bind("X509_get0_notAfter", &openssl.X509NotAfter);
  library.Bind("X509_check_private_key", &openssl.X509CheckPrivateKey);
  library.Bind("ASN1_TIME_to_tm", &openssl.Asn1TimeToTm);
  library.Bind("PEM_read_bio_PrivateKey", &openssl.PemReadPrivateKey);
  library.Bind("EVP_PKEY_free", &openssl.PkeyFree);
  library.Bind("BIO_new", &openssl.BioNew);
  library.Bind("BIO_s_mem", &openssl.BioMemory);
  library.Bind("BIO_read", &openssl.BioRead);
  library.Bind("d2i_X509_NAME", &openssl.DecodeX509Name);
  library.Bind("X509_NAME_free", &openssl.X509NameFree);
  library.Bind("d2i_ASN1_TIME", &openssl.DecodeAsn1Time);
  library.Bind("ASN1_TIME_free", &openssl.Asn1TimeFree);
  library.Bind("X509_NAME_get_text_by_NID", &openssl.X509NameGetTextByNid);
  library.Bind("X509_NAME_print_ex", &openssl.X509NamePrint);
  if (!library.status().ok()) return library.status();
  return openssl;
}

}  // namespace

absl::StatusOr<const OpenSslLibrary*> LoadOpenSsl() {
  static const auto* const library = new absl::StatusOr<OpenSslLibrary>(Bind());
  if (!library->ok()) return library->status();
  return &**library;
}

}  // namespace credential_provider
