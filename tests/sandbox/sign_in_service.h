// What signed-in people and CI jobs turn into credentials: CloudSSO, OAuth, and a runner's identity tokens.
#ifndef TESTS_SANDBOX_SIGN_IN_SERVICE_H_
#define TESTS_SANDBOX_SIGN_IN_SERVICE_H_

#include <set>
#include <string>

#include "tests/sandbox/http_message.h"
#include "tests/sandbox/world.h"

namespace sandbox {

class SignInService {
 public:
  // `world` must outlive this object.
  explicit SignInService(World& world) : world_(world) {}

  // Returns the name under which a request for `path` is counted, or "" when it is not for this service.
  static std::string ActionFor(const std::string& path);

  HttpReply Handle(const HttpRequest& request);

 private:
  HttpReply CloudSsoCredentials(const HttpRequest& request);
  HttpReply OAuthExchange(const HttpRequest& request);
  HttpReply OAuthToken(const HttpRequest& request);
  HttpReply ActionsIdToken(const HttpRequest& request);
  const AccessKey& IssueSession(const std::string& token);

  World& world_;
  std::set<std::string> access_tokens_ = {"sandbox-oauth-token", "sandbox-oauth-token-of-bob"};
  std::string refresh_token_ = "sandbox-refresh-token";
  int refreshes_ = 0;
};

}  // namespace sandbox

#endif  // TESTS_SANDBOX_SIGN_IN_SERVICE_H_
