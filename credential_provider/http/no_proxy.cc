#include "credential_provider/http/no_proxy.h"

#include <arpa/inet.h>

#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "credential_provider/http/url.h"

namespace credential_provider {
namespace {

constexpr absl::string_view kMappedPrefix("\0\0\0\0\0\0\0\0\0\0\xff\xff", 12);

// An IPv4 address inside IPv6 is that IPv4 address.
std::string Unmapped(const std::string& address) {
  return address.size() == 16 && absl::StartsWith(address, kMappedPrefix)
             ? address.substr(kMappedPrefix.size())
             : address;
}

// Returns the 4 or 16 bytes of the address `text`, "" when it is none.
std::string AddressBytes(absl::string_view text) {
  char bytes[sizeof(in6_addr)];
  const std::string address(text);
  if (inet_pton(AF_INET, address.c_str(), bytes) == 1) return std::string(bytes, sizeof(in_addr));
  if (inet_pton(AF_INET6, address.c_str(), bytes) == 1) return std::string(bytes, sizeof(in6_addr));
  return "";
}

std::string FirstBits(std::string address, int bits) {
  for (char& byte : address) {
    const int kept = bits < 0 ? 0 : bits > 8 ? 8 : bits;
    byte = static_cast<char>(static_cast<unsigned char>(byte) & (0xff00 >> kept));
    bits -= 8;
  }
  return address;
}

struct Network {
  std::string prefix;  // "" when the text is no network
  int bits = 0;
};

Network ParseNetwork(absl::string_view text) {
  const size_t slash = text.find('/');
  if (slash == absl::string_view::npos) return {};
  const std::string address = AddressBytes(text.substr(0, slash));
  const absl::string_view digits = text.substr(slash + 1);
  int bits = 0;
  if (address.empty() || digits.find_first_not_of("0123456789") != absl::string_view::npos ||
      !absl::SimpleAtoi(digits, &bits) || bits > static_cast<int>(8 * address.size())) {
    return {};
  }
  const std::string prefix = FirstBits(address, bits);
  const std::string unmapped = Unmapped(prefix);
  if (unmapped.size() < prefix.size()) bits -= static_cast<int>(8 * kMappedPrefix.size());
  return {unmapped, bits};
}

// Splits "host:port" or "[host]:port"; false when there is no port.
bool SplitPort(absl::string_view entry, absl::string_view* host, absl::string_view* port) {
  const size_t colon = entry.rfind(':');
  if (colon == absl::string_view::npos) return false;
  absl::string_view name = entry.substr(0, colon);
  const bool bracketed = absl::ConsumePrefix(&name, "[");
  if (bracketed && (!absl::ConsumeSuffix(&name, "]") || absl::StrContains(name, "]"))) return false;
  const bool plain = bracketed || !absl::StrContains(name, ":");
  if (!plain || name.find_first_of(bracketed ? "[" : "[]") != absl::string_view::npos) return false;
  *port = entry.substr(colon + 1);
  if (port->find_first_of("[]") != absl::string_view::npos) return false;
  *host = name;
  return true;
}

struct Target {
  std::string host;     // in lower case
  std::string address;  // "" for a name
  absl::string_view port;
};

bool IsBelow(absl::string_view pattern, const std::string& host) {
  if (absl::StartsWith(pattern, "*.")) pattern.remove_prefix(1);
  if (absl::StartsWith(pattern, ".")) return absl::EndsWith(host, pattern);
  return host == pattern || absl::EndsWith(host, absl::StrCat(".", pattern));
}

bool Matches(absl::string_view entry, const Target& target) {
  if (entry == "*") return true;
  const Network network = ParseNetwork(entry);
  if (!network.prefix.empty()) {
    return target.address.size() == network.prefix.size() &&
           FirstBits(target.address, network.bits) == network.prefix;
  }
  absl::string_view host = entry, port;
  if (!SplitPort(entry, &host, &port)) host = entry;
  if (host.empty() || (!port.empty() && port != target.port)) return false;
  const std::string address = Unmapped(AddressBytes(host));
  if (!address.empty()) return address == target.address;
  return target.address.empty() && IsBelow(host, target.host);
}

}  // namespace

bool GoesPastProxy(absl::string_view list, absl::string_view host, absl::string_view port) {
  const Target target = {absl::AsciiStrToLower(host), Unmapped(AddressBytes(host)), port};
  const bool loopback_in_ipv6 = target.address.size() == sizeof(in_addr) && target.address[0] == 127;
  if (IsLoopback(host) || loopback_in_ipv6) return true;
  const std::string entries = absl::AsciiStrToLower(list);
  for (const absl::string_view entry : absl::StrSplit(entries, ',')) {
    if (Matches(absl::StripAsciiWhitespace(entry), target)) return true;
  }
  return false;
}

}  // namespace credential_provider
