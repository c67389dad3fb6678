// What signed-in people and CI jobs turn into credentials: CloudSSO, OAuth, and a runner's identity tokens.
#ifndef CREDENTIAL_PROVIDER_TESTS_SANDBOX_CLOUD_SIGN_IN_SERVICE_H_
#define CREDENTIAL_PROVIDER_TESTS_SANDBOX_CLOUD_SIGN_IN_SERVICE_H_

#include <map>
#include <string>

#include "tests/sandbox/cloud/sign_in_flows.h"
#include "tests/sandbox/wire/http_message.h"
#include "tests/sandbox/world/world.h"

namespace sandbox {

class SignInService {
 public:
  // `world` must outlive this object.
  explicit SignInService(World& world) : world_(world), flows_(world) {}

  // Returns the name under which a request for `path` is counted, or "" when it is not for this service.
  static std::string ActionFor(const std::string& path);

  HttpReply Handle(const HttpRequest& request);

 private:
  HttpReply CloudSsoCredentials(const HttpRequest& request);
  HttpReply OAuthExchange(const HttpRequest& request);
  HttpReply OAuthToken(const HttpRequest& request);
  HttpReply ActionsIdToken(const HttpRequest& request);
  // Returns a session of whom `access_token` stands for, in `role` if there is one of that name, in `account`
  // if that is given; or null.
  const AccessKey* IssueSession(const std::string& access_token, const std::string& role = "",
                                const std::string& account = "");
  const SignIn* Find(const std::string& token) const;

  World& world_;
  SignInFlows flows_;
  // By access token and by refresh token.
  std::map<std::string, SignIn> sign_ins_ = {{"sandbox-oauth-token", {"ack-reader", "alice"}},
                                             {"sandbox-oauth-token-of-bob", {"ack-reader", "bob"}},
                                             {"sandbox-cloudsso-token", {"ack-reader", "alice"}},
                                             {"sandbox-cloudsso-token-of-bob", {"ack-reader", "bob"}},
                                             {"sandbox-refresh-token", {"ack-reader", "alice"}}};
  int refreshes_ = 0;
};

}  // namespace sandbox

#endif  // CREDENTIAL_PROVIDER_TESTS_SANDBOX_CLOUD_SIGN_IN_SERVICE_H_
