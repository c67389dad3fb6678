// What may go wrong at any time; see Plan::PlanAnything.
#include "tests/simulation/plan.h"

namespace credential_provider::simulation {
namespace {

constexpr char kDiskFolder[] = "/home/u/.cache/credential_provider";
constexpr char kRuntimeFolder[] = "/run/u/credential_provider";

}  // namespace

void Plan::PlanFault(Nanos when, Nanos until) {
  Kernel& kernel = world_.kernel;
  World& world = world_;
  Volume* const volume = random_.Pick({&kernel.files.disk, &kernel.files.runtime, &kernel.files.memory});
  switch (random_.Below(15)) {
    case 0:
    case 1:
    case 2: {
      const Mood mood = random_.Pick({Mood::kFailing, Mood::kThrottling, Mood::kHanging, Mood::kMixed});
      kernel.At(when, [&world, mood] { world.SetMood(mood); });
      return kernel.At(until, [&world] { world.SetMood(Mood::kWell); });
    }
    case 3: {
      const size_t room = random_.Below(3000);
      kernel.At(when, [&world, volume, room] {
        world.SetVolume(volume, &Volume::full, true), volume->room = room;
      });
      return kernel.At(until, [&world, volume] { world.SetVolume(volume, &Volume::full, false); });
    }
    case 4:
      kernel.At(when, [&world, volume] { world.SetVolume(volume, &Volume::makes_none, true); });
      return kernel.At(until, [&world, volume] { world.SetVolume(volume, &Volume::makes_none, false); });
    case 5:
      kernel.At(when, [&world, volume] { world.SetVolume(volume, &Volume::read_only, true); });
      return kernel.At(until, [&world, volume] { world.SetVolume(volume, &Volume::read_only, false); });
    case 6: {
      const Nanos ahead = (random_.Chance(0.5) ? 1 : -1) * random_.Spread(kMillisecond, 1000 * kHour);
      kernel.At(when, [&world, ahead] { world.SetClock(ahead); });
      if (random_.Chance(0.8)) kernel.At(until, [&world] { world.SetClock(0); });
      return;
    }
    case 7:
      return kernel.At(when, [&world, this] { world.issuer.Revoke(SomeKey()); });
    case 8:
      return world.Forget(SomeKey(), random_.Chance(0.3), when);
    case 9: {
      const char* const folder = random_.Pick({kDiskFolder, kRuntimeFolder});
      return kernel.At(when, [&world, folder] { world.RemoveFolder(folder); });
    }
    case 10:
      kernel.At(when, [&world] { world.ForbidKeyring(true); });
      return kernel.At(until, [&world] { world.ForbidKeyring(false); });
    case 11:
      kernel.At(when, [&world] { world.MendSecret(false); });
      return kernel.At(until, [&world] { world.MendSecret(true); });
    case 12:
      kernel.At(when, [&world] { world.FillKeyring(true); });
      return kernel.At(until, [&world] { world.FillKeyring(false); });
    case 13: {
      const int key = SomeKey();
      return kernel.At(when, [&world, key, until, when] { world.StopIssuing(key, until - when); });
    }
    default:
      if (random_.Chance(0.3)) return world.List(when);
      if (random_.Chance(0.5)) return kernel.At(when, [&world] { world.EmptyKeyring(); });
      if (random_.Chance(0.5)) return kernel.At(when, [&world] { world.SpoilShares(); });
      return kernel.At(when, [&world] { world.SwapShares(); });
  }
}

}  // namespace credential_provider::simulation
