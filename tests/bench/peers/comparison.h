// Measures the peers side by side and prints what came out.
#ifndef CREDENTIAL_PROVIDER_TESTS_BENCH_PEERS_COMPARISON_H_
#define CREDENTIAL_PROVIDER_TESTS_BENCH_PEERS_COMPARISON_H_

#include <map>
#include <string>
#include <vector>

#include "tests/bench/peers/peer.h"
#include "tests/testing/sandbox_process.h"
#include "tests/testing/temp_dir.h"

namespace credential_provider {

// What is measured of one peer.
struct Row {
  double hit_ms = 0;
  double hit_to_empty = 0;  // to an empty program's run
  double hit_mib = 0;
  double miss_ms = 0;
  double miss_mib = 0;
  double requests = 0;  // of a miss
  double at_once_requests = 0;
  double at_once_ms = 0;
};

class Comparison {
 public:
  // REQUIRES: `credential_provider` is among the programs, by their names.
  explicit Comparison(const std::map<std::string, Program>& programs);

  // Keeps those that answer as they should, and says why the others do not take part. Returns false when
  // credential_provider is one of these.
  bool LeaveOutWhatFails();

  void Measure();

  void PrintTable() const;
  // Prints what a hit and a miss are for each, and where one is ahead of credential_provider.
  void PrintNotes() const;

 private:
  void Clear() const;
  std::string ProblemOf(const Peer& peer) const;
  void MeasureHits();
  void MeasureMisses();
  void MeasureAtOnce(const Peer& peer, Row& row) const;

  const std::map<std::string, Program> programs_;
  const SandboxProcess sandbox_;
  const TempDir home_;
  std::vector<Peer> peers_;
  std::vector<Row> rows_;
  Row empty_;
};

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_TESTS_BENCH_PEERS_COMPARISON_H_
