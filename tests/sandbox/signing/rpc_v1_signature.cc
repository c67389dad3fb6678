#include "tests/sandbox/signing/rpc_v1_signature.h"

#include <algorithm>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "tests/sandbox/signing/digest.h"
#include "tests/sandbox/wire/percent_encoding.h"

namespace sandbox {
namespace {

constexpr absl::Duration kDateWindow = absl::Minutes(15);

Verdict Refuse(absl::string_view code) { return {absl::nullopt, {std::string(code), ""}}; }

bool IsCurrent(absl::string_view timestamp, absl::Time now) {
  absl::Time sent;
  return absl::ParseTime("%Y-%m-%d%ET%H:%M:%SZ", timestamp, &sent, nullptr) &&
         absl::AbsDuration(now - sent) <= kDateWindow;
}

}  // namespace

std::string RpcV1Signature(NameValues parameters, absl::string_view secret) {
  const std::string canonical = CanonicalQuery(std::move(parameters));
  return absl::Base64Escape(
      HmacSha1(absl::StrCat(secret, "&"), absl::StrCat("POST&%2F&", PercentEncode(canonical))));
}

bool IsRpcV1(const HttpRequest& request) {
  return ValueOf(request.QueryAndForm(), "SignatureVersion") == "1.0";
}

Verdict VerifyRpcV1(const HttpRequest& request, const Identities& identities, absl::Time now) {
  NameValues parameters = request.QueryAndForm();
  const std::string signature = ValueOf(parameters, "Signature");
  parameters.erase(std::remove_if(parameters.begin(), parameters.end(),
                                  [](const auto& parameter) { return parameter.first == "Signature"; }),
                   parameters.end());
  if (ValueOf(parameters, "SignatureMethod") != "HMAC-SHA1" || ValueOf(parameters, "SignatureNonce").empty())
    return Refuse("IncompleteSignature");
  const AccessKey* const key = identities.FindKey(ValueOf(parameters, "AccessKeyId"));
  if (key == nullptr) return Refuse("InvalidAccessKeyId.NotFound");
  if (!key->active) return Refuse("InvalidAccessKeyId.Inactive");
  if (!IsCurrent(ValueOf(parameters, "Timestamp"), now)) return Refuse("InvalidTimeStamp.Expired");
  const absl::string_view token_fault =
      identities.TokenFault(*key, ValueOf(parameters, "SecurityToken"), now);
  if (!token_fault.empty()) return Refuse(token_fault);
  if (RpcV1Signature(std::move(parameters), key->secret) != signature) return Refuse("SignatureDoesNotMatch");
  return {*key, {}};
}

}  // namespace sandbox
