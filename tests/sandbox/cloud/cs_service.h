// Container Service (CS, version 2015-12-15): kubeconfigs and clusters.
#ifndef CREDENTIAL_PROVIDER_TESTS_SANDBOX_CLOUD_CS_SERVICE_H_
#define CREDENTIAL_PROVIDER_TESTS_SANDBOX_CLOUD_CS_SERVICE_H_

#include <string>
#include <vector>

#include "tests/sandbox/wire/http_message.h"
#include "tests/sandbox/world/world.h"

namespace sandbox {

// One call after routing and verification.
struct CsCall {
  const HttpRequest& request;
  const AccessKey& caller;
  std::string action;
  std::vector<std::string> arguments;  // the variable parts of the path, decoded
};

class CsService {
 public:
  // `world` must outlive this object.
  explicit CsService(World& world) : world_(world) {}

  // Routes by method and path, checks that the action header fits, verifies the signature and the caller's
  // rights, and answers.
  HttpReply Handle(const HttpRequest& request);

 private:
  HttpReply Dispatch(const CsCall& call);
  // Returns the cluster that the call names, if the caller's account has it.
  absl::optional<Cluster> Find(const CsCall& call) const;

  HttpReply UserKubeconfig(const CsCall& call);
  HttpReply Revoke(const CsCall& call);
  HttpReply Detail(const CsCall& call);
  HttpReply List(const CsCall& call);
  HttpReply States(const CsCall& call);

  World& world_;
};

}  // namespace sandbox

#endif  // CREDENTIAL_PROVIDER_TESTS_SANDBOX_CLOUD_CS_SERVICE_H_
