// A server on loopback that says what a test wants byte by byte, such as no honest server would.
#ifndef CREDENTIAL_PROVIDER_TESTS_TESTING_LOOPBACK_LISTENER_H_
#define CREDENTIAL_PROVIDER_TESTS_TESTING_LOOPBACK_LISTENER_H_

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <functional>
#include <string>
#include <thread>

namespace credential_provider {

class LoopbackListener {
 public:
  // Calls `serve` with each connection, one after the other, in a thread of its own. A read or write there
  // fails after five seconds.
  explicit LoopbackListener(std::function<void(int)> serve) : serve_(std::move(serve)) {
    listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    if (bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 || listen(listener_, 16) != 0 ||
        getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
      std::abort();
    }
    authority_ = "127.0.0.1:" + std::to_string(ntohs(address.sin_port));
    thread_ = std::thread([this] { Run(); });
  }
  ~LoopbackListener() {
    shutdown(listener_, SHUT_RDWR);
    thread_.join();
    close(listener_);
  }
  LoopbackListener(const LoopbackListener&) = delete;
  LoopbackListener& operator=(const LoopbackListener&) = delete;

  const std::string& authority() const { return authority_; }
  int connections() const { return connections_; }

 private:
  void Run() {
    while (true) {
      const int connection = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
      if (connection < 0) return;
      ++connections_;
      const timeval limit = {5, 0};
      setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
      setsockopt(connection, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof(limit));
      serve_(connection);
      close(connection);
    }
  }

  const std::function<void(int)> serve_;
  int listener_ = -1;
  std::string authority_;
  std::atomic<int> connections_{0};
  std::thread thread_;
};

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_TESTS_TESTING_LOOPBACK_LISTENER_H_
