#include "credential_provider/alibaba_cloud/user_kubeconfig.h"

#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/crypto/acs3_signature.h"
#include "credential_provider/text/json_reader.h"
#include "credential_provider/yaml/yaml_tree.h"

namespace credential_provider {
namespace {

constexpr char kReplyHint[] = "check the endpoint and HTTPS_PROXY: this is no answer of Container Service's";

// Returns the text of `field`, "" when it is missing or not a text.
std::string TextAt(const YamlNode& mapping, absl::string_view field) {
  const YamlNode* const value = FindField(mapping, field);
  return value == nullptr || value->kind != YamlKind::kScalar ? "" : std::string(value->value());
}

// Returns `field` of the only entry of `list`, null when there is not exactly one.
const YamlNode* OnlyEntry(const YamlNode& root, absl::string_view list, absl::string_view field) {
  const YamlNode* const entries = FindField(root, list);
  if (entries == nullptr || ItemsOf(*entries).size() != 1) return nullptr;
  return FindField(Resolve(*ItemsOf(*entries)[0]), field);
}

// Decodes the base64 of a `-data` field.
absl::StatusOr<std::string> DecodedField(const YamlNode& user, absl::string_view field) {
  std::string decoded;
  const std::string text = TextAt(user, field);
  if (text.empty()) return absl::InvalidArgumentError(absl::StrCat("user has no ", field));
  if (!absl::Base64Unescape(text, &decoded))
    return absl::InvalidArgumentError(absl::StrCat(field, " is not base64"));
  return decoded;
}

absl::StatusOr<UserKubeconfig> ReadKubeconfig(std::string text) {
  absl::StatusOr<YamlTree> yaml = YamlTree::Parse(std::move(text));
  if (!yaml.ok()) return yaml.status();
  const YamlNode* const cluster = OnlyEntry(yaml->root(), "clusters", "cluster");
  const YamlNode* const user = OnlyEntry(yaml->root(), "users", "user");
  if (cluster == nullptr || user == nullptr)
    return absl::InvalidArgumentError("not one cluster and one user");
  absl::StatusOr<std::string> certificate = DecodedField(*user, "client-certificate-data");
  if (!certificate.ok()) return certificate.status();
  absl::StatusOr<std::string> key = DecodedField(*user, "client-key-data");
  if (!key.ok()) return key.status();
  return UserKubeconfig{TextAt(*cluster, "server"), TextAt(*cluster, "certificate-authority-data"),
                        *std::move(certificate), Secret(*std::move(key)), absl::InfiniteFuture()};
}

}  // namespace

AcsCall UserKubeconfigCall(const UserKubeconfigRequest& request) {
  AcsCall call;
  call.action = "DescribeClusterUserKubeconfig";
  call.version = "2015-12-15";
  call.path = absl::StrCat("/k8s/", PercentEncode(request.cluster_id), "/user_config");
  call.query = {{"PrivateIpAddress", request.private_address ? "true" : "false"},
                {"TemporaryDurationMinutes", absl::StrCat(absl::ToInt64Minutes(request.duration))}};
  return call;
}

absl::StatusOr<UserKubeconfig> DescribeClusterUserKubeconfig(AcsClient& client, const AccessKey& key,
                                                             const UserKubeconfigRequest& request) {
  const std::string subject = absl::StrCat("cluster ", request.cluster_id);
  absl::StatusOr<std::string> reply = client.Call(UserKubeconfigCall(request), key);
  if (!reply.ok()) return WithContext(reply.status(), subject);
  absl::StatusOr<UserKubeconfig> kubeconfig = ParseUserKubeconfig(*reply);
  if (!kubeconfig.ok()) return WithHint(WithContext(kubeconfig.status(), subject), kReplyHint);
  return kubeconfig;
}

absl::StatusOr<UserKubeconfig> ParseUserKubeconfig(absl::string_view reply) {
  constexpr char kSubject[] = "DescribeClusterUserKubeconfig's reply";
  JsonReader reader(reply, kSubject);
  std::string config = reader.String("config");
  const std::string expiration = reader.OptionalString("expiration");
  if (!reader.status().ok()) return reader.status();
  absl::StatusOr<UserKubeconfig> kubeconfig = ReadKubeconfig(std::move(config));
  if (!kubeconfig.ok()) return WithContext(kubeconfig.status(), absl::StrCat(kSubject, ": config"));
  if (!expiration.empty() &&
      !absl::ParseTime(absl::RFC3339_full, expiration, &kubeconfig->expiration, nullptr)) {
    return absl::InvalidArgumentError(absl::StrCat(kSubject, ": expiration is not a time"));
  }
  return kubeconfig;
}

}  // namespace credential_provider
