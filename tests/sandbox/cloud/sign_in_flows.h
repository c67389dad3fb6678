// How people sign in: CloudSSO's device flow, and the OAuth site's pages and codes. PKCE is verified.
#ifndef CREDENTIAL_PROVIDER_TESTS_SANDBOX_CLOUD_SIGN_IN_FLOWS_H_
#define CREDENTIAL_PROVIDER_TESTS_SANDBOX_CLOUD_SIGN_IN_FLOWS_H_

#include <map>
#include <string>

#include "absl/time/time.h"
#include "tests/sandbox/wire/http_message.h"
#include "tests/sandbox/world/world.h"

namespace sandbox {

class SignInFlows {
 public:
  // `world` must outlive this object; who has signed in is kept there.
  explicit SignInFlows(World& world) : world_(world) {}

  // Returns the name under which a request for `path` is counted, or "" when it is not for this service.
  static std::string ActionFor(const std::string& path);

  HttpReply Handle(const HttpRequest& request);

  // Returns the reply to a form that brings an authorization code.
  HttpReply RedeemCode(const HttpRequest& request);

 private:
  struct Device {
    std::string client_id;
    std::string challenge;
    std::string user_code;
    absl::Time end;
    absl::Time last_poll = absl::InfinitePast();
    std::string person = "";  // who has confirmed it
    bool refused = false;
  };
  struct Code {
    std::string client_id;
    std::string challenge;
    std::string redirect;
    std::string person;
  };

  HttpReply AuthorizeDevice(const HttpRequest& request);
  HttpReply DevicePage(const HttpRequest& request);
  HttpReply DeviceToken(const HttpRequest& request);
  HttpReply OAuthPage(const HttpRequest& request);
  // The one account and access configuration that everybody may choose.
  HttpReply Assignments(const HttpRequest& request);

  World& world_;
  std::map<std::string, Device> devices_;  // by device code
  std::map<std::string, Code> codes_;
  int last_ = 0;
};

}  // namespace sandbox

#endif  // CREDENTIAL_PROVIDER_TESTS_SANDBOX_CLOUD_SIGN_IN_FLOWS_H_
