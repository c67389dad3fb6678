// The table itself. What each issuer in it must keep is issuer_suite_test's.
#include "credential_provider/issuers/registry.h"

#include <set>
#include <string>

#include "absl/strings/ascii.h"
#include "gtest/gtest.h"

namespace credential_provider {
namespace {

TEST(RegistryTest, EachKindIsFoundByItsNameAlone) {
  for (const IssuerKind* const kind : IssuerKinds()) {
    EXPECT_EQ(FindIssuerKind(kind->name), kind);
    EXPECT_EQ(FindIssuerKind(std::string(kind->name) + "x"), nullptr);
  }
  EXPECT_EQ(FindIssuerKind(""), nullptr);
}

TEST(RegistryTest, EachKindHasANameOfItsOwnAndALineOfHelp) {
  std::set<std::string> names = {"exec"};
  for (const IssuerKind* const kind : IssuerKinds()) {
    EXPECT_TRUE(names.insert(kind->name).second) << kind->name;
    const std::string summary = kind->summary;
    EXPECT_FALSE(summary.empty() || summary.back() == '.' || absl::ascii_isupper(summary.front()));
    EXPECT_EQ(summary.find('\n'), std::string::npos);
  }
}

}  // namespace
}  // namespace credential_provider
