#include "credential_provider/http/curl_version.h"

#include <curl/curlver.h>

namespace credential_provider {

const char* CurlVersion() { return LIBCURL_VERSION; }

}  // namespace credential_provider
