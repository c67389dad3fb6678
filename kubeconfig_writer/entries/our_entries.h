// The entries of this program in a kubeconfig, and the state of each.
#ifndef KUBECONFIG_WRITER_ENTRIES_OUR_ENTRIES_H_
#define KUBECONFIG_WRITER_ENTRIES_OUR_ENTRIES_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "credential_provider/base/environment.h"
#include "kubeconfig_writer/file/merged_kubeconfig.h"

namespace kubeconfig_writer {

// One context that leads to a user of this program; or a user of this program that no context leads to, by
// its own name.
struct OurEntry {
  std::string context;
  std::string user;
  bool is_context = true;
  bool current = false;
  std::string cluster_id;
  std::string issuer;
  std::string identity;  // the flags that say who asks, "" for whoever is found; of `get exec`, the plugin
  std::string who;       // whom these stand for now: "access-key sandbox-alice"; "" where nothing here tells
  std::string command;   // of the stanza, "" when that is incomplete
  std::string file;      // of the user
  std::string install_line;  // writes the stanza anew (install_line.h)
  std::string state;  // "stored", "not stored", "incomplete", "command not found", "arguments", "no identity"
  std::string problem;                        // what is wrong, for the last four; "" else
  absl::Time expires = absl::InfinitePast();  // of what is stored
};

// Returns the entries of this program in `kubeconfig`, in its order. Looks into the store and at the files of
// the sources, never at the network.
std::vector<OurEntry> ListOurEntries(const MergedKubeconfig& kubeconfig,
                                     const credential_provider::Environment& environment);

// Returns the one of the context called `name`; nothing when that is not of this program, or not there.
absl::optional<OurEntry> FindOurEntry(const MergedKubeconfig& kubeconfig, absl::string_view name,
                                      const credential_provider::Environment& environment);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_ENTRIES_OUR_ENTRIES_H_
