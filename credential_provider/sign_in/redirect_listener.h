// Waits on loopback for the browser that a sign-in site sends back.
#ifndef CREDENTIAL_PROVIDER_SIGN_IN_REDIRECT_LISTENER_H_
#define CREDENTIAL_PROVIDER_SIGN_IN_REDIRECT_LISTENER_H_

#include <list>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "credential_provider/base/file.h"
#include "credential_provider/base/secret.h"

namespace credential_provider {

// The address to which the site is to send the browser; the sites know these ports of 127.0.0.1 alone.
std::string RedirectAddress(int port);
inline constexpr int kFirstRedirectPort = 12345;
inline constexpr int kLastRedirectPort = 12349;

class RedirectListener {
 public:
  // Listens at the first of those ports that is free, for this machine alone. Unavailable when none is.
  static absl::StatusOr<RedirectListener> Open();

  int port() const { return port_; }

  // Serves for as long as there is something to do at once. Returns the code, or that the sign-in was
  // refused, when the browser has come back with `state`; NotFound while it has not. What else comes is
  // answered with an error, and what comes and says nothing is left alone.
  absl::StatusOr<Secret> Serve(const std::string& state);

  // The descriptors at which something may come.
  std::vector<int> fds() const;

 private:
  struct Connection {
    FileDescriptor fd;
    std::string request;
  };

  RedirectListener(FileDescriptor listener, int port) : listener_(std::move(listener)), port_(port) {}

  void Accept();
  // Returns false when the connection is at its end.
  bool Read(Connection* connection) const;

  FileDescriptor listener_;
  int port_;
  std::list<Connection> connections_;
};

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_SIGN_IN_REDIRECT_LISTENER_H_
