#include "credential_provider/http/curl_library.h"

#include <cstdlib>

#include "credential_provider/base/shared_library.h"
#include "credential_provider/base/standard_streams.h"

namespace credential_provider {
namespace {

constexpr const char* kNames[] = {"libcurl.so.4", "libcurl-gnutls.so.4"};

absl::StatusOr<CurlLibrary> Bind() {
  unsetenv("SSLKEYLOGFILE");  // libcurl would write what opens each of our connections into that file
  SharedLibrary library(kNames, "libcurl (package libcurl4, libcurl or similar)");
  CurlLibrary curl;
  library.Bind("curl_global_init", &curl.GlobalInit);
  library.Bind("curl_easy_init", &curl.EasyInit);
  library.Bind("curl_easy_cleanup", &curl.EasyCleanup);
  library.Bind("curl_easy_setopt", &curl.EasySetopt);
  library.Bind("curl_easy_getinfo", &curl.EasyGetinfo);
  library.Bind("curl_easy_perform", &curl.EasyPerform);
  library.Bind("curl_easy_strerror", &curl.EasyStrerror);
  library.Bind("curl_slist_append", &curl.SlistAppend);
  library.Bind("curl_slist_free_all", &curl.SlistFreeAll);
  if (!library.status().ok()) return library.status();
  if (curl.GlobalInit(CURL_GLOBAL_DEFAULT) != CURLE_OK)
    return absl::InternalError("libcurl: cannot be initialised");
  return curl;
}

}  // namespace

absl::StatusOr<const CurlLibrary*> LoadCurl() {
  OccupyClosedStreams();  // a connection must not be one of them
  static const auto* const library = new absl::StatusOr<CurlLibrary>(Bind());
  if (!library->ok()) return library->status();
  return &**library;
}

}  // namespace credential_provider
