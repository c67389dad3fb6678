#include "tests/simulation/plan.h"

#include <algorithm>

namespace credential_provider::simulation {

Plan::Plan(World& world, Random& random) : world_(world), random_(random) {
  ChooseWorld();
  ChooseChances();
  PlanSituation();
}

void Plan::PlanSituation() {
  switch (random_.Below(20)) {
    case 0:
      return PlanReadersOfARenewal();
    case 1:
      return PlanSweepers();
    case 2:
      return PlanHolderThatStops();
    case 3:
      return PlanFullPlaces();
    case 4:
      return PlanForgetting();
    case 5:
      return PlanRefusal();
    case 6:
      return PlanFailingRenewal();
    case 7:
      return PlanSecretPutRight();
    default:
      return PlanAnything();
  }
}

void Plan::ChooseWorld() {
  world_.options.store.kind = random_.Pick({StoreKind::kAuto, StoreKind::kAuto, StoreKind::kKeyring,
                                            StoreKind::kRuntime, StoreKind::kMemory, StoreKind::kDisk});
  world_.time_limit = random_.Pick({kSecond, kSecond, 3 * kSecond, 10 * kSecond});
  world_.issuer.life = absl::Nanoseconds(random_.Spread(6 * kMinute, 12 * kHour));
  world_.issuer.longest_answer = random_.Spread(5 * kMillisecond, world_.time_limit);
  world_.issuer.padding = static_cast<int>(random_.Spread(10, 400));
  keys_ = random_.Pick<uint64_t>({1, 1, 1, 2, 2, 3});
  world_.properties.colliding = keys_ == 3;
}

void Plan::ChooseChances() {
  Chances& chances = world_.kernel.chances;
  chances.other = random_.Pick({0.02, 0.1, 0.3, 0.7});
  chances.longest_step = random_.Pick<Nanos>({5, 30, 30, 500}) * kMicrosecond;
  if (random_.Chance(0.3)) chances.kill = random_.Pick({0.0005, 0.003, 0.01, 0.03});
  if (random_.Chance(0.15)) chances.stop = random_.Pick({0.0005, 0.003});
  if (random_.Chance(0.2)) chances.tear = random_.Pick({0.1, 0.5});
  if (random_.Chance(0.05)) chances.fork_fails = 0.5;
  world_.properties.renewals_may_fail_to_start = chances.fork_fails > 0;
}

CallerKind Plan::SomeKind() {
  return random_.Pick({CallerKind::kClientGo, CallerKind::kClientGo, CallerKind::kClientGo,
                       CallerKind::kOther, CallerKind::kScript, CallerKind::kPerson});
}

Nanos Plan::PartOfLife(double part) const { return absl::ToInt64Nanoseconds(world_.issuer.life * part); }

void Plan::PlanBurst(Nanos at, Nanos width, int64_t size) {
  for (int64_t i = 0; i < size; ++i) {
    world_.kernel.At(at + static_cast<Nanos>(random_.Below(static_cast<uint64_t>(width))),
                     [this] { AskOnce(); });
  }
}

// Most runs come from processes of their own, some from one that was there before.
void Plan::AskOnce() {
  const bool again = !callers_.empty() && random_.Chance(0.3);
  Caller* const caller =
      again ? callers_[random_.Below(callers_.size())] : &world_.AddCaller(SomeKind(), SomeKey());
  if (!again) callers_.push_back(caller);
  // A kubectl keeps what it has, and starts one run at a time.
  const bool holds_one = !caller->had.empty() && world_.properties.IsAccepted(caller->had.back());
  if (caller->kind == CallerKind::kClientGo && (holds_one || caller->waits)) return;
  caller->asks = 0;
  world_.Ask(*caller, world_.kernel.now());
}

void Plan::PlanAnything() {
  const Nanos span =
      random_.Chance(0.4) ? random_.Spread(kMillisecond, kMinute) : PartOfLife(0.1 + 2 * random_.Fraction());
  const int64_t bursts = random_.Between(1, 6);
  for (int64_t burst = 0; burst < bursts; ++burst) {
    const Nanos at = burst == 0 ? 0 : static_cast<Nanos>(random_.Below(static_cast<uint64_t>(span)));
    PlanBurst(at, random_.Spread(10 * kMicrosecond, kSecond),
              random_.Between(1, random_.Pick<int64_t>({1, 3, 6})));
  }
  const int64_t faults = random_.Chance(0.6) ? random_.Between(1, 5) : 0;
  for (int64_t i = 0; i < faults; ++i) {
    const Nanos when = static_cast<Nanos>(random_.Below(static_cast<uint64_t>(span + 10 * kSecond)));
    PlanFault(when, when + random_.Spread(10 * kMillisecond, kHour));
  }
}

// Many read an entry while it is replaced.
void Plan::PlanReadersOfARenewal() {
  world_.kernel.chances.other = random_.Pick({0.3, 0.7});
  world_.issuer.longest_answer = random_.Spread(2 * kMillisecond, 10 * kMillisecond);
  PlanBurst(0, kMillisecond, 1);
  PlanBurst(PartOfLife(0.85), random_.Spread(2 * kMillisecond, 10 * kMillisecond), 12);
}

// Entries of two keys have expired and are replaced at once, and each run removes what has expired.
void Plan::PlanSweepers() {
  keys_ = 2;
  world_.properties.colliding = false;
  PlanBurst(0, kMillisecond, 4);
  const Nanos width = random_.Spread(10 * kMicrosecond, 5 * kMillisecond);
  world_.issuer.longest_answer = random_.Spread(2 * kMillisecond, 10 * kMillisecond);
  PlanBurst(PartOfLife(1) + 2 * kMinute, width, 6);
  PlanBurst(PartOfLife(1) + 3 * kMinute, kSecond, 4);
}

// Whoever issues is stopped for longer than the others are patient.
void Plan::PlanHolderThatStops() {
  world_.issuer.longest_answer = world_.time_limit;
  PlanBurst(0, 10 * kMillisecond, 3);
  const Nanos duration = random_.Spread(5 * kSecond, 5 * kMinute);
  world_.kernel.At(random_.Spread(5 * kMillisecond, world_.time_limit), [this, duration] {
    for (int key = 0; key < keys(); ++key) world_.StopIssuing(key, duration);
  });
  for (int64_t burst = random_.Between(1, 5); burst > 0; --burst)
    PlanBurst(random_.Spread(kSecond, kMinute), kSecond, random_.Between(1, 3));
  if (random_.Chance(0.5)) return;
  const Nanos ahead = (random_.Chance(0.5) ? 1 : -1) * random_.Spread(kSecond, 10 * kMinute);
  world_.kernel.At(random_.Spread(100 * kMillisecond, 20 * kSecond),
                   [this, ahead] { world_.SetClock(ahead); });
}

// When it is time to renew, there is no room in some of the places.
void Plan::PlanFullPlaces() {
  world_.issuer.life = absl::Nanoseconds(random_.Spread(kHour, 12 * kHour));
  PlanBurst(0, kMillisecond, 2);
  Kernel& kernel = world_.kernel;
  const bool everywhere = random_.Chance(0.5);
  bool Volume::*const fault = random_.Pick({&Volume::full, &Volume::makes_none, &Volume::read_only});
  for (Volume* volume : {&kernel.files.disk, &kernel.files.runtime, &kernel.files.memory}) {
    if (!everywhere && random_.Chance(0.5)) continue;
    kernel.At(PartOfLife(0.8), [this, volume, fault] { world_.SetVolume(volume, fault, true); });
    kernel.At(PartOfLife(0.9), [this, volume, fault] { world_.SetVolume(volume, fault, false); });
  }
  if (everywhere || random_.Chance(0.5)) {
    kernel.At(PartOfLife(0.8), [this] { world_.FillKeyring(true); });
    kernel.At(PartOfLife(0.9), [this] { world_.FillKeyring(false); });
  }
  PlanBurst(PartOfLife(0.85), kSecond, random_.Between(2, 4));
  PlanBurst(PartOfLife(0.87), kSecond, random_.Between(2, 4));
  PlanBurst(PartOfLife(0.95), kSecond, random_.Between(1, 3));
}

// When it is time to renew, the issuer fails for a while.
void Plan::PlanFailingRenewal() {
  world_.issuer.life = absl::Nanoseconds(random_.Spread(kHour, 12 * kHour));
  const Mood mood = random_.Pick({Mood::kFailing, Mood::kThrottling, Mood::kMixed});
  PlanBurst(0, kMillisecond, 1);
  world_.kernel.At(PartOfLife(0.8), [this, mood] { world_.SetMood(mood); });
  for (int64_t burst = random_.Between(3, 8); burst > 0; --burst)
    PlanBurst(PartOfLife(0.81) + random_.Spread(kSecond, 10 * kMinute), random_.Spread(kMillisecond, kSecond),
              random_.Between(1, 4));
}

// The secret is wrong at first, and put right while runs come.
void Plan::PlanSecretPutRight() {
  world_.MendSecret(false);
  PlanBurst(0, 10 * kMillisecond, random_.Between(1, 4));
  world_.kernel.At(random_.Spread(10 * kMillisecond, 4 * kSecond), [this] { world_.MendSecret(true); });
  PlanBurst(10 * kMillisecond, 6 * kSecond, random_.Between(2, 6));
}

// Somebody forgets while others ask.
void Plan::PlanForgetting() {
  const Nanos width = random_.Spread(kMillisecond, 100 * kMillisecond);
  PlanBurst(0, width, 6);
  for (int64_t times = random_.Between(1, 3); times > 0; --times)
    world_.Forget(SomeKey(), random_.Chance(0.3),
                  static_cast<Nanos>(random_.Below(static_cast<uint64_t>(2 * width))));
}

// The cluster refuses what is stored, and runs that replace it are killed.
void Plan::PlanRefusal() {
  PlanBurst(0, kMillisecond, 2);
  const Nanos when = random_.Spread(kMinute, 4 * kMinute);
  world_.kernel.At(when, [this] { world_.issuer.Revoke(SomeKey()); });
  if (random_.Chance(0.7)) world_.kernel.chances.kill = random_.Pick({0.003, 0.01, 0.03});
  for (int64_t burst = random_.Between(2, 6); burst > 0; --burst)
    PlanBurst(when + random_.Spread(kMillisecond, 4 * kMinute), 100 * kMillisecond, random_.Between(1, 2));
}

}  // namespace credential_provider::simulation
