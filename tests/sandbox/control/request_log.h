// The requests that arrived, for tests to count. No secret, header or body is kept.
#ifndef CREDENTIAL_PROVIDER_TESTS_SANDBOX_CONTROL_REQUEST_LOG_H_
#define CREDENTIAL_PROVIDER_TESTS_SANDBOX_CONTROL_REQUEST_LOG_H_

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "nlohmann/json.hpp"
#include "tests/sandbox/wire/http_message.h"
#include "tests/sandbox/wire/service.h"

namespace sandbox {

class RequestLog {
 public:
  // Notes a request on its arrival, so that one which is never answered counts too. Returns its number.
  size_t Arrived(const HttpRequest& request, const Call& call, absl::Time now);
  // Notes how it was answered. A number from before Clear is ignored.
  void Answered(size_t number, int status);

  // Returns the list, oldest first; status 0 means not answered.
  nlohmann::json List() const;
  // Returns {"cs": n, "sts": n, "metadata": n, "sign_in": n, "api_server": n, "by_action": {…}}.
  nlohmann::json Counts() const;

  void Clear();

 private:
  struct Entry {
    std::string listener;
    Call call;
    std::string method;
    std::string path;
    std::string query;
    bool canonical_query;
    int connection;
    int status;
    absl::Time time;
  };

  size_t cleared_ = 0;  // entries that Clear removed
  std::vector<Entry> entries_;
};

}  // namespace sandbox

#endif  // CREDENTIAL_PROVIDER_TESTS_SANDBOX_CONTROL_REQUEST_LOG_H_
