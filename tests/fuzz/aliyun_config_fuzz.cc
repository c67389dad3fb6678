// ~/.aliyun/config.json: the profile "p" of whatever is there, and the one change that is made to it.
#include "credential_provider/sources/aliyun/config_file.h"
#include "credential_provider/sources/source_chain.h"
#include "nlohmann/json.hpp"
#include "tests/fuzz/input.h"
#include "tests/fuzz/require.h"
#include "tests/testing/temp_dir.h"

namespace credential_provider {
namespace {

struct World {
  TempDir dir;
  std::string path = dir.Path("config.json");
  std::string variable = "ALIBABA_CLOUD_CONFIG_FILE=" + path;
  const char* entries[2] = {variable.c_str(), nullptr};
};

void CheckIdentity(const World& world, const char* profile) {
  IdentityOptions options;
  options.identity = "aliyun-profile";
  options.profile = profile;
  const absl::StatusOr<FoundIdentity> found = FindIdentity(options, Environment(world.entries));
  if (!found.ok()) return RequireShowable(found.status());
  Require(!found->identity.who.empty(), "an identity says who it is");
  Require(IsPlainUtf8(found->identity.who), "which can be shown");
}

void CheckUpdate(const World& world, const std::string& before) {
  const absl::Status updated = UpdateAliyunProfile(world.path, "p", {{"oauth_access_token", "new"}});
  const std::string after = Slurp(world.path);
  if (!updated.ok()) {
    RequireShowable(updated);
    return Require(after == before, "a change that fails changes nothing");
  }
  auto expected = nlohmann::json::parse(before, nullptr, false);
  for (auto& profile : expected["profiles"]) {
    if (!profile.is_object() || !profile.contains("name") || profile["name"] != "p") continue;
    profile["oauth_access_token"] = "new";
    break;
  }
  const std::string meant = expected.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  Require(nlohmann::json::parse(after, nullptr, false) == nlohmann::json::parse(meant), "one field changes");
}

}  // namespace
}  // namespace credential_provider

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const credential_provider::World world;
  const std::string text(reinterpret_cast<const char*>(data), size);
  credential_provider::Spill(world.path, text);
  credential_provider::CheckIdentity(world, "p");
  credential_provider::CheckIdentity(world, "");
  credential_provider::CheckUpdate(world, text);
  return 0;
}
