#include "tests/credential_provider/issuers/tested_issuer.h"

#include <filesystem>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "credential_provider/issuers/exec_issuer.h"
#include "credential_provider/issuers/registry.h"
#include "tests/sandbox/cloud/cloud_service.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/temp_dir.h"

namespace credential_provider {
namespace {

// Alibaba Cloud, as the sandbox plays it, in this process. Never destroyed: its keys are made once.
sandbox::World& SharedWorld() {
  static sandbox::World& world = *new sandbox::World;
  world.Reset();
  world.addresses.api_server_public = "https://192.0.2.10:6443";
  world.settings.key_type = "ec";
  return world;
}

// Hands requests to the sandbox without a socket, unless there is another answer.
class SandboxTransport : public HttpTransport {
 public:
  SandboxTransport(sandbox::World& world, const Answer& answer) : cloud_(world), answer_(answer) {}

  absl::StatusOr<HttpResponse> Send(const HttpRequest& request) override {
    ++requests;
    if (answer_.kind == Answer::kText) return HttpResponse{answer_.status, {}, answer_.text};
    const sandbox::HttpReply reply = cloud_.Handle(AsReceived(request));
    return HttpResponse{answer_.status == 200 ? reply.status : answer_.status,
                        {reply.headers.begin(), reply.headers.end()},
                        reply.body};
  }

  int requests = 0;

 private:
  static sandbox::HttpRequest AsReceived(const HttpRequest& request) {
    sandbox::HttpRequest received;
    received.listener = "cloud";
    received.method = request.method;
    const size_t path = request.url.find('/', request.url.find("://") + 3);
    const size_t query = request.url.find('?', path);
    received.path = request.url.substr(path, query - path);
    if (query != std::string::npos) received.raw_query = request.url.substr(query + 1);
    received.headers = {request.headers.begin(), request.headers.end()};
    received.body = request.body;
    return received;
  }

  sandbox::CloudService cloud_;
  const Answer answer_;
};

// A row of the table.
class TableIssuer : public TestedIssuer {
 public:
  explicit TableIssuer(const IssuerKind& kind) : kind_(kind), flags_(kind.flags()) {
    clock_.now = absl::Now();
  }

  absl::Span<const FlagSpec> flags() const override { return flags_; }

  absl::StatusOr<std::vector<std::string>> FormatFlags(const Question& question) override {
    absl::StatusOr<std::shared_ptr<const Issuer>> issuer = IssuerOf(question);
    if (!issuer.ok()) return issuer.status();
    return (*issuer)->Flags();
  }

  CredentialKey Key(const Question& question) override {
    return (*IssuerOf(question))->Key(IdentityOf(question));
  }

  absl::StatusOr<Credential> Issue(const Question& question, const Answer& answer) override {
    sandbox::World& world = SharedWorld();
    if (answer.kind == Answer::kExpired) world.settings.lifetime = -absl::Hours(1);
    SandboxTransport transport(world, answer);
    absl::StatusOr<Credential> issued =
        (*IssuerOf(question))
            ->Issue(IdentityOf(question), {transport, clock_, Environment(kNoVariables), absl::Seconds(15)});
    asked_ += transport.requests;
    return issued;
  }

  bool judges_the_end() const override { return true; }
  int asked() const override { return asked_; }
  absl::Time now() const override { return clock_.now; }

 private:
  absl::StatusOr<std::shared_ptr<const Issuer>> IssuerOf(const Question& question) const {
    std::vector<std::string> args = {kClusterIdFlag.name, question.cluster};
    args.insert(args.end(), question.flags.begin(), question.flags.end());
    absl::StatusOr<ParsedFlags> flags = ParseFlags(flags_, args);
    if (!flags.ok()) return flags.status();
    return kind_.parse(*flags);
  }

  static Identity IdentityOf(const Question& question) {
    Identity identity;
    identity.source = "environment";
    identity.who = absl::StrCat("access-key ", question.identity);
    identity.access_key = [question](const NetworkContext&) {
      return MakeAccessKey({"id", question.identity}, {"secret", SecretOf(question)});
    };
    return identity;
  }

  static constexpr const char* kNoVariables[] = {nullptr};

  const IssuerKind& kind_;
  const std::vector<FlagSpec> flags_;
  FakeClock clock_;
  int asked_ = 0;
};

// Prints the answer, counts itself, and fails with the status of the answer.
constexpr char kPlugin[] = R"(#!/bin/sh
echo >>"$HOME/asked"
cat "$HOME/answer"
exit $(cat "$HOME/status")
)";

constexpr char kExecCredential[] =
    R"({"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential",)"
    R"("status":{"token":"of-the-plugin","expirationTimestamp":"EXPIRES"}})";

// `get exec` with a plugin that says what it is told to.
class ExecIssuer : public TestedIssuer {
 public:
  ExecIssuer() {
    Spill(plugin_, kPlugin);
    std::filesystem::permissions(plugin_, std::filesystem::perms::owner_all);
  }

  absl::Span<const FlagSpec> flags() const override { return ExecFlags(); }

  absl::StatusOr<std::vector<std::string>> FormatFlags(const Question& question) override {
    absl::StatusOr<ExecOptions> options = Options(question);
    if (!options.ok()) return options.status();
    return FormatExecFlags(*options);
  }

  CredentialKey Key(const Question& question) override {
    SetVariables(question);
    return ExecCredentialKey(*Options(question), plugin_, Environment(variables_.data()));
  }

  absl::StatusOr<Credential> Issue(const Question& question, const Answer& answer) override {
    SetVariables(question);
    Spill(dir_.Path("answer"), TextOf(answer));
    Spill(dir_.Path("status"), answer.status == 200 ? "0" : "1");
    return IssueExecCredential(*Options(question), plugin_, /*attended=*/false,
                               Environment(variables_.data()));
  }

  bool judges_the_end() const override { return false; }
  int asked() const override { return static_cast<int>(Slurp(dir_.Path("asked")).size()); }
  absl::Time now() const override { return now_; }

 private:
  absl::StatusOr<ExecOptions> Options(const Question& question) const {
    absl::StatusOr<ParsedFlags> flags = ParseFlags(ExecFlags(), question.flags);
    if (!flags.ok()) return flags.status();
    return ParseExecOptions(*flags, {plugin_});
  }

  std::string TextOf(const Answer& answer) const {
    if (answer.kind == Answer::kText) return answer.text;
    const absl::Time end = answer.kind == Answer::kGood ? now_ + absl::Hours(1) : now_ - absl::Hours(1);
    return absl::StrReplaceAll(kExecCredential, {{"EXPIRES", absl::FormatTime(end, absl::UTCTimeZone())}});
  }

  // Who asks, and for which cluster, is in the environment.
  void SetVariables(const Question& question) {
    texts_ = {
        absl::StrCat("HOME=", dir_.path()),
        "PATH=/usr/bin:/bin",
        "TERM=dumb",
        absl::StrCat("PLUGIN_IDENTITY=", question.identity),
        absl::StrCat("PLUGIN_SECRET=", SecretOf(question)),
        absl::StrCat(R"(KUBERNETES_EXEC_INFO={"apiVersion":"client.authentication.k8s.io/v1",)"
                     R"("kind":"ExecCredential","spec":{"interactive":false,"cluster":{"server":"https://)",
                     question.cluster, R"(.example.com"}}})")};
    variables_.clear();
    for (const std::string& text : texts_) variables_.push_back(text.c_str());
    variables_.push_back(nullptr);
  }

  TempDir dir_;
  const std::string plugin_ = dir_.Path("plugin");
  const absl::Time now_ = absl::Now();
  std::vector<std::string> texts_;
  std::vector<const char*> variables_;
};

}  // namespace

std::vector<std::string> AllIssuers() {
  std::vector<std::string> names = {"exec"};
  for (const IssuerKind* const kind : IssuerKinds()) names.emplace_back(kind->name);
  return names;
}

std::unique_ptr<TestedIssuer> MakeTestedIssuer(const std::string& name) {
  if (name == "exec") return std::make_unique<ExecIssuer>();
  return std::make_unique<TableIssuer>(*FindIssuerKind(name));
}

}  // namespace credential_provider
