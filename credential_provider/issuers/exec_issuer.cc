#include "credential_provider/issuers/exec_issuer.h"

#include <unistd.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "credential_provider/base/file.h"
#include "credential_provider/base/standard_streams.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/crypto/client_certificate.h"
#include "credential_provider/identity/program_fingerprint.h"
#include "credential_provider/kubernetes/exec_credential_parser.h"
#include "credential_provider/kubernetes/exec_info.h"
#include "credential_provider/process/child_environment.h"
#include "credential_provider/process/child_program.h"
#include "credential_provider/process/executable.h"
#include "credential_provider/text/json_text.h"
#include "credential_provider/text/jwt_claims.h"
#include "nlohmann/json.hpp"

namespace credential_provider {
namespace {

constexpr char kExecInfo[] = "KUBERNETES_EXEC_INFO";
constexpr char kIssuer[] = "exec";
constexpr size_t kMaxOutputBytes = 1 << 20;

std::string BaseName(absl::string_view path) { return std::string(path.substr(path.rfind('/') + 1)); }

// What KUBERNETES_EXEC_INFO says about the cluster; null when it says nothing.
nlohmann::json ClusterOf(const Environment& environment) {
  const absl::string_view info = environment.Get(kExecInfo);
  if (!absl::StrContains(info, "\"cluster\"")) return nullptr;
  const auto json = ParseJson(info);
  const auto cluster = nlohmann::json::json_pointer("/spec/cluster");
  return json.is_object() && json.contains(cluster) ? json.at(cluster) : nlohmann::json();
}

std::string ServerOf(const nlohmann::json& cluster) {
  const auto server = cluster.is_object() ? cluster.find("server") : cluster.end();
  return server != cluster.end() && server->is_string() ? server->get<std::string>() : "";
}

std::string Dump(const nlohmann::json& json) {
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string Joined(const std::vector<std::string>& args) {
  CredentialKey list;
  for (const std::string& arg : args) list.Add("", arg);
  return list.text();
}

// The environment of a plugin that has nobody to ask.
void TellUnattended(ChildEnvironment* environment) {
  const absl::string_view text = environment->environment().Get(kExecInfo);
  auto info = ParseJson<nlohmann::ordered_json>(text);
  if (!info.is_object() || !info.contains("spec") || !info["spec"].is_object()) return;
  info["spec"]["interactive"] = false;
  environment->Set(kExecInfo, info.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

absl::StatusOr<ChildResult> Run(const ExecOptions& options, const std::string& program, bool attended,
                                const Environment& environment) {
  ChildProgram child;
  child.argv = options.command;
  child.argv[0] = program;
  child.time_limit = options.time_limit;
  child.max_output_bytes = kMaxOutputBytes;
  child.shares_terminal =
      !StdoutIsStderr();  // else what it says beside its answer would be part of our answer
  ChildEnvironment variables(environment);
  if (!attended) TellUnattended(&variables);
  child.environment = variables.environment().entries();
  return RunChild(child);
}

// The end by the credential itself, when that is earlier than what the plugin says or all there is.
absl::StatusOr<absl::Time> EndOf(const Credential& credential) {
  const absl::Time end = std::min(credential.expires, ReadJwtClaims(credential.token.Reveal()).expires);
  if (credential.certificate_pem.empty()) return end;
  absl::StatusOr<CertificateDates> dates =
      CheckClientCertificate(credential.certificate_pem, credential.key_pem);
  if (!dates.ok()) return WithContext(dates.status(), "its output");
  return std::min(end, dates->not_after);
}

absl::StatusOr<Credential> Issue(const ExecOptions& options, const std::string& program, bool attended,
                                 const Environment& environment) {
  absl::StatusOr<ChildResult> result = Run(options, program, attended, environment);
  if (!result.ok()) return result.status();
  if (result->status != 0) {
    WriteAll(STDERR_FILENO, result->err.Reveal(), "stderr").IgnoreError();
    return WithHint(absl::UnauthenticatedError(absl::StrCat("exit status ", result->status)),
                    "what it printed is above; run it by hand to see more");
  }
  absl::StatusOr<absl::optional<ExecApiVersion>> asked = RequestedApiVersion(environment.Get(kExecInfo));
  if (!asked.ok()) return asked.status();
  absl::StatusOr<Credential> credential = ParseExecCredential(result->out.Reveal(), *asked);
  if (!credential.ok()) return credential.status();
  absl::StatusOr<absl::Time> end = EndOf(*credential);
  if (!end.ok()) return end.status();
  credential->expires = *end;
  return credential;
}

// What to do about a command that brought no credential, where nothing nearer to the cause has said it.
absl::string_view HintFor(absl::StatusCode code) {
  switch (code) {
    case absl::StatusCode::kDeadlineExceeded:
      return "run it by hand to see what it waits for, or give it more time with --timeout";
    case absl::StatusCode::kResourceExhausted:
      return "run it by hand: an ExecCredential is a few KB of JSON";
    default:
      return "run it by hand: it has to print one ExecCredential on stdout, and nothing else";
  }
}

}  // namespace

absl::StatusOr<std::string> FindCommand(const std::string& name, const Environment& environment) {
  std::string path = FindExecutable(name, environment.Get("PATH"));
  if (!path.empty()) return path;
  return WithContext(NotExecutable(name), absl::StrCat("command ", Printable(name)));
}

CredentialKey ExecCredentialKey(const ExecOptions& options, const std::string& program,
                                const Environment& environment) {
  const nlohmann::json cluster = ClusterOf(environment);
  CredentialKey key;
  key.Add("issuer", kIssuer)
      .Add("identity", BaseName(options.command.front()))
      .Add("cluster", ServerOf(cluster))
      .Add("command", Joined(options.command))
      .Add("program", program)
      .Add("file", FileIdentity(program))
      .Add("folder", WorkingFolderIfNamed(options.command))
      .Add("environment", FingerprintOfVariables(environment, options.key_env))
      .Add("cluster-info", Dump(cluster));
  return key;
}

bool IsKeyOfCommand(const CredentialKey& key, const ExecOptions& options) {
  return key.Part("issuer") == kIssuer && key.Part("command") == Joined(options.command);
}

absl::StatusOr<Credential> IssueExecCredential(const ExecOptions& options, const std::string& program,
                                               bool attended, const Environment& environment) {
  absl::StatusOr<Credential> credential = Issue(options, program, attended, environment);
  if (credential.ok()) return credential;
  return WithContext(WithHint(credential.status(), HintFor(credential.status().code())),
                     absl::StrCat("command ", Printable(BaseName(options.command.front()), 100)));
}

}  // namespace credential_provider
