// What must be true of every schedule, and the simulator's own knowledge by which it is judged: what the
// issuer has issued, what must be in the store, and what was done to it.
#ifndef CREDENTIAL_PROVIDER_TESTS_SIMULATION_PROPERTIES_H_
#define CREDENTIAL_PROVIDER_TESTS_SIMULATION_PROPERTIES_H_

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "tests/simulation/kernel.h"

namespace credential_provider::simulation {

// How often what the properties depend on has been disturbed. Nothing can be said across a change of these.
struct Disturbances {
  int lost = 0;       // the store lost something: its folders were removed, the keyring emptied or forbidden
  int forgotten = 0;  // somebody ran `forget`
  int clock = 0;      // the clock was set
  int secret = 0;     // somebody has put right, or spoilt, what the issuer is shown
};
bool operator==(const Disturbances& a, const Disturbances& b);

struct Issued {
  int key = 0;
  std::string token;
  absl::Time end;        // the true one
  absl::Time given;      // when the run had it, and
  absl::Time seems_end;  // its end, both by the clock of the machine
  Nanos given_at = 0;
  bool revoked = false;
  bool wrong_clock = false;  // the machine's clock was wrong when it was issued
};

// Who starts runs.
enum class CallerKind { kClientGo, kOther, kScript, kPerson };
struct Caller {
  pid_t pid;
  CallerKind kind;
  int key;
  std::vector<int> had = {};    // what it was given, as numbers of Issued
  bool had_one_killed = false;  // a run of its own, which may have noted an answer that it never got
  bool waits = false;           // for one of its runs
  int asks = 0, active = 0;
  struct Run* last = nullptr;
  // When it was last answered: how many runs for its key had begun, and whether others were still running.
  // They may have written over the note of its answer.
  int begun_then = 0;
  bool others_then = false;
  Disturbances then = {};
};

// What is stored for a key as far as it is known for sure: the number of an Issued; -1 for nothing.
struct Known {
  int issued = -1;
  Disturbances then = {};
};

// One run of the program for a caller.
struct Run {
  Process* process = nullptr;
  Caller* caller = nullptr;
  int key = 0;
  Nanos begin = 0;
  absl::Time begin_wall;
  Nanos time_limit = 0;
  Disturbances then = {};
  Known known = {};      // when it began
  int dropped_then = 0;  // as Key::dropped, when it began
  int issuances = 0, attended_issuances = 0;
  int last_issued = -1;
  bool is_detached = false;
  bool replaces = false;             // what it asks for is to replace one that was refused, surely
  bool may_replace = false;          // and perhaps
  bool shares_caller = false;        // another run of its caller was there when it began
  bool overlaps = false;             // another run for the key was there when it began
  int begun = 0;                     // how many had begun by then
  bool had_given_up_before = false;  // some run had given up on who is still issuing
};

// An issuance that is going on, or the last one.
struct Issuance {
  Run* run = nullptr;
  bool is_detached = false;
  Nanos begin = 0, end = 0;
  bool going_on = false;
  bool succeeded = false;
  bool cut_short = false;  // its process was killed before it had kept what came of it
  int refusals = 0;        // what its process met by its end
  int issued = -1;
  Disturbances then = {};
};

class Properties {
 public:
  Properties(Kernel& kernel, int keys, bool traced);

  void RunBegins(Run& run);
  // The run, or the part of it for which somebody waits, has ended.
  void RunEnds(Run& run, bool killed);
  void IssuanceBegins(Run& run);
  void IssuanceEnds(Run& run, int number);  // -1 for a failure
  // After all faults have ended: this run must have an answer that the server accepts.
  void MustSucceed(const Run& run, bool from_store);
  // Whatever has expired by the clock of the machine may be gone from the store.
  void ForgetExpired();
  // Who is issuing for a key; null for nobody.
  Run* Issuing(int number);
  // Whether the cluster takes a credential, and whether it was issued while the clock was so wrong that the
  // server said so.
  bool IsAccepted(int number) const;
  bool IsOfWrongClock(int number) const;
  // The number of the credential in an answer; -1 for none.
  int InAnswer(const std::string& out);

  Disturbances disturbances;
  std::vector<Issued> issued;
  std::string violation;  // the first one
  double refresh_ahead = 0.2;
  bool renewals_may_fail_to_start = false;
  bool colliding =
      false;  // two keys have the same file names, and displace each other: only answers are judged

 private:
  void Fail(const char* rule, const std::string& what);
  void FailAnswer(const char* rule, const std::string& what);

  struct Key {
    Known known = {};
    Issuance last = {};
    int failures = 0, noted_failures = 0;  // in a row; those that are in the record for sure
    // When one was last replaced because it was refused: for sure, and perhaps.
    Nanos rejected = -kHour, perhaps_rejected = -kHour;
    Disturbances rejected_then, perhaps_rejected_then, gave_up_then;
    Nanos gave_up = -kHour;     // when a run gave up on the issuance that is going on
    int begun = 0, active = 0;  // runs for which somebody waits
    int dropped = 0;            // how often what was stored has perhaps been dropped
  };

  void CheckAnswer(const Run& run, int number);
  void CheckWait(const Run& run, int number);
  void CheckUse(const Run& run, int number);
  void CheckRenewal(const Run& run, int number);
  void CheckRefused(const Run& run, int number);
  void CheckOneAtATime(const Run& run, const Issuance& other);
  void CheckPace(Run& run, const Key& key);
  void CheckPaceAfterSuccess(Run& run, const Key& key);
  void CheckPaceAfterFailure(const Run& run, const Key& key);
  bool IsStored(const Known& known) const;
  bool WasGood(int number) const;
  bool HadBefore(const Run& run, int number) const;
  // What is left of a credential, and whether it is to be renewed, by the clock of the machine.
  absl::Duration Left(int number) const;
  bool IsDue(int number, absl::Duration tolerance) const;

  Kernel& kernel_;
  std::vector<Key> keys_;
  const bool traced_;
};

}  // namespace credential_provider::simulation

#endif  // CREDENTIAL_PROVIDER_TESTS_SIMULATION_PROPERTIES_H_
