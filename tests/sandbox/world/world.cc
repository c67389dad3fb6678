#include "tests/sandbox/world/world.h"

namespace sandbox {

void World::Reset() {
  skew = absl::ZeroDuration();
  settings = Settings();
  identities.Reset();
  verifier.Reset();
  client_ca.Reset();
  tokens.clear();
  forbidden.clear();
  sign_ins.clear();
  mints.clear();
}

}  // namespace sandbox
