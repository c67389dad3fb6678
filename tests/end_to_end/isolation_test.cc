// What another container of the same user id, which cannot look into the private folder, can do to what is
// stored: it reads nothing, and nothing that it writes is served. For each place, and with real namespaces.
// Run twice: as root of a user namespace, and (ISOLATION_USER) as a plain user of the machine.
#include <fcntl.h>
#include <linux/keyctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "absl/time/clock.h"
#include "credential_provider/store/credential_key.h"
#include "credential_provider/store/entry.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/end_to_end/store_world.h"
#include "tests/testing/container.h"
#include "tests/testing/own_keyring.h"

namespace credential_provider {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr char kForged[] = R"({"token":"FORGED"})";

bool IsPlainUser() { return std::getenv("ISOLATION_USER") != nullptr; }

// What the kernel gives to a process of the user: everything it has in the user's keyring, and all else that
// it may see the number of.
std::vector<int32_t> KeysInReach() {
  std::vector<int32_t> keys(1000);
  const long size =
      syscall(SYS_keyctl, KEYCTL_READ, KEY_SPEC_USER_KEYRING, keys.data(), keys.size() * sizeof(int32_t));
  keys.resize(size < 0 ? 0 : static_cast<size_t>(size) / sizeof(int32_t));
  const std::string list = Slurp("/proc/keys");
  for (size_t at = 0; at + 8 < list.size() && at != std::string::npos + 1; at = list.find('\n', at) + 1)
    keys.push_back(static_cast<int32_t>(std::strtoul(list.substr(at, 8).c_str(), nullptr, 16)));
  return keys;
}

std::string PayloadOf(int32_t key) {
  std::string payload(40000, '\0');
  const long size = syscall(SYS_keyctl, KEYCTL_READ, key, &payload[0], payload.size());
  payload.resize(size < 0 ? 0 : static_cast<size_t>(size));
  return payload;
}

std::string DescriptionOf(int32_t key) {
  char text[5000] = "";
  syscall(SYS_keyctl, KEYCTL_DESCRIBE, key, text, sizeof(text) - 1);
  const std::string description = text;
  const size_t begin = description.rfind(';');
  return description.rfind("user;", 0) == 0 && begin != std::string::npos ? description.substr(begin + 1)
                                                                          : "";
}

// The files in this user's folder in memory.
std::vector<std::string> FilesInReach() {
  std::vector<std::string> files;
  std::error_code error;
  fs::directory_iterator list("/dev/shm/credential_provider-" + std::to_string(geteuid()), error);
  for (; !error && list != fs::directory_iterator(); list.increment(error)) files.push_back(list->path());
  return files;
}

bool IsShare(const std::string& file) { return fs::path(file).extension() == ".share"; }

// Puts `payload` under the description of every key of this program, and under that of version 0.1.0; and
// into the keys that are there, and the files.
void PlantEverywhere(const std::string& key_name, const std::string& payload) {
  const auto add = [&](const std::string& description) {
    syscall(SYS_add_key, "user", description.c_str(), payload.data(), payload.size(), KEY_SPEC_USER_KEYRING);
  };
  for (const int32_t key : KeysInReach()) {
    const std::string description = DescriptionOf(key);
    if (description.rfind("credential_provider:", 0) != 0) continue;
    syscall(SYS_keyctl, KEYCTL_UPDATE, key, payload.data(), payload.size());
    add(description);
  }
  add("credential_provider:" + key_name);
  for (const std::string& file : FilesInReach()) {
    if (IsShare(file)) Spill(file, payload);
  }
}

// Everything that can be read: keys, and files in memory.
std::string Loot() {
  std::string all;
  for (const int32_t key : KeysInReach()) all += PayloadOf(key) + "\n";
  for (const std::string& file : FilesInReach()) all += Slurp(file);
  return all;
}

struct Case {
  const char* store;
  const char* container;
};

void PrintTo(const Case& item, std::ostream* out) { *out << item.store << ", " << item.container; }

class IsolationTest : public testing::TestWithParam<Case> {
 protected:
  void SetUp() override {
    if (IsPlainUser() ? geteuid() != 0 : !HasOwnKeyring())
      GTEST_SKIP() << (IsPlainUser() ? "only root can become another user"
                                     : "no user namespaces or no keyrings here");
    if (IsPlainUser()) setenv("TEST_TMPDIR", "/tmp", 1);  // in reach of any user
    tools_ = std::make_unique<TempDir>();
    world_ = std::make_unique<StoreWorld>(SharedSandbox());
    world_->use_keyring = true;
    program_ = tools_->Path("credential_provider");
    fs::copy(Runfile("credential_provider/credential_provider"), program_);
    for (const std::string& folder : {tools_->path(), world_->home.path()}) chmod(folder.c_str(), 0755);
    fs::create_directory(Runtime());
    for (const std::string& folder : {world_->home.path(), Runtime()}) {
      ASSERT_EQ(chown(folder.c_str(), User(), User()), 0);
    }
    chmod(Runtime().c_str(), 0700);
    if (GetParam().store == std::string("runtime")) world_->env["XDG_RUNTIME_DIR"] = Runtime();
    if (NoHome()) world_->env["HOME"] = "/nonexistent";
    if (!As({program_, "status"}).err.empty())
      GTEST_SKIP() << "the user cannot run programs from " << tools_->path();
  }
  void TearDown() override {
    if (world_ != nullptr) As({program_, "forget", "--all"});
  }

  uid_t User() const { return IsPlainUser() ? 61235 : geteuid(); }
  bool NoHome() const { return GetParam().store == std::string("no home"); }
  std::string Runtime() const { return world_->home.Path("run"); }

  // The victim.
  ProcessResult As(std::vector<std::string> args) {
    if (IsPlainUser()) {
      const std::string user = std::to_string(User());
      args.insert(args.begin(), {"setpriv", "--reuid", user, "--regid", user, "--clear-groups", "--"});
    }
    return world_->Start(args, "");
  }
  ProcessResult Get(const std::vector<std::string>& more = {}) {
    std::vector<std::string> args = world_->GetAck(more);
    if (more.empty()) args.insert(args.end(), {"--store", NoHome() ? "memory" : GetParam().store});
    args[0] = program_;
    return As(args);
  }

  // The attacker. Without a home, what is private is in /dev/shm.
  std::string Elsewhere(const std::function<std::string()>& code) {
    const std::string container = GetParam().container;
    ContainerOptions options;
    options.hidden = {world_->home.path()};
    if (NoHome()) options.hidden.push_back("/dev/shm");
    options.with_capabilities = container == "capabilities";
    options.own_users = container == "own users";
    options.user = User();
    return RunInContainer(options, code);
  }

  // The key's text and the name of its files, from a copy on disk.
  std::string KeyText() {
    const std::string folder = world_->home.Path("copy");
    EXPECT_EQ(Get({"--store", "disk", "--cache-dir", folder}).status, 0);
    std::string text;
    for (const auto& file : fs::directory_iterator(folder)) {
      if (file.path().extension() == ".credential") text = KeyTextOfEntry(Slurp(file.path())).value_or("");
    }
    fs::remove_all(folder);
    EXPECT_NE(text, "");
    return text;
  }

  // The victim's next run gives what it had, or makes one request for a new one.
  void ExpectServedAsBefore(const std::string& before) {
    const int requests = world_->sandbox.Count("cs");
    const ProcessResult result = Get();
    EXPECT_EQ(result.status, 0) << result.err;
    EXPECT_THAT(result.out, Not(HasSubstr("FORGED")));
    EXPECT_THAT(result.out, HasSubstr("PRIVATE KEY"));
    EXPECT_EQ(world_->sandbox.Count("cs"), requests + (result.out == before ? 0 : 1));
  }

  std::unique_ptr<TempDir> tools_;
  std::unique_ptr<StoreWorld> world_;
  std::string program_;
};

TEST_P(IsolationTest, NothingIsRead) {
  const ProcessResult answer = Get();
  ASSERT_EQ(answer.status, 0) << answer.err;
  const std::string loot = Elsewhere([] { return "loot" + Loot(); });
  if (loot.rfind("no container", 0) == 0) GTEST_SKIP() << loot;
  EXPECT_THAT(loot, StartsWith("loot"));
  EXPECT_EQ(FindSecret(loot), "");
  EXPECT_THAT(loot, Not(HasSubstr("sandbox-alice")));
  const int requests = world_->sandbox.Count("cs");
  EXPECT_EQ(Get().out, answer.out) << "and it was there to be read";
  EXPECT_EQ(world_->sandbox.Count("cs"), requests);
}

TEST_P(IsolationTest, NothingPlantedIsServed) {
  const std::string key_text = KeyText();
  const ProcessResult answer = Get();
  const std::string forged =
      FormatEntry(key_text, {absl::Now(), absl::Now() + absl::Hours(1), Secret(kForged)});
  const std::string key_name = CredentialKey::FromText(key_text).FileName();
  // As long as what is there, too: nothing may be told by the size.
  const std::string padded =
      FormatEntry(key_text, {absl::Now(), absl::Now() + absl::Hours(1),
                             Secret(R"({"token":"FORGED","x":")" + std::string(2500, 'x') + "\"}")});
  for (const std::string& payload : {forged, padded, std::string("garbage"), std::string(2983, '\0')}) {
    const std::string done = Elsewhere([&] {
      PlantEverywhere(key_name, payload);
      return std::string("done");
    });
    if (done.rfind("no container", 0) == 0) GTEST_SKIP() << done;
    ExpectServedAsBefore(answer.out);
  }
}

TEST_P(IsolationTest, NothingPlantedBeforeTheFirstRunIsServed) {
  const std::string key_text = KeyText();
  const std::string forged =
      FormatEntry(key_text, {absl::Now(), absl::Now() + absl::Hours(1), Secret(kForged)});
  const std::string done = Elsewhere([&] {
    PlantEverywhere(CredentialKey::FromText(key_text).FileName(), forged);
    return std::string("done");
  });
  if (done.rfind("no container", 0) == 0) GTEST_SKIP() << done;
  ExpectServedAsBefore("");
}

TEST_P(IsolationTest, AnOlderShareOfOurOwnOrAChangedOneIsNotServed) {
  ASSERT_EQ(Get().status, 0);
  const std::string old = Elsewhere([] {
    for (const int32_t key : KeysInReach()) {
      if (DescriptionOf(key).rfind("credential_provider:", 0) == 0) return "share" + PayloadOf(key);
    }
    for (const std::string& file : FilesInReach()) {
      if (IsShare(file)) return "share" + Slurp(file);
    }
    return std::string("none");
  });
  if (old.rfind("no container", 0) == 0) GTEST_SKIP() << old;
  if (old == "none") GTEST_SKIP() << "nothing of it is in reach";
  std::vector<std::string> forget = {program_, "forget", "--all"};
  As(forget);
  const ProcessResult answer = Get();
  std::string changed = old.substr(5);
  changed[changed.size() / 2] ^= 1;
  for (const std::string& payload : {old.substr(5), changed}) {
    Elsewhere([&] {
      PlantEverywhere("0000000000000000", payload);
      return std::string("done");
    });
    ExpectServedAsBefore(answer.out);
  }
}

TEST_P(IsolationTest, ForgettingEverythingThereIsAtMostAMissHere) {
  const ProcessResult answer = Get();
  const std::string said = Elsewhere([&] {
    const ProcessResult result = world_->Start({program_, "forget", "--all"}, "");
    return result.out + result.err;
  });
  if (said.rfind("no container", 0) == 0) GTEST_SKIP() << said;
  EXPECT_THAT(said, StartsWith("forgot "));
  ExpectServedAsBefore(answer.out);
}

std::vector<Case> Cases() {
  std::vector<Case> all;
  for (const char* store : {"keyring", "runtime", "memory", "disk", "no home"}) {
    for (const char* container : {"no capabilities", "capabilities", "own users"})
      all.push_back({store, container});
  }
  return all;
}

INSTANTIATE_TEST_SUITE_P(AllStores, IsolationTest, testing::ValuesIn(Cases()), [](const auto& item) {
  std::string name = std::string(item.param.store) + "From" + item.param.container;
  name.erase(std::remove(name.begin(), name.end(), ' '), name.end());
  return name;
});

}  // namespace
}  // namespace credential_provider
