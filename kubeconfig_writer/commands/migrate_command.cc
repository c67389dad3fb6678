#include "kubeconfig_writer/commands/migrate_command.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "credential_provider/base/file.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/base/waiting.h"
#include "credential_provider/cli/listing.h"
#include "credential_provider/cli/report.h"
#include "credential_provider/http/curl_transport.h"
#include "credential_provider/invocation/invocation.h"
#include "credential_provider/issuers/ack_issuer.h"
#include "credential_provider/text/shell_words.h"
#include "credential_provider/text/time_text.h"
#include "kubeconfig_writer/commands/revoke_command.h"
#include "kubeconfig_writer/entries/provider_stanza.h"
#include "kubeconfig_writer/file/backup.h"
#include "kubeconfig_writer/file/edit_choice.h"
#include "kubeconfig_writer/file/kubeconfig_path.h"
#include "kubeconfig_writer/file/undo.h"
#include "kubeconfig_writer/migration/ack_ram_tool_user.h"
#include "kubeconfig_writer/migration/migration.h"
#include "kubeconfig_writer/migration/static_ack_user.h"
#include "kubeconfig_writer/schema/relative_path.h"
#include "kubeconfig_writer/schema/text_field.h"
#include "kubeconfig_writer/schema/user_fields.h"

namespace kubeconfig_writer {
namespace {

using namespace credential_provider;  // NOLINT: this file joins the two

constexpr char kAll[] = "--all";
constexpr char kAllowOtherUser[] = "--allow-other-user";
constexpr char kBackup[] = "--backup";
constexpr char kProgram[] = "kubeconfig_writer";

constexpr FlagSpec kOwnFlags[] = {
    kKubeconfigFlag,
    {kAll, nullptr, "every user with a certificate that an ACK cluster issued, or with ack-ram-tool"},
    {kAllowOtherUser, nullptr, "also when the cluster then knows the caller as another user"},
    {kBackup, "FILE", "keep the old kubeconfig, with its key, in this new file (default: no backup)", nullptr,
     Preset::kNever},
    {"--command", "PATH", "what kubectl is to run: a path of credential_provider, or its name"},
    kDryRunFlag,
};

std::vector<FlagSpec> MigrateFlags(const Command&) {
  std::vector<FlagSpec> flags = GetFlags(kAckIssuer);
  // It is not needed here: the certificate has it.
  flags.front() = {kClusterIdFlag.name, kClusterIdFlag.value,
                   "the cluster, when the certificate's issuer does not tell", nullptr, Preset::kNever};
  flags.insert(flags.end(), std::begin(kOwnFlags), std::end(kOwnFlags));
  return flags;
}

void Print(absl::string_view text) { WriteAll(STDOUT_FILENO, text, "stdout").IgnoreError(); }
void Tell(absl::string_view line) { Print(LineFor(STDOUT_FILENO, line)); }

// Copies `file` to `backup`, which must not be there yet and which only this user can read.
absl::Status CopyOldFile(const std::string& file, const std::string& backup) {
  absl::StatusOr<std::string> text = ReadFile(file, kMaxYamlBytes);
  if (!text.ok()) return text.status();
  FileDescriptor fd(
      open(backup.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR));
  if (!fd.ok()) return WithHint(ErrnoError(errno, backup), "name a file that is not there yet with --backup");
  absl::Status written = WriteAll(fd.get(), *text, backup);
  if (written.ok() && fsync(fd.get()) != 0) written = ErrnoError(errno, backup);
  if (!written.ok()) unlink(backup.c_str());
  return written;
}

// The key ends only by who it belongs to. Who has migrated may be somebody else.
void SayHowToRevoke(const Migration& done, const std::string& fresh_user) {
  const std::string& owner = done.facts.user_name;
  const bool is_owner = IsSameAckUser(owner, fresh_user);
  const std::string line = RevokeLine(ArgsIn(done.new_user.at("exec")), owner,
                                      is_owner ? Revoker::kStanza : Revoker::kSomebodyElse);
  Tell(absl::StrCat("the old key is good until ", FormatInstant(done.facts.ends),
                    " wherever it was copied to, unless ", is_owner ? "you run" : Printable(owner),
                    is_owner ? "" : ", whose it is, runs", " `", line, "`"));
}

// What the user has to know afterwards: where the key still is, and how to make it worthless.
void SayAfterwards(const Migration& done, const std::string& fresh_user, const std::string& backup) {
  Tell(absl::StrCat(
      "migrated user ", Printable(done.old_user.name), " in ", Printable(done.old_user.file),
      ": it runs credential_provider now; contexts: ", Printable(absl::StrJoin(done.contexts, ", "))));
  if (!done.has_key) {
    if (!backup.empty()) Tell(absl::StrCat("the old file is in ", Printable(backup)));
    return Tell("ack-ram-tool keeps its certificates in ~/.kube/cache/ack-ram-tool");
  }
  if (backup.empty()) Tell("no backup was kept");
  if (!backup.empty()) {
    Tell(absl::StrCat("the old file is in ", Printable(backup),
                      ", the key included: delete it when all is well"));
  }
  for (const char* const field : {"client-certificate", "client-key"}) {
    const std::string path = TextAt(done.old_user.content, field);
    if (!path.empty()) Tell(absl::StrCat("left alone: ", Printable(ResolvePath(path, done.old_user.file))));
  }
  SayHowToRevoke(done, fresh_user);
}

void WarnUnlessGone(const std::vector<Migration>& all) {
  for (const Migration& one : all) {
    const absl::Status gone = CheckKeyIsGone(one, all);
    if (!gone.ok()) PrintWarning(kProgram, gone);
  }
}

// Migrates users one after the other. Only one file can be kept in the one backup.
class Migrator {
 public:
  Migrator(const ParsedFlags& flags, const Environment& environment, absl::Duration time_limit)
      : flags_(flags),
        environment_(environment),
        time_limit_(time_limit),
        backup_(flags.Get(kBackup)),
        dry_run_(flags.Has(kDryRunFlag.name)) {}

  absl::Status MigrateOne(const MergedKubeconfig& kubeconfig, const std::string& context);
  absl::Status MigrateAll(const MergedKubeconfig& kubeconfig);

  const std::vector<Migration>& done() const { return done_; }

 private:
  absl::Status Migrate(const Migration& planned);
  absl::Status Write(const Migration& planned, const std::string& fresh_user);
  absl::Status Keep(const std::string& file);
  void Unkeep();
  absl::Status ForgetKeptKeys(const std::string& file);

  const ParsedFlags& flags_;
  const Environment& environment_;
  const absl::Duration time_limit_;
  const std::string backup_;
  const bool dry_run_;  // signs in, and then prints the diff alone
  std::string kept_;    // the file that the backup is of
  std::vector<Migration> done_;
};

absl::Status Migrator::Keep(const std::string& file) {
  if (backup_.empty() || kept_ == file) return absl::OkStatus();
  if (!kept_.empty()) {
    return WithHint(
        absl::FailedPreconditionError(absl::StrCat(file, ": the backup is of ", kept_, " already")),
        "migrate one file at a time, with --kubeconfig");
  }
  absl::Status kept = CopyOldFile(file, backup_);
  if (kept.ok()) kept_ = file;
  return kept;
}

// A backup of what was not changed would be one more place for the key, and in the way of the next try.
void Migrator::Unkeep() {
  if (!kept_.empty()) unlink(backup_.c_str());
  kept_.clear();
}

// What `undo` has of the file from earlier holds the key, and fits the file no longer.
absl::Status Migrator::ForgetKeptKeys(const std::string& file) {
  const std::string folder = UsualBackupFolder(environment_);
  if (folder.empty() || absl::IsNotFound(LastEdit(file, folder).status())) return absl::OkStatus();
  absl::Status forgotten = ForgetEdits(file, folder);
  if (forgotten.ok())
    Tell(absl::StrCat("removed what was kept of ", Printable(file), " for undo: it held the key"));
  return forgotten;
}

absl::Status Migrator::Migrate(const Migration& planned) {
  const auto say = [this](absl::string_view step, absl::string_view found) {
    if (!dry_run_) PrintStep(step, found);
  };
  say("context",
      absl::StrCat(
          Printable(absl::StrJoin(planned.contexts, ", ")), ": cluster ", planned.facts.cluster_id,
          planned.has_key ? ", a key until " + FormatInstant(planned.facts.ends) : ", by ack-ram-tool"));
  CurlTransport transport("", &SayWaitingFor);
  const absl::StatusOr<std::string> fresh_user =
      ProveMigration(planned, {environment_, transport, time_limit_}, flags_.Has(kAllowOtherUser), say);
  if (!fresh_user.ok()) return WithContext(fresh_user.status(), "not migrated");
  if (!dry_run_) return Write(planned, *fresh_user);
  absl::StatusOr<std::string> diff = WriteMigration(planned, /*dry_run=*/true, nullptr);
  if (!diff.ok()) return diff.status();
  Print(*diff);
  done_.push_back(planned);
  return absl::OkStatus();
}

// The key is forgotten as soon as it has left the file: the file is watched for a while after that, and this
// program may be ended meanwhile.
absl::Status Migrator::Write(const Migration& planned, const std::string& fresh_user) {
  const std::string& file = planned.old_user.file;
  const bool kept_before = !kept_.empty();
  absl::Status done = Keep(file);
  if (!done.ok()) return done;
  bool written = false;
  absl::Status forgotten;
  const auto forget = [&] {
    written = true;
    if (planned.has_key) forgotten.Update(ForgetKeptKeys(file));
  };
  done = WriteMigration(planned, /*dry_run=*/false, forget).status();
  if (!done.ok() && !written && !kept_before) Unkeep();
  if (!done.ok()) return done;
  if (!written) forget();
  done_.push_back(planned);
  SayAfterwards(planned, fresh_user, backup_);
  return forgotten;
}

absl::Status Migrator::MigrateOne(const MergedKubeconfig& kubeconfig, const std::string& context) {
  absl::StatusOr<ContextView> view = FindContext(kubeconfig, context);
  if (!view.ok()) return view.status();
  if (RunsProvider(view->user.content) && !HasStaticCredential(view->user.content)) {
    Tell(absl::StrCat("nothing to do: user ", Printable(view->user.name),
                      " runs credential_provider already"));
    return absl::OkStatus();
  }
  absl::StatusOr<Migration> planned = PlanMigration(kubeconfig, context, flags_, environment_);
  if (!planned.ok()) return planned.status();
  return Migrate(*planned);
}

// Returns true when nothing says that an ACK cluster issued a certificate to `user`, or that it runs
// ack-ram-tool. A certificate that cannot be read says neither yes nor no.
bool IsNoneOfAck(const MergedKubeconfig& kubeconfig, const std::string& user, const std::string& context) {
  const absl::optional<KubeconfigEntry> entry = kubeconfig.Find(KubeconfigList::kUsers, user);
  if (entry.has_value() && RunsAckRamTool(entry->content)) return false;
  return !entry.has_value() || absl::IsNotFound(ReadStaticAckUser(*entry, context, "").status());
}

// A user that no context leads to has no server to be proven at. Returns how many there are, and adds them to
// `users`, those that contexts lead to.
int WarnOfUsersWithoutContext(const MergedKubeconfig& kubeconfig, std::set<std::string>* users) {
  std::set<std::string> in_use;
  for (const std::string& context : kubeconfig.Names(KubeconfigList::kContexts))
    in_use.insert(TextAt(kubeconfig.Get(KubeconfigList::kContexts, context).content, "user"));
  int alone = 0;
  for (const std::string& user : kubeconfig.Names(KubeconfigList::kUsers)) {
    if (in_use.count(user) > 0 || IsNoneOfAck(kubeconfig, user, "")) continue;
    ++alone;
    users->insert(user);
    PrintWarning(kProgram,
                 WithHint(absl::FailedPreconditionError(absl::StrCat(
                              "user ", Printable(user), ": not migrated: no context leads to it")),
                          absl::StrCat("if nobody needs its key, `",
                                       ShellLine({"kubectl", "config", "delete-user", user, "--kubeconfig",
                                                  kubeconfig.Get(KubeconfigList::kUsers, user).file}),
                                       "` takes it out")));
  }
  return alone;
}

absl::Status Migrator::MigrateAll(const MergedKubeconfig& kubeconfig) {
  std::set<std::string> users;  // that were tried
  int failed = 0;
  for (const std::string& context : kubeconfig.Names(KubeconfigList::kContexts)) {
    const std::string user = TextAt(kubeconfig.Get(KubeconfigList::kContexts, context).content, "user");
    if (!users.insert(user).second) continue;
    if (IsNoneOfAck(kubeconfig, user, context)) {
      users.erase(user);  // the name of another context may tell
      continue;
    }
    absl::StatusOr<Migration> planned = PlanMigration(kubeconfig, context, flags_, environment_);
    absl::Status migrated = planned.ok() ? Migrate(*planned) : planned.status();
    if (migrated.ok()) continue;
    ++failed;
    PrintWarning(kProgram, WithContext(migrated, absl::StrCat("context ", Printable(context))));
  }
  const int alone = WarnOfUsersWithoutContext(kubeconfig, &users);
  failed += alone;
  if (users.empty())
    Tell("nothing to migrate: no user has a certificate that an ACK cluster issued, or runs ack-ram-tool");
  return failed == 0 ? absl::OkStatus()
                     : absl::UnknownError(absl::StrCat("users not migrated: ", failed, " of ", users.size()));
}

// Which cluster it will be does not matter yet.
absl::Status CheckFlags(const ParsedFlags& flags) {
  const bool given = flags.Has("--cluster-id");
  return MakeInvocation(kAckIssuer, given ? flags : flags.With("--cluster-id", "any")).status();
}

absl::StatusOr<Output> RunMigrate(const Command&, const ParsedFlags& flags, const Environment& environment) {
  const bool all = flags.Has(kAll);
  if (flags.operands().size() != (all ? 0 : 1))
    return UsageError("migrate: needs the name of one context, or --all");
  if (all && flags.Has("--cluster-id"))
    return UsageError("migrate: --cluster-id is for one context, not for --all");
  absl::Status sound = CheckFlags(flags);
  if (!sound.ok()) return UsageError(sound);
  absl::StatusOr<absl::Duration> time_limit = ParseTimeout(flags);
  if (!time_limit.ok()) return UsageError(time_limit.status());
  absl::StatusOr<std::vector<std::string>> paths =
      KubeconfigPathsToChange(flags.Get(kKubeconfigFlag.name), environment);
  if (!paths.ok()) return paths.status();
  absl::StatusOr<MergedKubeconfig> kubeconfig = MergedKubeconfig::Read(*paths);
  if (!kubeconfig.ok()) return kubeconfig.status();
  Migrator migrator(flags, environment, *time_limit);
  absl::Status done =
      all ? migrator.MigrateAll(*kubeconfig) : migrator.MigrateOne(*kubeconfig, flags.operands()[0]);
  WarnUnlessGone(migrator.done());
  if (!done.ok()) return done;
  return Output{};
}

}  // namespace

const Command kMigrateCommand = {
    "migrate",
    "CONTEXT",
    "replaces an ACK user's static key, or ack-ram-tool, by the exec stanza",
    R"(Replaces the user of a context, a client certificate of an ACK cluster with its key, by the exec stanza, after signing
in with it to the same server. A user with ack-ram-tool is replaced in the same way, and what that was told of who asks is
taken over. Cluster, contexts, other users, comments and the user's own extensions stay; certificate and key leave the file,
and a copy is kept only with --backup, not for `undo`. The flags of `install ack` say who asks; the
cluster is read from the certificate. If that fails, nothing is changed. The last line is the command that revokes the old key.)",
    &MigrateFlags,
    &RunMigrate,
};

}  // namespace kubeconfig_writer
