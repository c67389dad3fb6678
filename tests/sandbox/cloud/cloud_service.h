// What answers on the cloud listeners: CS, STS, the metadata service and the sign-in sites on one address.
#ifndef CREDENTIAL_PROVIDER_TESTS_SANDBOX_CLOUD_CLOUD_SERVICE_H_
#define CREDENTIAL_PROVIDER_TESTS_SANDBOX_CLOUD_CLOUD_SERVICE_H_

#include <memory>

#include "tests/sandbox/cloud/cs_service.h"
#include "tests/sandbox/cloud/metadata_service.h"
#include "tests/sandbox/cloud/sign_in_service.h"
#include "tests/sandbox/cloud/sts_service.h"
#include "tests/sandbox/wire/service.h"
#include "tests/sandbox/world/world.h"

namespace sandbox {

class CloudService : public Service {
 public:
  // `world` must outlive this object.
  explicit CloudService(World& world) : world_(world) { CloudService::Reset(); }

  Call Describe(const HttpRequest& request) const override;
  HttpReply Handle(const HttpRequest& request) override;
  void Reset() override;

 private:
  World& world_;
  CsService cs_{world_};
  StsService sts_{world_};
  std::unique_ptr<MetadataService> metadata_;
  std::unique_ptr<SignInService> sign_in_;
};

}  // namespace sandbox

#endif  // CREDENTIAL_PROVIDER_TESTS_SANDBOX_CLOUD_CLOUD_SERVICE_H_
