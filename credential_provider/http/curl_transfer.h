// One request on a handle of libcurl's, whose options it owns.
#ifndef CREDENTIAL_PROVIDER_HTTP_CURL_TRANSFER_H_
#define CREDENTIAL_PROVIDER_HTTP_CURL_TRANSFER_H_

#include <curl/curl.h>

#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "credential_provider/base/waiting.h"
#include "credential_provider/crypto/authority_bundle.h"
#include "credential_provider/http/http_transport.h"
#include "credential_provider/http/response_reader.h"
#include "credential_provider/http/system_authorities.h"

namespace credential_provider {

// InvalidArgument for a head that is more than the request's: a line break would begin a header of somebody
// else's. `url` is for the message.
absl::Status CheckHeaders(const HttpHeaders& headers, const std::string& url);
absl::Status CheckHead(const HttpRequest& request);

// One request on `handle`, which is left without options. An option that libcurl cannot obey fails the
// request: without it the request would not be the one that was meant, and perhaps not a safe one.
class Transfer {
 public:
  explicit Transfer(CURL* handle) : handle_(handle) {}
  ~Transfer() {
    if (handle_ != nullptr) curl_easy_reset(handle_);
    curl_slist_free_all(headers_);
    curl_slist_free_all(connect_to_);
  }
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  // `value` has one of the types that this variadic function of libcurl accepts.
  template <typename Value>
  void Set(CURLoption option, Value value) {
    const CURLcode taken = curl_easy_setopt(handle_, option, value);
    if (options_ == CURLE_OK) options_ = taken;
  }
  void Set(CURLoption option, const std::string& value) { Set(option, value.c_str()); }

  // `pem` is not copied: it must outlive the transfer.
  void SetPem(CURLoption option, const std::string& pem) {
    if (pem.empty()) return;
    curl_blob blob = {const_cast<char*>(pem.data()), pem.size(), CURL_BLOB_NOCOPY};
    Set(option, &blob);
  }

  // Trusts these, whose text must outlive the transfer, and nothing that was compiled into libcurl.
  void Trust(const Authorities& authorities) {
    Set(CURLOPT_CAINFO, OrNull(authorities.file));
    Set(CURLOPT_CAPATH, OrNull(authorities.folder));
    SetPem(CURLOPT_CAINFO_BLOB, authorities.pem);
  }

  // As above, for a proxy that is reached by TLS.
  void TrustForProxy(const Authorities& authorities) {
    Set(CURLOPT_PROXY_CAINFO, OrNull(authorities.file));
    Set(CURLOPT_PROXY_CAPATH, OrNull(authorities.folder));
    SetPem(CURLOPT_PROXY_CAINFO_BLOB, authorities.pem);
  }

  // Trusts what is in `bundle` too, as a server; a proxy's certificate must not be checked in this transfer.
  // It must outlive the connection.
  void TrustBundle(const AuthorityBundle& bundle) {
    Set(CURLOPT_SSL_CTX_FUNCTION, &OnTls);
    Set(CURLOPT_SSL_CTX_DATA, const_cast<AuthorityBundle*>(&bundle));
  }

  void AddHeader(const std::string& line) { headers_ = curl_slist_append(headers_, line.c_str()); }

  // Connects to `authority` whatever host the URL names.
  void ConnectTo(absl::string_view authority) {
    connect_to_ = curl_slist_append(connect_to_, absl::StrCat("::", authority).c_str());
    Set(CURLOPT_CONNECT_TO, connect_to_);
  }

  // Calls `waiting` with `origin`, once, when the exchange takes longer than kQuietWait.
  void TellOf(const std::string& origin, void (*waiting)(absl::string_view)) {
    wait_ = {origin, waiting, absl::Now() + kQuietWait};
    WatchProgress();
  }

  // Has the rest of the headers when it is connected; `late` must outlive the transfer.
  void AwaitHeaders(LateHeaders* late) {
    late_ = late;
    Set(CURLOPT_PREREQFUNCTION, &OnConnected);
    Set(CURLOPT_PREREQDATA, this);
    WatchProgress();
  }

  // A header that is empty has to be said in curl's own way: "Name;".
  void AddHeaders(const HttpHeaders& headers) {
    for (const auto& [name, value] : headers)
      AddHeader(value.empty() ? absl::StrCat(name, ";") : absl::StrCat(name, ": ", value));
  }

  // What curl says about a failure, beyond its code. Not to be shown: it may quote the server.
  absl::string_view details() const { return details_; }

  // The status of the proxy's answer to CONNECT; 0 when none came.
  int proxy_status() const { return static_cast<int>(Info(CURLINFO_HTTP_CONNECTCODE)); }

  // Runs the exchange and collects the response.
  CURLcode Perform(ResponseReader* reader) {
    Set(CURLOPT_ERRORBUFFER, &details_[0]);
    Set(CURLOPT_HTTPHEADER, headers_);
    Set(CURLOPT_WRITEFUNCTION, &OnBody);
    Set(CURLOPT_WRITEDATA, reader);
    Set(CURLOPT_HEADERFUNCTION, &OnHeader);
    Set(CURLOPT_HEADERDATA, reader);
    if (options_ != CURLE_OK) return options_;
    const CURLcode result = curl_easy_perform(handle_);
    reader->response.status = static_cast<int>(Info(CURLINFO_RESPONSE_CODE));
    return result;
  }

 private:
  static const char* OrNull(const std::string& place) { return place.empty() ? nullptr : place.c_str(); }

  // These return 0 to have curl end the transfer with CURLE_WRITE_ERROR.
  static size_t OnBody(char* data, size_t, size_t size, void* reader) {
    return static_cast<ResponseReader*>(reader)->AddBody({data, size}) ? size : 0;
  }
  static size_t OnHeader(char* data, size_t, size_t size, void* reader) {
    return static_cast<ResponseReader*>(reader)->AddHeaderLine({data, size}) ? size : 0;
  }

  // Ends the transfer unless it returns CURLE_OK.
  static CURLcode OnTls(CURL*, void* ssl_ctx, void* bundle) {
    return static_cast<const AuthorityBundle*>(bundle)->TrustIn(ssl_ctx).ok() ? CURLE_OK
                                                                              : CURLE_OUT_OF_MEMORY;
  }

  struct Wait {
    std::string origin;
    void (*tell)(absl::string_view) = nullptr;  // null when it was told
    absl::Time from;
  };

  void WatchProgress() {
    Set(CURLOPT_NOPROGRESS, 0L);
    Set(CURLOPT_XFERINFOFUNCTION, &OnProgress);
    Set(CURLOPT_XFERINFODATA, this);
  }

  // curl calls this at least once a second. What is not 0 ends the transfer.
  static int OnProgress(void* user, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    auto& transfer = *static_cast<Transfer*>(user);
    Wait& wait = transfer.wait_;
    if (wait.tell != nullptr && absl::Now() >= wait.from) std::exchange(wait.tell, nullptr)(wait.origin);
    return transfer.late_ != nullptr && transfer.late_->IsGivenUp() ? 1 : 0;
  }

  // What is not OK ends the transfer with CURLE_ABORTED_BY_CALLBACK.
  static int OnConnected(void* user, char*, char*, int, int) {
    auto& transfer = *static_cast<Transfer*>(user);
    const absl::optional<HttpHeaders> headers = transfer.late_->Await();
    if (!headers) return CURL_PREREQFUNC_ABORT;
    transfer.wait_.from = absl::Now() + kQuietWait;  // so far somebody else was waited for
    transfer.AddHeaders(*headers);
    transfer.Set(CURLOPT_HTTPHEADER, transfer.headers_);
    return transfer.options_ == CURLE_OK ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT;
  }

  long Info(CURLINFO info) const {
    long value = 0;
    curl_easy_getinfo(handle_, info, &value);
    return value;
  }

  CURL* const handle_;
  curl_slist* headers_ = nullptr;
  curl_slist* connect_to_ = nullptr;
  CURLcode options_ = CURLE_OK;  // the first failure to set one
  char details_[CURL_ERROR_SIZE] = "";
  Wait wait_;
  LateHeaders* late_ = nullptr;
};

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_HTTP_CURL_TRANSFER_H_
