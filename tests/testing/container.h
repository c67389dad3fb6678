// Runs code as another container of the same user would: in namespaces of its own, where folders of the first
// one are hidden, with a session keyring of its own. What the kernel ties to the user id alone is shared.
#ifndef CREDENTIAL_PROVIDER_TESTS_TESTING_CONTAINER_H_
#define CREDENTIAL_PROVIDER_TESTS_TESTING_CONTAINER_H_

#include <sys/types.h>

#include <functional>
#include <string>
#include <vector>

namespace credential_provider {

struct ContainerOptions {
  std::vector<std::string> hidden;  // folders that are empty inside
  bool with_capabilities = false;   // those of root there
  bool own_users = false;           // a user namespace too, in which this user is the only one
  uid_t user = 0;                   // who it runs as; needs root unless it is who runs the test
};

// Runs `code` there and returns what it returns; "no container: " and the reason where the kernel forbids
// one.
std::string RunInContainer(const ContainerOptions& options, const std::function<std::string()>& code);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_TESTS_TESTING_CONTAINER_H_
