// A machine with its store, the callers on it, and the runs of the product that they start.
#ifndef CREDENTIAL_PROVIDER_TESTS_SIMULATION_WORLD_H_
#define CREDENTIAL_PROVIDER_TESTS_SIMULATION_WORLD_H_

#include <string>
#include <vector>

#include "credential_provider/base/environment.h"
#include "credential_provider/invocation/answer_options.h"
#include "credential_provider/store/credential_key.h"
#include "tests/simulation/issuer.h"

namespace credential_provider::simulation {

class World {
 public:
  World(Random& random, bool traced);

  // A new process that wants a credential.
  Caller& AddCaller(CallerKind kind, int key);
  // It starts the product at `when`; a kubectl that is refused does so once more.
  Run& Ask(Caller& caller, Nanos when);
  // `credential_provider forget` for one key or for all, at `when`.
  void Forget(int key, bool all, Nanos when);
  // `credential_provider status` or the like: reads everything.
  void List(Nanos when);

  // What others do to the store.
  void RemoveFolder(const char* path);
  void EmptyKeyring();
  void ForbidKeyring(bool forbidden);
  void FillKeyring(bool full);
  // Somebody with the same user id puts what belongs to one entry where another's is looked for, or changes
  // it.
  void SwapShares();
  void SpoilShares();
  // Whoever is issuing for the key is stopped, as by Ctrl-Z.
  void StopIssuing(int key, Nanos duration);
  void SetVolume(Volume* volume, bool Volume::*fault, bool on);
  // What others do to the issuer and to the clock.
  void SetMood(Mood mood);
  void MendSecret(bool good);
  void SetClock(Nanos ahead);

  Kernel kernel;
  Properties properties;
  Issuer issuer;
  std::vector<CredentialKey> keys;
  AnswerOptions options;
  Nanos time_limit = kSecond;
  uint64_t runs = 0;

 private:
  std::vector<std::string*> Shares();
  void RunGet(Run& run);
  void Ended(Run& run, bool killed);
  const char* const* EnvironmentOf(CallerKind kind) const;
};

}  // namespace credential_provider::simulation

#endif  // CREDENTIAL_PROVIDER_TESTS_SIMULATION_WORLD_H_
