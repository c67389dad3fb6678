// The control listener: how a test looks at the sandbox and changes it. README.md has the list of calls.
#ifndef CREDENTIAL_PROVIDER_TESTS_SANDBOX_CONTROL_CONTROL_H_
#define CREDENTIAL_PROVIDER_TESTS_SANDBOX_CONTROL_CONTROL_H_

#include <functional>

#include "nlohmann/json.hpp"
#include "tests/sandbox/control/front_door.h"
#include "tests/sandbox/wire/http_message.h"
#include "tests/sandbox/world/world.h"

namespace sandbox {

class Control {
 public:
  // Both must outlive this object; `shut_down` is called by POST /shutdown.
  Control(World& world, FrontDoor& front_door, std::function<void()> shut_down)
      : world_(world), front_door_(front_door), shut_down_(std::move(shut_down)) {}

  // Answers one request. What it cannot read is 400 with the reason, an unknown path 404.
  HttpReply Handle(const HttpRequest& request);

 private:
  HttpReply Get(const HttpRequest& request);
  HttpReply Post(const HttpRequest& request, const nlohmann::json& body);
  HttpReply AddFault(const nlohmann::json& body);
  HttpReply Configure(const nlohmann::json& body);
  HttpReply SetClock(const nlohmann::json& body);
  HttpReply Revoke(const nlohmann::json& body);
  HttpReply SignInAs(const nlohmann::json& body);
  HttpReply AddKey(const nlohmann::json& body);
  HttpReply AddToken(const nlohmann::json& body);
  HttpReply Forbid(const nlohmann::json& body);
  HttpReply MakeIdToken(const nlohmann::json& body);

  World& world_;
  FrontDoor& front_door_;
  std::function<void()> shut_down_;
};

}  // namespace sandbox

#endif  // CREDENTIAL_PROVIDER_TESTS_SANDBOX_CONTROL_CONTROL_H_
