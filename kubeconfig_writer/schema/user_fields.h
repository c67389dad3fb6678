// The fields by which a user of a kubeconfig proves itself: which of them kubectl takes, and which it
// refuses.
#ifndef KUBECONFIG_WRITER_SCHEMA_USER_FIELDS_H_
#define KUBECONFIG_WRITER_SCHEMA_USER_FIELDS_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "nlohmann/json.hpp"

namespace kubeconfig_writer {

// Returns the field of `user` that kubectl takes before an exec stanza: token, password or certificate. ""
// when it has none.
std::string StaticFieldOf(const nlohmann::json& user);

// Returns true when `user` has such a field.
bool HasStaticCredential(const nlohmann::json& user);

// Returns the fields of `user` without all by which it proves itself, an exec stanza too: what others have
// put there, such as extensions. An object; empty for a user without content.
nlohmann::json WithoutCredentials(const nlohmann::json& user);

// FailedPrecondition when `content`, of a user or cluster, has both the field `file` and its "-data", which
// kubectl refuses.
absl::Status CheckDataOrFile(const nlohmann::json& content, const char* file);

// FailedPrecondition when `value` of the field `field` cannot be sent in a header.
absl::Status CheckHeaderText(absl::string_view field, absl::string_view value);

// FailedPrecondition when kubectl refuses the fields of `user` together; Unimplemented for those that change
// whom the cluster sees and that are not understood here. Names fields, never a value.
absl::Status CheckUserFields(const nlohmann::json& user);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_SCHEMA_USER_FIELDS_H_
