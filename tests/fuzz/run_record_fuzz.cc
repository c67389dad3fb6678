// The file in which runs leave word for each other, whatever is in it.
#include <sys/stat.h>

#include <fstream>

#include "absl/time/time.h"
#include "credential_provider/runs/backoff.h"
#include "credential_provider/runs/rejection.h"
#include "credential_provider/runs/run_state.h"
#include "credential_provider/store/credential_key.h"
#include "tests/fuzz/input.h"
#include "tests/fuzz/require.h"
#include "tests/testing/temp_dir.h"

namespace credential_provider {
namespace {

// The records of this target's one key, in a folder of its own.
struct World {
  World() : key(CredentialKey().Add("issuer", "ack")), file(dir.Path("store/" + key.FileName() + ".state")) {
    Require(folder.Make().ok(), "there is a folder");
  }
  TempDir dir;
  PrivateFolder folder{dir.Path("store")};
  CredentialKey key;
  std::string file;
};

void CheckIssuance(const IssueRecord& issuance, absl::Time now) {
  const absl::Status failure = issuance.Failure();
  if (IsBackingOff(issuance, true, now) || IsBackingOff(issuance, false, now)) {
    Require(!failure.ok(), "who is to wait is told of a failure");
  }
}

void CheckChanges(RunState& state, absl::Time now) {
  state.servings.Add({absl::ToUnixMicros(now), 1, 2, 0});
  state.issuance.Fail(absl::UnavailableError("no answer"), "proof", now);
  Require(state.issuance.Failure().message() == "no answer", "a failure is remembered as it was");
  Require(state.issuance.HasProof("proof"), "and by what it was met with");
  Require(IsBackingOff(state.issuance, false, now), "a failure makes the next run wait");
}

void Check(const World& world, absl::Time now) {
  PrivateFolder folder(world.dir.Path("store"));
  RunState state({&folder}, world.key);
  state.Load();
  CheckIssuance(state.issuance, now);
  const ParentProcess nobody{-1, ParentKind::kClientGo};
  JudgeRejection(state.servings, state.issuance, nobody, now - absl::Hours(1), now);
  CheckChanges(state, now);
}

}  // namespace
}  // namespace credential_provider

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const credential_provider::World world;
  std::ofstream(world.file, std::ios::binary)
      .write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
  credential_provider::Check(world, absl::FromUnixSeconds(1767323045));
  return 0;
}
