#include "tests/sandbox/cloud/cloud_service.h"

#include "absl/strings/match.h"
#include "tests/sandbox/signing/acs3_signature.h"

namespace sandbox {

Call CloudService::Describe(const HttpRequest& request) const {
  Call call{"cs", request.Header("x-acs-action")};
  const std::string metadata = MetadataService::ActionFor(request.path);
  const std::string sign_in = SignInService::ActionFor(request.path);
  if (!metadata.empty()) call = {"metadata", metadata};
  if (!sign_in.empty()) call = {"sign_in", sign_in};
  if (request.path == "/") call = {"sts", StsAction(request)};
  if (const auto authorization = ParseAcs3Authorization(request.Header("authorization"))) {
    call.access_key_id = authorization->access_key_id;
  }
  return call;
}

HttpReply CloudService::Handle(const HttpRequest& request) {
  const std::string service = Describe(request).service;
  if (service == "metadata") return metadata_->Handle(request);
  if (service == "sign_in") return sign_in_->Handle(request);
  if (service == "cs") return cs_.Handle(request);
  return request.method == "POST" ? sts_.Handle(request)
                                  : RenderError({"InvalidAction.NotFound", ""}, request);
}

void CloudService::Reset() {
  metadata_ = std::make_unique<MetadataService>(world_);
  sign_in_ = std::make_unique<SignInService>(world_);
}

}  // namespace sandbox
