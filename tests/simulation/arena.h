// The memory of one schedule: taken back as a whole, with what killed processes have left.
#ifndef CREDENTIAL_PROVIDER_TESTS_SIMULATION_ARENA_H_
#define CREDENTIAL_PROVIDER_TESTS_SIMULATION_ARENA_H_

namespace credential_provider::simulation {

// From now on `operator new` takes memory from the arena, and from an empty one.
void BeginArena();
// From now on it takes it from malloc, as usual. What the arena has given must not be used any more.
void EndArena();

}  // namespace credential_provider::simulation

#endif  // CREDENTIAL_PROVIDER_TESTS_SIMULATION_ARENA_H_
