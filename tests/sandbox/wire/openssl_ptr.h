// Owners for OpenSSL's objects.
#ifndef CREDENTIAL_PROVIDER_TESTS_SANDBOX_WIRE_OPENSSL_PTR_H_
#define CREDENTIAL_PROVIDER_TESTS_SANDBOX_WIRE_OPENSSL_PTR_H_

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <memory>
#include <string>

namespace sandbox {

struct OpensslDeleter {
  void operator()(BIO* bio) const { BIO_free_all(bio); }
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(X509* certificate) const { X509_free(certificate); }
  void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
  void operator()(SSL* ssl) const { SSL_free(ssl); }
};

using BioPtr = std::unique_ptr<BIO, OpensslDeleter>;
using KeyPtr = std::shared_ptr<EVP_PKEY>;
using X509Ptr = std::unique_ptr<X509, OpensslDeleter>;
using SslContextPtr = std::unique_ptr<SSL_CTX, OpensslDeleter>;
using SslPtr = std::unique_ptr<SSL, OpensslDeleter>;

// Returns what was written to a memory BIO.
inline std::string TextOf(BIO* bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  return std::string(data, static_cast<size_t>(size));
}

}  // namespace sandbox

#endif  // CREDENTIAL_PROVIDER_TESTS_SANDBOX_WIRE_OPENSSL_PTR_H_
