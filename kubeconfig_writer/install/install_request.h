// What `install` is asked for.
#ifndef KUBECONFIG_WRITER_INSTALL_INSTALL_REQUEST_H_
#define KUBECONFIG_WRITER_INSTALL_INSTALL_REQUEST_H_

#include <string>
#include <utility>
#include <vector>

#include "credential_provider/invocation/invocation.h"
#include "credential_provider/process/parallel_work.h"
#include "kubeconfig_writer/clusters/cluster_choice.h"
#include "kubeconfig_writer/entries/connection.h"
#include "kubeconfig_writer/file/edit_choice.h"

namespace kubeconfig_writer {

struct InstallRequest {
  credential_provider::Invocation invocation;  // what goes into the stanzas, but for the cluster's id
  std::vector<std::string> profiles;           // of --profile, one run for each; none for whoever is found
  ClusterChoice choice;
  std::string name_template;  // of the names of cluster, user and context
  std::string alias;          // what {alias} in it stands for
  Connection connection;
  bool replace = false;    // also an entry for another identity
  std::string kubeconfig;  // the file; "" for the one that kubectl would write
  std::string command;     // of the stanza; "" for the provider beside this program
  bool use = false;        // make it the current-context, whatever that is now
  // Variables of this shell that say who asks, and are no secret; and whether they go into the stanzas.
  std::vector<std::pair<std::string, std::string>> env;
  bool with_env = false;
  credential_provider::ParallelLimits limits;  // of the calls for several clusters
  EditChoice edit;
};

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_INSTALL_INSTALL_REQUEST_H_
