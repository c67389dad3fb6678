// The interface between the front door, which counts and disturbs, and what answers after it.
#ifndef CREDENTIAL_PROVIDER_TESTS_SANDBOX_WIRE_SERVICE_H_
#define CREDENTIAL_PROVIDER_TESTS_SANDBOX_WIRE_SERVICE_H_

#include <string>

#include "tests/sandbox/wire/http_message.h"

namespace sandbox {

// How a request is counted and matched; never holds a secret.
struct Call {
  std::string service;  // "cs", "sts", "metadata", "sign_in" or "api_server"
  std::string action;   // what it asks for, as its service names it
  std::string access_key_id = "";
};

// Not thread-safe: the front door calls under its lock.
class Service {
 public:
  virtual ~Service() = default;
  virtual Call Describe(const HttpRequest& request) const = 0;
  virtual HttpReply Handle(const HttpRequest& request) = 0;
  // Forgets what requests left behind.
  virtual void Reset() = 0;
};

}  // namespace sandbox

#endif  // CREDENTIAL_PROVIDER_TESTS_SANDBOX_WIRE_SERVICE_H_
