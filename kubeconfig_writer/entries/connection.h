// How kubectl gets to a cluster where ACK's own address is not the way: through a tunnel, a proxy, by another
// name. What was set once, with these flags or by hand, stays over every later install.
#ifndef KUBECONFIG_WRITER_ENTRIES_CONNECTION_H_
#define KUBECONFIG_WRITER_ENTRIES_CONNECTION_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "credential_provider/cli/command_line.h"

namespace kubeconfig_writer {

// Takes back a server that was set: ACK's address again.
inline constexpr char kServerOfAck[] = "ack";

struct Connection {
  std::string server;  // "" for what is there, else ACK's; kServerOfAck for ACK's in any case
  std::string tls_server_name;
  std::string proxy_url;
  std::string name_space;

  // Whether an address is given, so that ACK need not have one.
  bool has_server() const { return !server.empty() && server != kServerOfAck; }
  // Whether there is something that can be right for one cluster only.
  bool is_for_one_cluster() const { return has_server() || !tls_server_name.empty(); }
};

absl::Span<const credential_provider::FlagSpec> ConnectionFlags();

// InvalidArgument, naming the flag, for what kubectl would refuse, or what would put a password into the
// file.
absl::StatusOr<Connection> ParseConnection(const credential_provider::ParsedFlags& flags);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_ENTRIES_CONNECTION_H_
