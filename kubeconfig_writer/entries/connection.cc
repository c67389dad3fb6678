#include "kubeconfig_writer/entries/connection.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/http/url.h"

namespace kubeconfig_writer {
namespace {

using namespace credential_provider;  // NOLINT: this file joins the two

constexpr char kServer[] = "--server";
constexpr char kTlsServerName[] = "--tls-server-name";
constexpr char kProxyUrl[] = "--proxy-url";
constexpr char kNamespace[] = "--namespace";
constexpr size_t kLongestLabel = 63;
constexpr size_t kLongestHost = 253;

constexpr FlagSpec kFlags[] = {
    {kServer, "URL", "the API server's address, such as a tunnel's, instead of ACK's; ack for ACK's again",
     nullptr, Preset::kNever},
    {kTlsServerName, "NAME", "the name that the server's certificate is checked for, beside such an address",
     nullptr, Preset::kNever},
    {kProxyUrl, "URL", "the proxy that kubectl reaches the server through: http, https or socks5"},
    {kNamespace, "NAME", "the context's namespace"},
};

bool IsLowerLabel(absl::string_view text) {
  const auto fits = [](char c) { return absl::ascii_islower(c) || absl::ascii_isdigit(c) || c == '-'; };
  return !text.empty() && text.size() <= kLongestLabel && std::all_of(text.begin(), text.end(), fits) &&
         text.front() != '-' && text.back() != '-';
}

absl::Status CheckServer(absl::string_view server) {
  if (server.empty() || server == kServerOfAck) return absl::OkStatus();
  const absl::StatusOr<Url> url = ParseUrl(server);
  if (!url.ok()) return absl::InvalidArgumentError(url.status().message());
  if (absl::StartsWith(server, "https://")) return absl::OkStatus();
  return absl::InvalidArgumentError("not an https address: a credential would cross the network readable");
}

absl::Status CheckHost(absl::string_view name) {
  const auto fits = [](unsigned char c) {
    return absl::ascii_isalnum(c) || absl::StrContains(".-_:", static_cast<char>(c));
  };
  if (name.size() <= kLongestHost && std::all_of(name.begin(), name.end(), fits)) return absl::OkStatus();
  return absl::InvalidArgumentError("not a host name or address");
}

absl::Status CheckProxy(absl::string_view proxy) {
  if (proxy.empty()) return absl::OkStatus();
  const size_t scheme = proxy.find("://");
  const absl::string_view name = proxy.substr(0, std::min(scheme, proxy.size()));
  if (scheme == absl::string_view::npos || (name != "http" && name != "https" && name != "socks5"))
    return absl::InvalidArgumentError("begins with none of http://, https:// and socks5://");
  if (absl::StrContains(proxy, "@")) {
    return absl::InvalidArgumentError(
        "has a user name in it: a kubeconfig is no place for a password; kubectl takes HTTPS_PROXY too");
  }
  absl::string_view host, port, authority = proxy.substr(scheme + 3);
  absl::ConsumeSuffix(&authority, "/");
  if (SplitAuthority(authority, &host, &port) && !host.empty()) return CheckHost(host);
  return absl::InvalidArgumentError("no HOST:PORT after it");
}

absl::Status CheckNamespace(absl::string_view name) {
  if (name.empty() || IsLowerLabel(name)) return absl::OkStatus();
  return absl::InvalidArgumentError("not a namespace: lower case letters, digits and -, up to 63");
}

}  // namespace

absl::Span<const FlagSpec> ConnectionFlags() { return kFlags; }

absl::StatusOr<Connection> ParseConnection(const ParsedFlags& flags) {
  Connection connection = {std::string(flags.Get(kServer)), std::string(flags.Get(kTlsServerName)),
                           std::string(flags.Get(kProxyUrl)), std::string(flags.Get(kNamespace))};
  const std::pair<const char*, absl::Status> checks[] = {
      {kServer, CheckServer(connection.server)},
      {kTlsServerName, CheckHost(connection.tls_server_name)},
      {kProxyUrl, CheckProxy(connection.proxy_url)},
      {kNamespace, CheckNamespace(connection.name_space)},
  };
  for (const auto& [flag, status] : checks) {
    if (!status.ok()) return WithContext(status, flag);
  }
  return connection;
}

}  // namespace kubeconfig_writer
