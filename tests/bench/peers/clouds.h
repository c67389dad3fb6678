// What the peers ask, played by the sandbox: a token endpoint of Azure and of Google, credentials of AWS.
#ifndef CREDENTIAL_PROVIDER_TESTS_BENCH_PEERS_CLOUDS_H_
#define CREDENTIAL_PROVIDER_TESTS_BENCH_PEERS_CLOUDS_H_

#include "tests/testing/sandbox_process.h"

namespace credential_provider {

constexpr char kAzureTenant[] = "tenant";
constexpr char kGoogleTokenPath[] = "/google/token";
constexpr char kGcloudPath[] = "/google/config-helper";  // what `gcloud config config-helper` prints
constexpr char kAwsStsPath[] = "/aws/sts";
constexpr char kAwsSessionPath[] = "/aws/session";  // for pods and for credential_process

// Makes all services answer after `delay_ms`, and forgets what was asked.
void ResetClouds(const SandboxProcess& sandbox, int delay_ms);

// The number of requests since then, to whichever service.
int RequestsTo(const SandboxProcess& sandbox);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_TESTS_BENCH_PEERS_CLOUDS_H_
