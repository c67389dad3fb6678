#include "tests/simulation/world.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "credential_provider/answer/answer_kubectl.h"
#include "credential_provider/answer/stored_credentials.h"
#include "credential_provider/cli/command.h"

namespace credential_provider::simulation {
namespace {

constexpr char kClientGoInfo[] =
    R"(KUBERNETES_EXEC_INFO={"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","spec":{"interactive":false}})"
    "\n";
constexpr char kOtherInfo[] =
    R"(KUBERNETES_EXEC_INFO={"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","spec":{"interactive":false}})";
constexpr size_t kKeyringBytes = 20000;
const char* const kOfClientGo[] = {"HOME=/home/u", "XDG_RUNTIME_DIR=/run/u", kClientGoInfo, nullptr};
const char* const kOfOther[] = {"HOME=/home/u", "XDG_RUNTIME_DIR=/run/u", kOtherInfo, nullptr};
const char* const kOfNobody[] = {"HOME=/home/u", "XDG_RUNTIME_DIR=/run/u", nullptr};

// Two texts of one FileName: their files have the same names, and only what is in them tells them apart.
constexpr char kOneText[] = "8yn0iYCKYHlIj4-BwPqk";
constexpr char kOtherText[] = "GReLUrM4wMqfg9yzV3KQ";

}  // namespace

World::World(Random& random, bool traced)
    : kernel(random, traced), properties(kernel, 3, traced), issuer(kernel, properties) {
  keys.push_back(CredentialKey::FromText(absl::StrCat(kOneText, "\n")));
  keys.push_back(CredentialKey().Add("issuer", "ack").Add("cluster", "c1").Add("identity", "alice"));
  keys.push_back(CredentialKey::FromText(absl::StrCat(kOtherText, "\n")));
}

Caller& World::AddCaller(CallerKind kind, int key) {
  const std::string name = kind == CallerKind::kPerson     ? "bash"
                           : kind == CallerKind::kClientGo ? "kubectl"
                                                           : "node";
  auto* const caller = new Caller{0, kind, key};
  caller->pid = kernel.AddOther(name, absl::StrCat(name, absl::string_view("\0get\0pods\0", 10)));
  return *caller;
}

Run& World::Ask(Caller& caller, Nanos when) {
  auto& run = *new Run;
  caller.last = &run;
  caller.waits = true;
  run.caller = &caller;
  run.key = caller.key;
  run.time_limit = time_limit;
  ++caller.asks;
  run.process = &kernel.Start(absl::StrCat("run ", ++runs, " for ", caller.pid), caller.pid, when,
                              [this, &run] { RunGet(run); });
  run.process->at_terminal = caller.kind == CallerKind::kPerson;
  run.process->ended = [this, &run](bool killed) { Ended(run, killed); };
  return run;
}

const char* const* World::EnvironmentOf(CallerKind kind) const {
  if (kind == CallerKind::kClientGo) return kOfClientGo;
  return kind == CallerKind::kOther ? kOfOther : kOfNobody;
}

// What `get` does once it knows its key.
void World::RunGet(Run& run) {
  properties.RunBegins(run);
  kernel.Note("%s begins, for key %d", run.process->label.c_str(), run.key);
  const Environment environment(EnvironmentOf(run.caller->kind));
  const AnswerRequest question = {keys[static_cast<size_t>(run.key)], options, absl::Nanoseconds(time_limit),
                                  [this] { return absl::StrCat("secret ", properties.disturbances.secret); },
                                  [this, &run](CredentialStore&, Attendance) { return issuer.Issue(run); }};
  const absl::Status status = AnswerKubectl(question, environment);
  if (!status.ok() && !run.process->detached) PrintError("credential_provider", status);
}

// At its end, and when it forks: then its caller has its answer.
void World::Ended(Run& run, bool killed) {
  properties.RunEnds(run, killed);
  if (!run.is_detached) run.caller->waits = false;
  if (run.is_detached || killed) return;
  run.is_detached = run.process->forking;
  const int number = properties.InAnswer(run.process->out);
  kernel.Note("%s has credential %d; %s", run.process->label.c_str(), number, run.process->err.c_str());
  Caller& caller = *run.caller;
  if (caller.kind == CallerKind::kClientGo && number >= 0 && !properties.IsAccepted(number) &&
      caller.asks % 2 == 1)
    Ask(caller, kernel.now() + kernel.random.Spread(kMillisecond, 50 * kMillisecond));
}

void World::Forget(int key, bool all, Nanos when) {
  kernel
      .Start(all ? "forget all" : "forget", 1, when,
             [this, key, all] {
               ++properties.disturbances.forgotten;
               CredentialStore store(options.store, Environment(kOfNobody));
               if (all) {
                 ForgetAll(store).status().IgnoreError();
               } else {
                 ForgetOne(keys[static_cast<size_t>(key)], store).status().IgnoreError();
               }
               ++properties.disturbances.forgotten;
             })
      .ended = [this](bool) { ++properties.disturbances.forgotten; };
}

void World::List(Nanos when) {
  kernel.Start("list", 1, when, [this] {
    CredentialStore store(options.store, Environment(kOfNobody));
    ListStored(store);
  });
}

void World::RemoveFolder(const char* path) {
  kernel.Note("somebody removes %s", path);
  ++properties.disturbances.lost;
  const std::string whole = path;
  const size_t slash = whole.rfind('/');
  File* const above = kernel.files.Find(whole.substr(0, slash));
  if (above == nullptr) return;
  const auto found = above->names.find(whole.substr(slash + 1));
  if (found == above->names.end()) return;
  File* const folder = found->second;
  for (const auto& [name, file] : folder->names) --file->links;
  folder->names.clear();
  folder->links = 0;
  above->names.erase(found);
}

void World::EmptyKeyring() {
  kernel.Note("the keyring is emptied");
  ++properties.disturbances.lost;
  kernel.keyring.Clear();
}

void World::ForbidKeyring(bool forbidden) {
  kernel.Note("the keyring is %s", forbidden ? "forbidden" : "allowed");
  if (forbidden) ++properties.disturbances.lost;
  kernel.keyring.forbidden = forbidden;
}

void World::FillKeyring(bool full) {
  kernel.Note("the user's quota of keys is %s", full ? "used up" : "as usual");
  kernel.keyring.most_bytes = full ? 0 : kKeyringBytes;
}

std::vector<std::string*> World::Shares() {
  std::vector<std::string*> shares;
  for (auto& [serial, key] : kernel.keyring.keys) shares.push_back(&key.payload);
  for (auto& [folder_name, folder] : kernel.files.Find("/dev/shm")->names) {
    for (auto& [name, file] : folder->names) {
      if (absl::EndsWith(name, ".share")) shares.push_back(&file->data);
    }
  }
  ++properties.disturbances.lost;
  return shares;
}

void World::SwapShares() {
  kernel.Note("somebody swaps what is in shared memory");
  const std::vector<std::string*> shares = Shares();
  for (size_t i = 1; i < shares.size(); ++i) shares[i - 1]->swap(*shares[i]);
}

void World::SpoilShares() {
  kernel.Note("somebody changes what is in shared memory");
  for (std::string* share : Shares()) (*share)[share->size() - 1 - kernel.random.Below(40)] ^= 1;
}

void World::StopIssuing(int key, Nanos duration) {
  Run* const run = properties.Issuing(key);
  if (run != nullptr) kernel.Hold(*run->process, duration);
}

void World::SetVolume(Volume* volume, bool Volume::*fault, bool on) {
  const char* const what = fault == &Volume::full        ? "full"
                           : fault == &Volume::read_only ? "read-only"
                                                         : "out of inodes";
  kernel.Note("the file system %s is %s%s", volume->name, on ? "" : "no longer ", what);
  volume->*fault = on;
}

void World::SetMood(Mood mood) {
  constexpr const char* kNames[] = {"is well", "fails", "throttles", "hangs", "does this and that"};
  kernel.Note("the issuer %s", kNames[static_cast<int>(mood)]);
  issuer.mood = mood;
}

void World::MendSecret(bool good) {
  kernel.Note("the secret is %s now", good ? "right" : "wrong");
  ++properties.disturbances.secret;
  issuer.good_secret = good;
}

void World::SetClock(Nanos ahead) {
  kernel.Note("the clock is set: %.0f s ahead of the true time", static_cast<double>(ahead) / 1e9);
  ++properties.disturbances.clock;
  properties.ForgetExpired();
  kernel.SetClock(ahead);
  properties.ForgetExpired();
}

}  // namespace credential_provider::simulation
