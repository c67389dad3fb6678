// One schedule: who asks when, what goes wrong meanwhile, and that all is well afterwards. All of it follows
// from the seed.
#ifndef CREDENTIAL_PROVIDER_TESTS_SIMULATION_SCHEDULE_H_
#define CREDENTIAL_PROVIDER_TESTS_SIMULATION_SCHEDULE_H_

#include <cstdint>
#include <string>

namespace credential_provider::simulation {

struct Outcome {
  std::string violation;  // "" for none
  uint64_t steps = 0;
  uint64_t runs = 0;
  uint64_t issuances = 0;
};

// With `traced` each step is printed.
Outcome RunSchedule(uint64_t seed, bool traced);

}  // namespace credential_provider::simulation

#endif  // CREDENTIAL_PROVIDER_TESTS_SIMULATION_SCHEDULE_H_
