// The entries of some clusters, put into the kubeconfig.
#ifndef KUBECONFIG_WRITER_ENTRIES_INSTALLATION_H_
#define KUBECONFIG_WRITER_ENTRIES_INSTALLATION_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "kubeconfig_writer/document/kubeconfig_document.h"
#include "kubeconfig_writer/entries/cluster_entry.h"
#include "kubeconfig_writer/file/edit_choice.h"

namespace kubeconfig_writer {

// One entry on its way into one file.
struct Installation {
  ClusterEntry entry;
  std::string path;           // of the file
  std::string context;        // the entry's name, unless it was renamed
  bool use = false;           // make it the current-context
  bool use_if_none = false;   // the same, when there is none by then, nor another context
  bool written = false;       // so that a context that another makes current stays
  absl::Status status;        // why it is not there; OK when it is, or may still get there
  bool changed = false;       // the file was not like this before
  std::string why_command;    // in words, why the entry has the command that it has
  std::string lost_context;   // the current-context that it replaced, if uninstall cannot give it back
  ProviderStanza old_stanza;  // that it has replaced; without arguments when there was no other
  std::string old_server;     // that it has replaced; "" when there was no other
  std::string kept_server;    // that was set before instead of ACK's; "" for none
};

// The files that kubectl would read, as they are now.
class KubeconfigFiles {
 public:
  static absl::StatusOr<KubeconfigFiles> Read(const std::vector<std::string>& paths);

  // Returns the file that has an entry called `name`, or else the one for new entries.
  std::string PathFor(const std::string& name) const;

  // Returns the file at `path` as it was read; null for one that was not.
  const KubeconfigDocument* DocumentAt(const std::string& path) const;

  // Returns the command by which the user `name` runs our provider in the file at `path`; "" when it does
  // not.
  std::string CommandIn(const std::string& path, const std::string& name) const;

  // Returns true when another file than `path` has an entry called `name`.
  bool IsSplit(const std::string& path, const std::string& name) const;

  const std::vector<std::string>& paths() const { return paths_; }

  bool HasCurrentContext() const;

  // Returns true when there is a context that is not called `name`.
  bool HasContextBeside(const std::string& name) const;

  // Returns the file before `path` whose current-context is the one that kubectl takes; "" when one in `path`
  // would be.
  std::string FileThatDecides(const std::string& path) const;

 private:
  std::vector<std::string> paths_;
  std::vector<KubeconfigDocument> documents_;
};

// One entry on its way out of a file, with its cluster and the contexts that lead to it.
struct Removal {
  std::string path;
  std::string user;
  ProviderStanza stanza;              // another one by then stays
  std::vector<std::string> contexts;  // that went with it
  bool removed = false;
  bool was_current = false;  // one of these was the current-context: none is since
  absl::Status status;
};

// What is to be changed at once.
struct EntryChanges {
  absl::Span<Installation> installations;
  absl::Span<Removal> removals = {};
  std::string choose_in =
      "";  // the file whose first context, when it gets one alone, becomes the current one; "" for none
  std::string chosen = "";  // that context, when it has
};

// Makes the removals and writes the installations whose status is OK, with one edit a file, and sets what is
// known afterwards. A name that is taken stops that installation alone. Returns the diff of a dry run.
std::string WriteChanges(EntryChanges& changes, const EditChoice& choice);
std::string WriteInstallations(absl::Span<Installation> installations, const EditChoice& choice);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_ENTRIES_INSTALLATION_H_
