#include "tests/new_issuer/toy_issuer.h"

#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "credential_provider/base/file.h"

namespace credential_provider {
namespace {

constexpr char kFile[] = "--toy-file";
constexpr size_t kLongest = 1000;

class ToyIssuer : public Issuer {
 public:
  explicit ToyIssuer(std::string file) : file_(std::move(file)) {}

  CredentialKey Key(const Identity&) const override {
    CredentialKey key;
    key.Add("issuer", "toy").Add("cluster", file_);
    return key;
  }

  absl::StatusOr<Credential> Issue(const Identity&, const NetworkContext& fetch) const override {
    absl::StatusOr<std::string> token = ReadFile(file_, kLongest);
    if (!token.ok()) return token.status();
    absl::StripAsciiWhitespace(&*token);
    return Credential{Secret(*std::move(token)), "", Secret(), fetch.clock.Now() + absl::Hours(1)};
  }

  std::vector<std::string> Flags() const override { return {kFile, file_}; }
  std::string Subject() const override { return absl::StrCat("file ", file_); }

 private:
  const std::string file_;
};

absl::StatusOr<std::shared_ptr<const Issuer>> Parse(const ParsedFlags& flags) {
  const std::string file(flags.Get(kFile));
  if (file.empty())
    return absl::InvalidArgumentError(absl::StrCat(kFile, ": needed: the file with the token"));
  return std::make_shared<ToyIssuer>(file);
}

std::vector<FlagSpec> Flags() { return {{kFile, "FILE", "the file with the token (needed)"}}; }

}  // namespace

const IssuerKind kToyIssuer = {
    "toy",
    "the token in a file",
    "Prints an ExecCredential with the token that a file holds.",
    &Flags,
    &Parse,
    nullptr,
};

}  // namespace credential_provider
