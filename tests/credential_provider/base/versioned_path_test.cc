#include "credential_provider/base/versioned_path.h"

#include "gtest/gtest.h"

namespace credential_provider {
namespace {

TEST(VersionedPathTest, APathThatAnUpgradeTakesAwayNamesAVersion) {
  for (const char* path : {
           "/opt/homebrew/Cellar/credential_provider/0.1.0/bin/credential_provider",
           "/opt/homebrew/Cellar/credential_provider/0.1.0_1/bin/credential_provider",
           "/home/a/.krew/store/ack/v0.1.0/kubectl-ack",
           "/home/a/.krew/store/ack/v1.2.3-rc.1/kubectl-ack",
           "/nix/store/0c7lvzcdq0nn0kh9q9mnq9vdv5pm4nwr-credential_provider/bin/credential_provider",
           "/home/a/credential_provider-0.1.0-linux-amd64/bin/credential_provider",
           "/home/a/credential_provider_0.1.0/credential_provider",
           "/home/a/.local/share/mise/installs/credential_provider/0.2/bin/credential_provider",
           "/home/a/tools/ack@1.0/credential_provider",
       }) {
    EXPECT_TRUE(NamesVersion(path)) << path;
  }
}

TEST(VersionedPathTest, APathThatStaysNamesNone) {
  for (const char* path : {
           "credential_provider",
           "/usr/bin/credential_provider",
           "/usr/local/bin/credential_provider",
           "/home/a/.krew/bin/kubectl-ack",
           "/opt/homebrew/opt/credential_provider/bin/credential_provider",
           "/home/a/.nix-profile/bin/credential_provider",
           "/home/1.5k/bin/credential_provider",
           "/home/user-2/go1/v2/bin/credential_provider",
           "/srv/10/bin/credential_provider",
           "/nix/var/nix/profiles/default/bin/credential_provider",
       }) {
    EXPECT_FALSE(NamesVersion(path)) << path;
  }
}

}  // namespace
}  // namespace credential_provider
