// Operations of Container Service that answer with a list, page by page.
#ifndef CREDENTIAL_PROVIDER_ALIBABA_CLOUD_PAGED_CALL_H_
#define CREDENTIAL_PROVIDER_ALIBABA_CLOUD_PAGED_CALL_H_

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "credential_provider/alibaba_cloud/access_key.h"
#include "credential_provider/alibaba_cloud/acs_client.h"
#include "nlohmann/json.hpp"

namespace credential_provider {

// The names of an operation's list, and of the object beside it that says how long the whole is.
struct PagedReply {
  const char* items;
  const char* page;
};

// Asks for all pages and gives each of their items to `take`, whose first error ends it. An answer of another
// form is InvalidArgument.
absl::Status CallAllPages(AcsClient& client, const AccessKey& key, AcsCall call, const PagedReply& reply,
                          absl::FunctionRef<absl::Status(const nlohmann::json&)> take);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_ALIBABA_CLOUD_PAGED_CALL_H_
