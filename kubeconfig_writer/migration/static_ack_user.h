// Recognizes the users of kubeconfigs that ACK's console hands out: a client certificate that lives for
// years.
#ifndef KUBECONFIG_WRITER_MIGRATION_STATIC_ACK_USER_H_
#define KUBECONFIG_WRITER_MIGRATION_STATIC_ACK_USER_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "kubeconfig_writer/file/merged_kubeconfig.h"

namespace kubeconfig_writer {

struct StaticAckUser {
  std::string cluster_id;
  std::string user_name;  // to the cluster: "200000000000000001-1700000000"
  absl::Time ends;        // of its certificate
};

// Returns the first cluster id in `text`: 'c' and 32 hex digits, nothing of the kind around them. "" for
// none.
std::string FindClusterId(absl::string_view text);

// Reads the certificate of `user`. The cluster is the one that issued it; when the issuer does not say, it is
// `cluster_id` if given, else the one in the name of the context. NotFound: no client certificate with a key,
// or no cluster to be found; nothing else is NotFound. FailedPrecondition: something else is beside the
// certificate, its file is not there, or `cluster_id` is not the issuer.
absl::StatusOr<StaticAckUser> ReadStaticAckUser(const KubeconfigEntry& user, absl::string_view context_name,
                                                absl::string_view cluster_id);

// Returns the part of a name that stays: "200000000000000001".
std::string AckUserIdIn(absl::string_view name);

// Returns true when two names are the same user's to ACK, who adds the second of issue: "1-1700000000" and
// "1-1800000000".
bool IsSameAckUser(absl::string_view a, absl::string_view b);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_MIGRATION_STATIC_ACK_USER_H_
