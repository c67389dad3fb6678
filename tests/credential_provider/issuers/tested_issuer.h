// Each issuer as one thing that a suite can put questions to: those of the table, and `get exec`.
#ifndef CREDENTIAL_PROVIDER_TESTS_CREDENTIAL_PROVIDER_ISSUERS_TESTED_ISSUER_H_
#define CREDENTIAL_PROVIDER_TESTS_CREDENTIAL_PROVIDER_ISSUERS_TESTED_ISSUER_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "credential_provider/cli/command_line.h"
#include "credential_provider/kubernetes/credential.h"
#include "credential_provider/store/credential_key.h"

namespace credential_provider {

inline constexpr char kOneCluster[] = "c00000000000000000000000000000001";
inline constexpr char kOtherCluster[] = "c00000000000000000000000000000002";

// Who asks for a credential of which cluster, and how.
struct Question {
  std::string identity = "sandbox-alice";  // its secret is `identity`-secret
  std::string cluster = kOneCluster;
  std::vector<std::string> flags = {};
};

inline std::string SecretOf(const Question& question) { return question.identity + "-secret"; }

// What comes back from whom an issuer asks: a service, or another plugin.
struct Answer {
  enum Kind { kGood, kExpired, kText } kind = kGood;
  int status = 200;       // HTTP's; a plugin fails with any but 200
  std::string text = "";  // of kText
};

class TestedIssuer {
 public:
  virtual ~TestedIssuer() = default;

  // The flags that it knows.
  virtual absl::Span<const FlagSpec> flags() const = 0;

  // Returns `question`'s flags as the issuer's own formatter writes them.
  virtual absl::StatusOr<std::vector<std::string>> FormatFlags(const Question& question) = 0;

  // The key of the store for what `question` asks for.
  virtual CredentialKey Key(const Question& question) = 0;

  // Issues what `question` asks for, where `answer` comes back.
  virtual absl::StatusOr<Credential> Issue(const Question& question, const Answer& answer) = 0;

  // False where an answer's end is passed on as it is, for the store and the client to judge.
  virtual bool judges_the_end() const = 0;

  // How often Issue has asked somebody.
  virtual int asked() const = 0;

  // The time at which it issues.
  virtual absl::Time now() const = 0;
};

// The names of all issuers: each row of the table, and "exec".
std::vector<std::string> AllIssuers();

std::unique_ptr<TestedIssuer> MakeTestedIssuer(const std::string& name);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_TESTS_CREDENTIAL_PROVIDER_ISSUERS_TESTED_ISSUER_H_
