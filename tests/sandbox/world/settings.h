// What a test can change about the replies: the body of the control listener's POST /config.
#ifndef CREDENTIAL_PROVIDER_TESTS_SANDBOX_WORLD_SETTINGS_H_
#define CREDENTIAL_PROVIDER_TESTS_SANDBOX_WORLD_SETTINGS_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "nlohmann/json.hpp"
#include "tests/sandbox/world/clusters.h"

namespace sandbox {

struct Settings {
  // Minted kubeconfigs.
  std::string key_type = "rsa-pkcs1";
  bool mismatched_key = false;                           // the key of another certificate
  absl::Duration not_before_offset = absl::Minutes(-5);  // from now to notBefore
  absl::optional<absl::Duration> lifetime;               // of the certificate, instead of the minutes asked
  absl::Duration expiration_offset = absl::ZeroDuration();  // from notAfter to `expiration`
  bool omit_expiration = false;                             // no `expiration` in the answer
  absl::optional<std::string> config_text;                  // `config`, verbatim
  std::string server;                                       // the server in the kubeconfig
  absl::optional<std::string> server_ca;                    // the authority in the kubeconfig, PEM
  std::vector<Cluster> clusters = UsualClusters();
  // Temporary credentials and tokens.
  absl::optional<absl::Duration> session_lifetime;  // instead of the one asked
  absl::Duration id_token_lifetime = absl::Minutes(5);
  // Signing in.
  absl::Duration device_interval = absl::Seconds(1);
  absl::Duration device_lifetime = absl::Minutes(10);
  absl::Duration sign_in_lifetime = absl::Hours(1);  // zero when nothing is said of it
  bool oauth_without_refresh_token = false;
  std::string sso_client;  // the only client that CloudSSO knows; "" for any
  bool metadata_v2_only = false;
  bool metadata_without_role = false;
  std::string metadata_role = "sandbox-ecs-role";  // that is attached
  std::string metadata_instance = "i-sandbox";
  std::string credentials_uri_role;  // that the credentials URI hands out; "" for the one that is attached
};

// Reads settings; what is not named keeps its default. An unknown name or a wrong type is an error.
absl::StatusOr<Settings> ParseSettings(const nlohmann::json& object);

}  // namespace sandbox

#endif  // CREDENTIAL_PROVIDER_TESTS_SANDBOX_WORLD_SETTINGS_H_
