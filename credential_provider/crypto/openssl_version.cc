#include "credential_provider/crypto/openssl_version.h"

#include <openssl/opensslv.h>

namespace credential_provider {

const char* OpenSslVersion() { return OPENSSL_FULL_VERSION_STR; }

}  // namespace credential_provider
