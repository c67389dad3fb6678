// What a stored credential depends on, for each kind of them.
#include "credential_provider/issuers/registry.h"

#include <set>
#include <string>

#include "gtest/gtest.h"

namespace credential_provider {
namespace {

struct Question {
  AckOptions options;
  Identity identity;
};

// Each option and what else a key may hold, changed alone.
struct Change {
  const char* name;
  void (*apply)(Question& question);
};

constexpr Change kChanges[] = {
    {"identity", [](Question& q) { q.identity.who = "access-key sandbox-bob"; }},
    {"--cluster-id", [](Question& q) { q.options.cluster_id = "c2"; }},
    {"--region", [](Question& q) { q.options.region = "cn-beijing"; }},
    {"--cs-endpoint", [](Question& q) { q.options.cs_endpoint = "https://other.example.com"; }},
    {"--endpoint-type", [](Question& q) { q.options.private_endpoint = true; }},
    {"--duration", [](Question& q) { q.options.duration = absl::Minutes(15); }},
};

// A token is signed here, for a cluster: where that is, and how long a certificate would live, changes
// nothing.
const std::set<std::string> kAllOfATokens = {"identity", "--cluster-id"};

Question Asked() {
  Question question;
  question.options.cluster_id = "c1";
  question.identity.who = "access-key sandbox-alice";
  return question;
}

TEST(RegistryTest, EveryKeyHoldsEveryOptionThatItsCredentialDependsOn) {
  for (const IssuerKind* const kind : IssuerKinds()) {
    const Question usual = Asked();
    const CredentialKey key = kind->for_ack_cluster(usual.options)->Key(usual.identity);
    EXPECT_EQ(key.text(), kind->for_ack_cluster(usual.options)->Key(usual.identity).text());
    for (const Change& change : kChanges) {
      Question changed = Asked();
      change.apply(changed);
      const bool depends = std::string(kind->name) != "ack-token" || kAllOfATokens.count(change.name) > 0;
      EXPECT_EQ(kind->for_ack_cluster(changed.options)->Key(changed.identity).text() != key.text(), depends)
          << kind->name << ", " << change.name;
    }
  }
}

// A new flag needs a row above.
TEST(RegistryTest, EveryFlagIsOneOfTheChanges) {
  std::set<std::string> flags;
  for (const FlagSpec& flag : AckFlags()) flags.insert(flag.name);
  std::set<std::string> changes;
  for (const Change& change : kChanges) changes.insert(change.name);
  changes.erase("identity");
  EXPECT_EQ(changes, flags);
}

TEST(RegistryTest, NoTwoKindsShareAKey) {
  std::set<std::string> keys;
  for (const IssuerKind* const kind : IssuerKinds())
    keys.insert(kind->for_ack_cluster(Asked().options)->Key(Asked().identity).text());
  EXPECT_EQ(keys.size(), IssuerKinds().size());
}

}  // namespace
}  // namespace credential_provider
