// Who issues credentials, and all that may go wrong there: the only part of a miss that is not the product's.
#ifndef CREDENTIAL_PROVIDER_TESTS_SIMULATION_ISSUER_H_
#define CREDENTIAL_PROVIDER_TESTS_SIMULATION_ISSUER_H_

#include "absl/status/statusor.h"
#include "credential_provider/kubernetes/credential.h"
#include "tests/simulation/properties.h"

namespace credential_provider::simulation {

enum class Mood { kWell, kFailing, kThrottling, kHanging, kMixed };

class Issuer {
 public:
  Issuer(Kernel& kernel, Properties& properties) : kernel_(kernel), properties_(properties) {}

  // Takes its time, at most the run's limit, as the HTTP client has it.
  absl::StatusOr<Credential> Issue(Run& run);
  // The cluster refuses from now on what was issued for the key.
  void Revoke(int key);

  Mood mood = Mood::kWell;
  absl::Duration life = absl::Hours(1);
  Nanos longest_answer = kSecond;
  bool good_secret = true;  // that is shown to it
  int padding = 40;

 private:
  absl::StatusOr<Credential> Answer(Run& run);
  absl::StatusOr<Credential> Make(Run& run);

  Kernel& kernel_;
  Properties& properties_;
};

}  // namespace credential_provider::simulation

#endif  // CREDENTIAL_PROVIDER_TESTS_SIMULATION_ISSUER_H_
