// What every request passes on its way in and out: it is numbered, counted, disturbed when a test wants so,
// answered by its service, and dated by the sandbox's clock.
#ifndef CREDENTIAL_PROVIDER_TESTS_SANDBOX_CONTROL_FRONT_DOOR_H_
#define CREDENTIAL_PROVIDER_TESTS_SANDBOX_CONTROL_FRONT_DOOR_H_

#include <map>
#include <mutex>
#include <string>

#include "tests/sandbox/control/faults.h"
#include "tests/sandbox/control/request_log.h"
#include "tests/sandbox/wire/http_message.h"
#include "tests/sandbox/wire/service.h"
#include "tests/sandbox/world/world.h"

namespace sandbox {

// Safe to call from many threads; services run one at a time.
class FrontDoor {
 public:
  // `services` answer by the name of the listener. They and `world` must outlive this object.
  FrontDoor(World& world, std::map<std::string, Service*> services)
      : world_(world), services_(std::move(services)) {}

  // Answers `request`, which came in on one of the listeners given.
  Answer Take(HttpRequest request);

  // For the control listener, which holds the lock while it looks at or changes anything.
  std::mutex& mutex() { return mutex_; }
  RequestLog& log() { return log_; }
  FaultList& faults() { return faults_; }
  // Puts everything back to how it was at the start.
  void Reset();

 private:
  struct Arrival {
    size_t number;
    absl::optional<Fault> fault;
  };

  Arrival Arrive(HttpRequest* request);
  void Finish(const HttpRequest& request, const Arrival& arrival, Answer* answer);

  World& world_;
  const std::map<std::string, Service*> services_;
  std::mutex mutex_;
  RequestLog log_;
  FaultList faults_;
  int last_request_ = 0;
};

}  // namespace sandbox

#endif  // CREDENTIAL_PROVIDER_TESTS_SANDBOX_CONTROL_FRONT_DOOR_H_
