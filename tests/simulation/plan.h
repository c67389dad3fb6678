// What happens in one schedule: who asks when, and what goes wrong meanwhile.
#ifndef CREDENTIAL_PROVIDER_TESTS_SIMULATION_PLAN_H_
#define CREDENTIAL_PROVIDER_TESTS_SIMULATION_PLAN_H_

#include <vector>

#include "tests/simulation/random.h"
#include "tests/simulation/world.h"

namespace credential_provider::simulation {

class Plan {
 public:
  // Puts everything into the world's timetable. The plan must outlive its run.
  Plan(World& world, Random& random);

  int keys() const { return static_cast<int>(keys_); }

 private:
  void ChooseWorld();
  void ChooseChances();
  void PlanSituation();

  // Anything at any time.
  void PlanAnything();
  void PlanFaults();
  void PlanFault(Nanos when, Nanos until);
  // Situations that chance alone makes too seldom.
  void PlanReadersOfARenewal();
  void PlanSweepers();
  void PlanHolderThatStops();
  void PlanFullPlaces();
  void PlanFailingRenewal();
  void PlanSecretPutRight();
  void PlanForgetting();
  void PlanRefusal();

  // `size` runs, which begin within `width`.
  void PlanBurst(Nanos at, Nanos width, int64_t size);
  void AskOnce();
  CallerKind SomeKind();
  int SomeKey() { return static_cast<int>(random_.Below(keys_)); }
  Nanos PartOfLife(double part) const;

  World& world_;
  Random& random_;
  uint64_t keys_ = 1;
  std::vector<Caller*> callers_;
};

}  // namespace credential_provider::simulation

#endif  // CREDENTIAL_PROVIDER_TESTS_SIMULATION_PLAN_H_
