#include "kubeconfig_writer/commands/export_command.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "credential_provider/base/file.h"
#include "credential_provider/base/program_name.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/cli/listing.h"
#include "credential_provider/cli/report.h"
#include "credential_provider/issuers/ack_issuer.h"
#include "credential_provider/store/store_options.h"
#include "credential_provider/text/time_text.h"
#include "kubeconfig_writer/clusters/ack_session.h"
#include "kubeconfig_writer/clusters/cluster_address.h"
#include "kubeconfig_writer/commands/context_completion.h"
#include "kubeconfig_writer/commands/temporary_kubeconfig.h"
#include "kubeconfig_writer/contexts/context_or_flags.h"
#include "kubeconfig_writer/file/kubeconfig_path.h"

namespace kubeconfig_writer {
namespace {

using namespace credential_provider;  // NOLINT: this file joins the two

constexpr char kFile[] = "-o";
constexpr char kForce[] = "--force";
constexpr char kStdout[] = "-";
constexpr mode_t kFileMode = S_IRUSR | S_IWUSR;
constexpr mode_t kOthersMayWrite = S_IWGRP | S_IWOTH;

constexpr FlagSpec kOwnFlags[] = {
    {kFile, "FILE", "where to; - for stdout even if that is a terminal (default: stdout if it is none)",
     nullptr, Preset::kNever},
    {kForce, nullptr, "replace the file if it is there"},
    kKubeconfigFlag,
};

// Where the kubeconfig goes.
struct Destination {
  std::string path;  // "-" for stdout
  bool replace = false;
};

std::vector<FlagSpec> ExportFlags(const Command&) {
  std::vector<FlagSpec> flags = AckFlags();
  flags.front() = kClusterInsteadFlag;
  flags.insert(flags.end(), std::begin(kOwnFlags), std::end(kOwnFlags));
  const std::vector<FlagSpec> caller = CallerFlags();
  flags.insert(flags.end(), caller.begin(), caller.end());
  flags.insert(flags.end(), StoreFlags().begin(), StoreFlags().end());
  return flags;
}

// Returns true for a link like /dev/stdout, which leads to a stream of this process, be that a file or none.
bool LeadsToStream(const std::string& path) {
  struct stat link, of_path, of_stream;
  if (lstat(path.c_str(), &link) != 0 || !S_ISLNK(link.st_mode) || stat(path.c_str(), &of_path) != 0)
    return false;
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (fstat(stream, &of_stream) == 0 && of_stream.st_dev == of_path.st_dev &&
        of_stream.st_ino == of_path.st_ino)
      return true;
  }
  return false;
}

absl::Status CheckFile(const Destination& destination) {
  const std::string& path = destination.path;
  if (IsSpecialFile(path) || LeadsToStream(path)) {
    return WithHint(absl::FailedPreconditionError(absl::StrCat(path, ": not a regular file")),
                    "choose another name; -o - is stdout");
  }
  const std::string folder = DirectoryOf(path);
  struct stat info;
  if (access(folder.c_str(), W_OK) != 0)
    return WithHint(ErrnoError(errno, folder), "make the folder, or choose another one");
  if (lstat(path.c_str(), &info) != 0) return errno == ENOENT ? absl::OkStatus() : ErrnoError(errno, path);
  if (S_ISDIR(info.st_mode))
    return WithHint(absl::FailedPreconditionError(absl::StrCat(path, ": not a file")), "choose another name");
  if (destination.replace) return absl::OkStatus();
  return WithHint(absl::AlreadyExistsError(absl::StrCat(path, ": is there already")),
                  "choose another name, or give --force to replace it");
}

// Others who can write there could put another kubeconfig in its place: one that leads kubectl to them.
void WarnOfFolder(const std::string& path) {
  const std::string folder = DirectoryOf(path);
  struct stat info;
  if (stat(folder.c_str(), &info) != 0) return;
  const bool is_open = (info.st_mode & kOthersMayWrite) != 0 && (info.st_mode & S_ISVTX) == 0;
  const bool is_of_others = info.st_uid != geteuid() && info.st_uid != 0;
  if (!is_open && !is_of_others) return;
  PrintWarning(kWriterProgramName,
               WithHint(absl::PermissionDeniedError(
                            absl::StrCat(folder, ": others can write in this folder and replace the file")),
                        "choose a folder that is yours alone"));
}

// Returns where the kubeconfig is to go, before anything is asked for.
absl::StatusOr<Destination> ParseDestination(const ParsedFlags& flags) {
  if (!flags.Has(kFile) && isatty(STDOUT_FILENO) != 0) {
    return WithHint(
        absl::FailedPreconditionError("stdout is a terminal, and the kubeconfig holds a private key"),
        "name a file with -o FILE, or give -o - to show it");
  }
  Destination destination = {std::string(flags.Get(kFile, kStdout)), flags.Has(kForce)};
  absl::Status can_be = destination.path == kStdout ? absl::OkStatus() : CheckFile(destination);
  if (!can_be.ok()) return can_be;
  return destination;
}

// What is asked for, and who is to get it.
struct Order {
  AckOptions ack;
  Caller caller;
  StoreOptions store;  // where sessions of roles are kept
};

absl::StatusOr<Order> ParseOrder(const ParsedFlags& flags) {
  absl::StatusOr<AckOptions> ack = ParseAckOptions(flags);
  if (!ack.ok()) return ack.status();
  absl::StatusOr<Caller> caller = ParseCaller(flags);
  if (!caller.ok()) return caller.status();
  absl::StatusOr<StoreOptions> store = ParseStoreOptions(flags);
  if (!store.ok()) return store.status();
  return Order{*std::move(ack), *std::move(caller), *std::move(store)};
}

absl::StatusOr<TemporaryKubeconfig> Mint(const Order& order, StoredSession stored,
                                         const Environment& environment) {
  const AckOptions& ack = order.ack;
  absl::StatusOr<std::unique_ptr<AckSession>> service =
      AckSession::SignIn(order.caller, environment, order.store, stored);
  if (!service.ok()) return service.status();
  absl::StatusOr<UserKubeconfig> cluster = FetchClusterAddress(ack, **service);
  const bool was_stored = stored == StoredSession::kTaken && !(*service)->key().security_token.empty();
  if (absl::IsUnauthenticated(cluster.status()) && was_stored)
    return Mint(order, StoredSession::kReplaced, environment);
  if (!cluster.ok()) return cluster.status();
  TemporaryKubeconfig kubeconfig;
  kubeconfig.cluster_id = ack.cluster_id;
  kubeconfig.server = cluster->server;
  kubeconfig.certificate_authority_data = cluster->certificate_authority_data;
  absl::StatusOr<Credential> credential = CheckedCredential(*std::move(cluster), (*service)->clock());
  if (!credential.ok()) return WithContext(credential.status(), absl::StrCat("cluster ", ack.cluster_id));
  kubeconfig.credential = *std::move(credential);
  return kubeconfig;
}

// Returns what belongs on stdout.
absl::StatusOr<Output> Deliver(const Secret& text, const Destination& destination) {
  const std::string& path = destination.path;
  if (path == kStdout) return Output{text.Reveal()};
  WarnOfFolder(path);
  absl::Status written = destination.replace ? ReplaceFile(path, text.Reveal(), kFileMode)
                                             : CreateFile(path, text.Reveal(), kFileMode);
  if (!written.ok()) return written;
  return Output{LineFor(STDOUT_FILENO, absl::StrCat("wrote ", Printable(path)))};
}

absl::StatusOr<Output> RunExport(const Command& command, const ParsedFlags& flags,
                                 const Environment& environment) {
  absl::StatusOr<ContextOrFlags> of = FindContextOrFlags(command, flags, environment);
  if (!of.ok()) return of.status();
  absl::StatusOr<Order> order = ParseOrder(of->flags);
  if (!order.ok()) return UsageError(order.status());
  absl::StatusOr<Destination> destination = ParseDestination(flags);
  if (!destination.ok()) return destination.status();
  absl::StatusOr<TemporaryKubeconfig> kubeconfig = Mint(*order, StoredSession::kTaken, of->environment);
  if (!kubeconfig.ok()) return kubeconfig.status();
  absl::StatusOr<Output> output = Deliver(FormatTemporaryKubeconfig(*kubeconfig), *destination);
  if (!output.ok()) return output;
  const std::string end = FormatInstant(kubeconfig->credential.expires);
  Say(absl::StrCat("the kubeconfig works until ", end));
  return output;
}

}  // namespace

const Command kExportCommand = {
    "export",
    "[CONTEXT]",
    "a temporary kubeconfig for a colleague or a job",
    R"(Makes a temporary kubeconfig for one ACK cluster that works without this program: it holds a certificate and its
private key, and expires after --duration. Whoever has it has the access of the caller until then. A file is made with mode
0600; one that is there is not touched without --force. A role's session that `get` has stored is used, and one that is new
is stored for it.
Without CONTEXT it is for the current one. A context says which cluster and who asks; other flags count instead of its own,
such as --duration. With --cluster-id no context is needed.)",
    &ExportFlags,
    &RunExport,
    &StanzaContextNames,
};

}  // namespace kubeconfig_writer
