// The programs that are compared, and how each is called so that it asks the sandbox and nobody else.
#ifndef CREDENTIAL_PROVIDER_TESTS_BENCH_PEERS_PEER_H_
#define CREDENTIAL_PROVIDER_TESTS_BENCH_PEERS_PEER_H_

#include <map>
#include <string>
#include <vector>

#include "tests/bench/measure.h"
#include "tests/testing/sandbox_process.h"

namespace credential_provider {

// A program as run.sh found it.
struct Program {
  std::string path;
  std::string label;    // with its version
  std::string on_disk;  // how large it is, and what else it needs
};

// One row of the table.
struct Peer {
  std::string name;
  std::string on_disk;
  std::string how;  // what a hit and a miss are for it
  Subject fill;     // leaves in its cache what `hit` finds there
  Subject hit;
  Subject miss;  // asks; not always as `fill` does
};

// The peers among `programs`, by the name of the program, `credential_provider` first. What they read is
// written to `home`.
std::vector<Peer> PeersAmong(const std::map<std::string, Program>& programs, const std::string& home,
                             const SandboxProcess& sandbox);

// Empties the caches of all peers.
void ClearCaches(const Program& credential_provider, const std::string& home);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_TESTS_BENCH_PEERS_PEER_H_
