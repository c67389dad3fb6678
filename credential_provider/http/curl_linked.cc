#include <cstdlib>

#include "credential_provider/base/relocation.h"
#include "credential_provider/base/standard_streams.h"
#include "credential_provider/http/curl_library.h"

namespace credential_provider {

absl::StatusOr<const CurlLibrary*> LoadCurl() {
  RelocateDeferred();
  OccupyClosedStreams();  // a connection must not be one of them
  static constexpr CurlLibrary kCurl = {
      &::curl_global_init,   &::curl_easy_init,    &::curl_easy_cleanup,
      &::curl_easy_setopt,   &::curl_easy_getinfo, &::curl_easy_perform,
      &::curl_easy_strerror, &::curl_slist_append, &::curl_slist_free_all,
  };
  unsetenv("SSLKEYLOGFILE");  // libcurl would write what opens each of our connections into that file
  static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (ready != CURLE_OK) return absl::InternalError("libcurl: cannot be initialised");
  return &kCurl;
}

}  // namespace credential_provider
