// One HTTP or HTTPS listener on 127.0.0.1 that hands requests to a function and can end connections badly.
#ifndef CREDENTIAL_PROVIDER_TESTS_SANDBOX_CONTROL_LOOPBACK_SERVER_H_
#define CREDENTIAL_PROVIDER_TESTS_SANDBOX_CONTROL_LOOPBACK_SERVER_H_

#include <functional>
#include <string>
#include <thread>

#include "absl/status/status.h"
#include "httplib.h"
#include "tests/sandbox/certificates/certificate_authority.h"
#include "tests/sandbox/control/faults.h"
#include "tests/sandbox/wire/http_message.h"
#include "tests/sandbox/wire/openssl_ptr.h"

namespace sandbox {

// Each connection has its own thread, so that hanging ones do not hold up others. Lives as long as the
// process: there is no way to stop it but to exit.
class LoopbackServer : private httplib::Server {
 public:
  // Must be safe to call from many threads.
  using Handler = std::function<Answer(HttpRequest)>;

  // Speaks TLS when `certificate` is not null, and then takes any client certificate: the handler judges it.
  LoopbackServer(std::string name, const CertifiedKey* certificate, Handler handler);

  // Binds `wanted`, or with 0 a free port, and returns it or -1.
  int Bind(int wanted = 0);
  // Starts to answer, in a thread of its own.
  void Start();

 private:
  bool process_and_close_socket(socket_t fd) override;
  void Serve(const httplib::Request& request, const std::string& body, httplib::Response& response);

  const std::string name_;
  const SslContextPtr tls_;
  const Handler handler_;
};

}  // namespace sandbox

#endif  // CREDENTIAL_PROVIDER_TESTS_SANDBOX_CONTROL_LOOPBACK_SERVER_H_
