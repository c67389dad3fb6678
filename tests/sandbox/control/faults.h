// What a test wants to go wrong: the bodies of the control listener's POST /fault, matched in order and used
// up.
#ifndef CREDENTIAL_PROVIDER_TESTS_SANDBOX_CONTROL_FAULTS_H_
#define CREDENTIAL_PROVIDER_TESTS_SANDBOX_CONTROL_FAULTS_H_

#include <list>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "nlohmann/json.hpp"
#include "tests/sandbox/wire/error_replies.h"
#include "tests/sandbox/wire/http_message.h"
#include "tests/sandbox/wire/service.h"

namespace sandbox {

// How a connection ends.
enum class Ending {
  kNormal,  // the whole reply
  kTear,    // half of the body, then closed
  kHang,    // nothing, until the client leaves
  kReset,   // nothing; the connection is reset
};

// A reply and how the connection ends.
struct Answer {
  HttpReply reply;
  Ending ending = Ending::kNormal;
};

struct Fault {
  // "" matches everything.
  std::string action;
  std::string listener;  // a listener or a service
  std::string path;
  std::string access_key_id;

  int times = 1;  // -1: always
  absl::Duration delay = absl::ZeroDuration();
  absl::optional<HttpReply> reply;     // instead of the service's
  absl::optional<ServiceError> error;  // instead of the service's
  std::string format = "json";         // of the error
  absl::optional<int> retry_after_ms;
  Ending ending = Ending::kNormal;

  // Returns the reply to give without asking the service, or nothing.
  absl::optional<HttpReply> ReplyTo(const HttpRequest& request) const;
};

// Reads a fault. An unknown name or a wrong type is an error.
absl::StatusOr<Fault> ParseFault(const nlohmann::json& object);

class FaultList {
 public:
  void Add(Fault fault) { faults_.push_back(std::move(fault)); }
  // Returns the first fault that matches, used once; or nothing.
  absl::optional<Fault> Take(const HttpRequest& request, const Call& call);
  void Clear() { faults_.clear(); }

 private:
  std::list<Fault> faults_;
};

}  // namespace sandbox

#endif  // CREDENTIAL_PROVIDER_TESTS_SANDBOX_CONTROL_FAULTS_H_
