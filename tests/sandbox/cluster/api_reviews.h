// What clients ask about themselves.
#ifndef CREDENTIAL_PROVIDER_TESTS_SANDBOX_CLUSTER_API_REVIEWS_H_
#define CREDENTIAL_PROVIDER_TESTS_SANDBOX_CLUSTER_API_REVIEWS_H_

#include "absl/types/optional.h"
#include "tests/sandbox/cluster/api_authentication.h"
#include "tests/sandbox/wire/http_message.h"

namespace sandbox {

// Answers POSTs of SelfSubjectReview (v1, v1beta1, v1alpha1) and SelfSubjectAccessReview, and GET /version.
// `allowed` is what an access review says. Nothing for other requests.
absl::optional<HttpReply> AnswerReview(const HttpRequest& request, const KubeUser& user, bool allowed);

}  // namespace sandbox

#endif  // CREDENTIAL_PROVIDER_TESTS_SANDBOX_CLUSTER_API_REVIEWS_H_
