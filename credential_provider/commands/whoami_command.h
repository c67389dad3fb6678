// `credential_provider whoami`: whose AccessKey is used, where it comes from, and why not from elsewhere.
#ifndef CREDENTIAL_PROVIDER_COMMANDS_WHOAMI_COMMAND_H_
#define CREDENTIAL_PROVIDER_COMMANDS_WHOAMI_COMMAND_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "credential_provider/alibaba_cloud/caller_identity.h"
#include "credential_provider/cli/command.h"
#include "credential_provider/commands/status_command.h"
#include "credential_provider/sources/source_chain.h"

namespace credential_provider {

extern const Command kWhoamiCommand;

// What is shown. No secret is in it: of a key only its id.
struct Whoami {
  CallerIdentity caller;
  std::string source;  // the source that won
  std::string who;     // what it found: "access-key sandbox-alice"
  std::vector<SkippedSource> skipped;
  std::string access_key_id;
  absl::Time expires;        // of the AccessKey; InfiniteFuture for one that does not end
  std::string sts_endpoint;  // who said so
  std::string region;        // set beside the key; "" for none
  FoundIn found_in = {};
  std::string asked_by_name = "";  // the source that --identity named; "" for the first that has one
  std::vector<StoredCredential> stored = {};  // what the store holds for this identity
};

// Gets the key of `found` and asks STS whose it is.
absl::StatusOr<Whoami> FindWhoami(const FoundIdentity& found, const NetworkContext& fetch);

// Returns a table for people, with times from `now`, or one JSON object for programs; both end with a
// newline.
std::string FormatWhoamiTable(const Whoami& whoami, absl::Time now);
nlohmann::ordered_json WhoamiJson(const Whoami& whoami);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_COMMANDS_WHOAMI_COMMAND_H_
