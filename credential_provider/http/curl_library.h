// Binds libcurl when the network is first needed. Linking it would cost every start ten times the price of an
// empty program, for some 40 libraries that a cached answer never uses.
#ifndef CREDENTIAL_PROVIDER_HTTP_CURL_LIBRARY_H_
#define CREDENTIAL_PROVIDER_HTTP_CURL_LIBRARY_H_

#include <curl/curl.h>

#include "absl/status/statusor.h"

// curl's header makes macros of its variadic functions, which hide the functions themselves.
#undef curl_easy_setopt
#undef curl_easy_getinfo

namespace credential_provider {

// The functions in use. Their types come from curl's own header, so that a wrong signature cannot compile.
struct CurlLibrary {
  decltype(&::curl_global_init) GlobalInit;
  decltype(&::curl_easy_init) EasyInit;
  decltype(&::curl_easy_cleanup) EasyCleanup;
  decltype(&::curl_easy_setopt) EasySetopt;
  decltype(&::curl_easy_getinfo) EasyGetinfo;
  decltype(&::curl_easy_perform) EasyPerform;
  decltype(&::curl_easy_strerror) EasyStrerror;
  decltype(&::curl_slist_append) SlistAppend;
  decltype(&::curl_slist_free_all) SlistFreeAll;
};

// Loads libcurl once, of whichever TLS flavour the machine has, and never unloads it. NotFound, with a hint,
// when there is none.
absl::StatusOr<const CurlLibrary*> LoadCurl();

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_HTTP_CURL_LIBRARY_H_
