// A Kubernetes API server, as far as kubectl needs one to list namespaces, to say who it is, to tell
// versions, to watch pods that never come and to apply config maps.
#ifndef CREDENTIAL_PROVIDER_TESTS_SANDBOX_CLUSTER_API_SERVER_H_
#define CREDENTIAL_PROVIDER_TESTS_SANDBOX_CLUSTER_API_SERVER_H_

#include "tests/sandbox/cloud/sts_service.h"
#include "tests/sandbox/cluster/api_authentication.h"
#include "tests/sandbox/cluster/api_objects.h"
#include "tests/sandbox/wire/service.h"
#include "tests/sandbox/world/world.h"

namespace sandbox {

class ApiServer : public Service {
 public:
  // `world` must outlive this object.
  explicit ApiServer(World& world) : world_(world), sts_(world) {}

  // The action of a request is its method and path.
  Call Describe(const HttpRequest& request) const override;
  // 401 for everyone unknown; 403 for who was forbidden, except for discovery and reviews of oneself.
  HttpReply Handle(const HttpRequest& request) override;
  void Reset() override { objects_.Clear(); }

 private:
  HttpReply HandleObjects(const HttpRequest& request, const ApiTarget& target);
  HttpReply Read(const HttpRequest& request, const ApiTarget& target);
  HttpReply Watch(const HttpRequest& request, const ApiTarget& target);
  HttpReply WriteConfigMap(const HttpRequest& request, ApiTarget target);

  World& world_;
  StsService sts_;
  ApiObjects objects_;
};

}  // namespace sandbox

#endif  // CREDENTIAL_PROVIDER_TESTS_SANDBOX_CLUSTER_API_SERVER_H_
