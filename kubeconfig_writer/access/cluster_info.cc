#include "kubeconfig_writer/access/cluster_info.h"

#include <string>

#include "absl/strings/escaping.h"
#include "credential_provider/base/file.h"
#include "kubeconfig_writer/schema/relative_path.h"
#include "kubeconfig_writer/schema/text_field.h"

namespace kubeconfig_writer {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

constexpr size_t kMaxAuthorityBytes = 1 << 20;

}  // namespace

absl::StatusOr<ordered_json> ClusterInfo(const KubeconfigEntry& cluster) {
  ordered_json info = {{"server", TextAt(cluster.content, "server")}};
  const auto copy = [&](const char* field) {
    const auto found = cluster.content.find(field);
    if (found != cluster.content.end() && *found != "" && *found != false && !found->is_null())
      info[field] = *found;
  };
  copy("tls-server-name");
  copy("insecure-skip-tls-verify");
  copy("certificate-authority-data");
  const std::string file = TextAt(cluster.content, "certificate-authority");
  if (!file.empty()) {
    absl::StatusOr<std::string> pem =
        credential_provider::ReadFile(ResolvePath(file, cluster.file), kMaxAuthorityBytes);
    if (!pem.ok()) return pem.status();
    info["certificate-authority-data"] = absl::Base64Escape(*pem);
  }
  copy("proxy-url");
  copy("disable-compression");
  info["config"] = nullptr;
  for (const json& extension : cluster.content.value("extensions", json::array())) {
    if (TextAt(extension, "name") == "client.authentication.k8s.io/exec")
      info["config"] = extension.value("extension", json());
  }
  return info;
}

}  // namespace kubeconfig_writer
