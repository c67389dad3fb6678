#include "credential_provider/kubernetes/exec_info.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/text/json_reader.h"
#include "credential_provider/text/json_text.h"

namespace credential_provider {
namespace {

constexpr char kVariable[] = "KUBERNETES_EXEC_INFO";
constexpr char kUnsetHint[] = "Kubernetes clients set this variable; unset it to run this program by hand";
constexpr char kStanzaHint[] =
    "set apiVersion: client.authentication.k8s.io/v1 in the exec stanza of the kubeconfig";
constexpr char kGroup[] = "client.authentication.k8s.io/";

// What kubectl sends to a stanza that asks for no cluster information: almost every run. Knowing it by heart
// costs a hit nothing; parsing it would be a sixth of the time it spends on its own work.
struct UsualExecInfo {
  const char* text;
  ExecApiVersion version;
};

constexpr UsualExecInfo kUsualExecInfos[] = {
    {R"({"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","spec":{"interactive":false}})",
     ExecApiVersion::kV1},
    {R"({"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1beta1","spec":{"interactive":false}})",
     ExecApiVersion::kV1Beta1},
};

}  // namespace

absl::string_view FullName(ExecApiVersion version) {
  return version == ExecApiVersion::kV1 ? "client.authentication.k8s.io/v1"
                                        : "client.authentication.k8s.io/v1beta1";
}

absl::StatusOr<ExecApiVersion> ParseExecApiVersion(absl::string_view text) {
  absl::string_view version = text;
  absl::ConsumePrefix(&version, kGroup);
  if (version == "v1") return ExecApiVersion::kV1;
  if (version == "v1beta1") return ExecApiVersion::kV1Beta1;
  return absl::InvalidArgumentError(
      absl::StrCat("apiVersion \"", Printable(text, 60), "\": not supported, only v1 and v1beta1 are"));
}

std::string FormatExecInfo(ExecApiVersion version, const nlohmann::ordered_json& cluster, bool interactive) {
  nlohmann::ordered_json spec;
  if (!cluster.is_null()) spec["cluster"] = cluster;
  spec["interactive"] = interactive;
  const nlohmann::ordered_json info = {
      {"kind", "ExecCredential"}, {"apiVersion", std::string(FullName(version))}, {"spec", spec}};
  return absl::StrCat(
      info.dump(-1, ' ', /*ensure_ascii=*/false, nlohmann::ordered_json::error_handler_t::replace), "\n");
}

absl::StatusOr<absl::optional<ExecApiVersion>> RequestedApiVersion(absl::string_view exec_info) {
  if (exec_info.empty()) return absl::optional<ExecApiVersion>();
  for (const UsualExecInfo& usual : kUsualExecInfos) {
    if (absl::StripSuffix(exec_info, "\n") == usual.text) return absl::make_optional(usual.version);
  }
  JsonReader reader(exec_info, kVariable);
  const std::string api_version = reader.OptionalString("apiVersion");
  if (!reader.status().ok()) return WithHint(reader.status(), kUnsetHint);
  if (api_version.empty()) return absl::optional<ExecApiVersion>();
  absl::StatusOr<ExecApiVersion> version = ParseExecApiVersion(api_version);
  if (!version.ok()) return WithHint(WithContext(version.status(), kVariable), kStanzaHint);
  return absl::optional<ExecApiVersion>(*version);
}

std::string ServerAsked(absl::string_view exec_info) {
  if (!absl::StrContains(exec_info, "\"server\"")) return "";
  const auto json = ParseJson(exec_info);
  const auto server = nlohmann::json::json_pointer("/spec/cluster/server");
  return json.is_object() && json.contains(server) && json.at(server).is_string()
             ? json.at(server).get<std::string>()
             : "";
}

bool IsOfClientGo(absl::string_view exec_info) { return absl::EndsWith(exec_info, "\n"); }

}  // namespace credential_provider
