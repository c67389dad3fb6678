// Which libcurl this is.
#ifndef CREDENTIAL_PROVIDER_HTTP_CURL_VERSION_H_
#define CREDENTIAL_PROVIDER_HTTP_CURL_VERSION_H_

namespace credential_provider {

// "1.2.3", of the libcurl that is in the program.
const char* CurlVersion();

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_HTTP_CURL_VERSION_H_
