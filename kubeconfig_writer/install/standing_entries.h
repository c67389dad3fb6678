// The entries of this program for ACK clusters that are in the kubeconfig, whatever they are called by now:
// what says which cluster it is, and who asks, is the stanza.
#ifndef KUBECONFIG_WRITER_INSTALL_STANDING_ENTRIES_H_
#define KUBECONFIG_WRITER_INSTALL_STANDING_ENTRIES_H_

#include <string>
#include <vector>

#include "credential_provider/invocation/invocation.h"
#include "credential_provider/issuers/ack_options.h"
#include "kubeconfig_writer/entries/installation.h"
#include "kubeconfig_writer/entries/our_users.h"

namespace kubeconfig_writer {

struct StandingEntry {
  std::string path;        // of the file with the user
  std::string name;        // of the user, and of the cluster where that was installed
  std::string context;     // that leads to both; the first of several, "" for none
  bool is_led_to = false;  // by a context, whichever cluster that is of
  bool is_split = false;   // its cluster or context is in another file than its user
  OurKind kind = OurKind::kNone;
  ProviderStanza stanza;
  credential_provider::Invocation invocation;  // that its arguments stand for
  std::string identity_flags;                  // those of them that say who asks (stanza_change.h)
  StanzaVariables identity_variables;          // of the stanza, the same
  std::string server;                          // of the cluster; "" where there is none
  std::string tls_server_name;
  std::string certificate_authority_data;

  const credential_provider::AckOptions& ack() const { return *invocation.issuer->ack(); }
};

// Returns those of `files`, in their order: of users, clusters and contexts with one name the first, as
// kubectl takes it, whichever file that is in.
std::vector<StandingEntry> FindStandingEntries(const KubeconfigFiles& files);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_INSTALL_STANDING_ENTRIES_H_
