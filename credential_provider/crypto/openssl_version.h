// Which OpenSSL this is.
#ifndef CREDENTIAL_PROVIDER_CRYPTO_OPENSSL_VERSION_H_
#define CREDENTIAL_PROVIDER_CRYPTO_OPENSSL_VERSION_H_

namespace credential_provider {

// "1.2.3", of the OpenSSL that is in the program.
const char* OpenSslVersion();

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_CRYPTO_OPENSSL_VERSION_H_
