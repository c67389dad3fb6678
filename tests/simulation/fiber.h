// A second stack in one thread: what a simulated process runs on.
#ifndef CREDENTIAL_PROVIDER_TESTS_SIMULATION_FIBER_H_
#define CREDENTIAL_PROVIDER_TESTS_SIMULATION_FIBER_H_

#include <cstddef>

namespace credential_provider::simulation {

// Where a stack was left.
using StackPointer = void*;

// Leaves the stack that runs, notes where in `from`, and goes on at `to`. errno stays with its stack.
void SwitchStack(StackPointer* from, StackPointer to);

// Returns where to go on for `entry` to be called on the stack that ends below `top`. It must not return.
StackPointer NewStack(char* top, void (*entry)());

// A pool of stacks, each with a page below it that stops the program when it is touched.
char* TakeStack();  // its top
void GiveBackStack(char* top);

}  // namespace credential_provider::simulation

#endif  // CREDENTIAL_PROVIDER_TESTS_SIMULATION_FIBER_H_
