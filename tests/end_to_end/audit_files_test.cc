// `kubeconfig_writer audit` on the files that a kubeconfig names.
#include <sys/stat.h>
#include <unistd.h>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/end_to_end/world.h"

namespace credential_provider {
namespace {

using testing::HasSubstr;
using testing::Not;

class AuditFilesTest : public testing::Test {
 protected:
  std::string Make(const std::string& name, const std::string& text, mode_t mode) {
    std::filesystem::create_directories(std::filesystem::path(world_.home.Path(name)).parent_path());
    Spill(world_.home.Path(name), text);
    chmod(world_.home.Path(name).c_str(), mode);
    return world_.home.Path(name);
  }
  std::string Audit(const std::string& user) {
    const std::string file = Make(".kube/config", "users:\n- name: u\n  user: " + user + "\n", 0600);
    return world_.Run({"kubeconfig_writer", "audit", file}).out;
  }

  World world_{SharedSandbox()};
};

TEST_F(AuditFilesTest, ATokenFileThatOthersCanReadIsAFinding) {
  const std::string token = Make("token", "fake-token", 0644);
  EXPECT_THAT(Audit("{tokenFile: " + token + "}"), HasSubstr("mode 0644"));
  chmod(token.c_str(), 0600);
  EXPECT_THAT(Audit("{tokenFile: " + token + "}"), Not(HasSubstr("mode 0")));
}

TEST_F(AuditFilesTest, APluginThatBelongsToAnotherUserIsAFinding) {
  const std::string plugin = Make("bin/plugin", "#!/bin/sh\n", 0755);
  const std::string user =
      "{exec: {apiVersion: client.authentication.k8s.io/v1beta1, command: " + plugin + "}}";
  EXPECT_THAT(Audit(user), Not(HasSubstr("belongs to another user")));
  if (chown(plugin.c_str(), 65534, 65534) != 0) GTEST_SKIP() << "only root can give a file away";
  EXPECT_THAT(Audit(user), HasSubstr("belongs to another user"));
}

}  // namespace
}  // namespace credential_provider
