// `kubeconfig_writer list`: the entries of ours, and how they are.
#ifndef CREDENTIAL_PROVIDER_KUBECONFIG_WRITER_LIST_COMMAND_H_
#define CREDENTIAL_PROVIDER_KUBECONFIG_WRITER_LIST_COMMAND_H_

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "credential_provider/base/environment.h"
#include "credential_provider/command.h"
#include "kubeconfig_writer/merged_kubeconfig.h"

namespace kubeconfig_writer {

extern const credential_provider::Command kListCommand;

// One context that leads to a user of ours; or a user of ours that no context leads to, by its own name.
struct OurEntry {
  std::string context;
  bool current = false;
  std::string cluster_id;
  std::string issuer;
  std::string identity;  // the flags that say who calls, "" for whoever is found; of `get exec`, the plugin
  std::string command;   // of the stanza, "" when that is incomplete
  std::string file;      // of the user
  std::string state;  // "stored", "not stored", "incomplete", "command not found", "arguments", "no identity"
  std::string problem;                        // what is wrong, for the last four; "" else
  absl::Time expires = absl::InfinitePast();  // of what is stored
};

// Returns the entries of ours in `kubeconfig`, in its order. Looks into the store and at the files of the
// sources, never at the network.
std::vector<OurEntry> ListOurEntries(const MergedKubeconfig& kubeconfig,
                                     const credential_provider::Environment& environment);

}  // namespace kubeconfig_writer

#endif  // CREDENTIAL_PROVIDER_KUBECONFIG_WRITER_LIST_COMMAND_H_
