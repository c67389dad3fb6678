#include "kubeconfig_writer/clusters/cluster_addresses.h"

#include <cstdint>
#include <string>
#include <utility>

#include "credential_provider/base/secret.h"
#include "credential_provider/text/status_json.h"
#include "nlohmann/json.hpp"

namespace kubeconfig_writer {
namespace {

using namespace credential_provider;  // NOLINT: this file joins the two
using Answer = absl::StatusOr<UserKubeconfig>;

std::string Text(const Answer& answer) {
  nlohmann::json json = StatusToJson(answer.status());
  if (!answer.ok()) return Packed(json);
  json["server"] = answer->server;
  json["authority"] = answer->certificate_authority_data;
  json["certificate"] = answer->client_certificate_pem;
  json["key"] = answer->client_key_pem.Reveal();
  if (answer->expiration != absl::InfiniteFuture())
    json["expiration"] = absl::ToUnixMicros(answer->expiration);
  return Packed(json);
}

Answer AnswerIn(const std::string& text) {
  const nlohmann::json json = nlohmann::json::parse(text);
  absl::Status status = StatusFromJson(json);
  if (!status.ok()) return status;
  return UserKubeconfig{json.at("server").get<std::string>(), json.at("authority").get<std::string>(),
                        json.at("certificate").get<std::string>(), Secret(json.at("key").get<std::string>()),
                        json.contains("expiration")
                            ? absl::FromUnixMicros(json.at("expiration").get<int64_t>())
                            : absl::InfiniteFuture()};
}

}  // namespace

std::vector<Answer> FetchClusterAddresses(absl::Span<const AckOptions> clusters, ServerAddress address,
                                          const ParallelLimits& limits, AckSession& service,
                                          absl::FunctionRef<void(size_t)> show) {
  if (clusters.size() == 1) return {FetchClusterAddress(clusters[0], service, address)};
  std::vector<Answer> answers(clusters.size(), absl::CancelledError("not asked about"));
  size_t done = 0;
  bool is_forked = false;
  const absl::Status worked = WorkInParallel(
      clusters.size(), limits,
      [&](size_t item) {
        if (!std::exchange(is_forked, true)) service.UseOwnConnection();
        return Text(FetchClusterAddress(clusters[item], service, address));
      },
      [&](size_t item, const std::string& answer) {
        answers[item] = AnswerIn(answer);
        show(++done);
      });
  for (Answer& answer : answers) {
    if (!worked.ok() && absl::IsCancelled(answer.status())) answer = worked;
  }
  return answers;
}

}  // namespace kubeconfig_writer
