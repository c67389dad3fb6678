#include "credential_provider/alibaba_cloud/access_key.h"

#include <utility>

#include "absl/strings/str_cat.h"

namespace credential_provider {
namespace {

absl::StatusOr<std::string> NeededText(const FoundValue& found) {
  absl::StatusOr<std::string> text = VisibleText(found);
  if (text.ok() && text->empty()) return absl::InvalidArgumentError(absl::StrCat(found.place, ": empty"));
  return text;
}

}  // namespace

absl::StatusOr<AccessKey> MakeAccessKey(const FoundValue& id, const FoundValue& secret,
                                        const FoundValue& security_token) {
  absl::StatusOr<std::string> checked_id = NeededText(id);
  if (!checked_id.ok()) return checked_id.status();
  absl::StatusOr<std::string> checked_secret = NeededText(secret);
  if (!checked_secret.ok()) return checked_secret.status();
  absl::StatusOr<std::string> token = VisibleText(security_token);
  if (!token.ok()) return token.status();
  return AccessKey{*std::move(checked_id), Secret(*std::move(checked_secret)), Secret(*std::move(token))};
}

}  // namespace credential_provider
