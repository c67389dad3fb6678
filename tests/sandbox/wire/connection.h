// The bytes of one accepted connection, plain or TLS.
#ifndef CREDENTIAL_PROVIDER_TESTS_SANDBOX_WIRE_CONNECTION_H_
#define CREDENTIAL_PROVIDER_TESTS_SANDBOX_WIRE_CONNECTION_H_

#include <atomic>
#include <string>

#include "absl/time/time.h"
#include "httplib.h"
#include "tests/sandbox/wire/openssl_ptr.h"

namespace sandbox {

class Connection : public httplib::Stream {
 public:
  // Owns `fd`. Speaks TLS when `context` is not null.
  Connection(int fd, SSL_CTX* context);
  ~Connection() override;

  // Returns which one this is, counted from 1.
  int number() const { return number_; }
  // Completes the TLS handshake, if there is one. False when it fails.
  bool Handshake();
  // Returns the client certificate of the handshake in DER, or "".
  std::string ClientCertificate() const;
  // Waits until there is something to read; false at the end of the connection or of `patience`.
  bool WaitForData(absl::Duration patience);
  // Starts to keep the head of the next request.
  void BeginRequest() { head_.clear(); }
  // Returns the request line and headers as they came, to the empty line: httplib percent-decodes header
  // values.
  const std::string& head() const { return head_; }
  // Tells whether the other side has closed the connection.
  bool ClientLeft() const;
  // Makes the connection end without a farewell, by a reset when `reset`. What is written later is dropped.
  void Abort(bool reset);
  bool aborted() const { return aborted_; }

  bool is_readable() const override { return !aborted_; }
  bool is_writable() const override { return !aborted_; }
  ssize_t read(char* data, size_t size) override;
  ssize_t write(const char* data, size_t size) override;
  void get_remote_ip_and_port(std::string& ip, int& port) const override;
  void get_local_ip_and_port(std::string& ip, int& port) const override;
  socket_t socket() const override { return fd_; }

 private:
  ssize_t Receive(char* data, size_t size);
  void KeepHead(const char* data, size_t size);

  static std::atomic<int> accepted_;

  const int number_ = ++accepted_;
  const int fd_;
  SslPtr ssl_;
  std::string buffer_;
  size_t position_ = 0;
  std::string head_;
  bool aborted_ = false;
};

}  // namespace sandbox

#endif  // CREDENTIAL_PROVIDER_TESTS_SANDBOX_WIRE_CONNECTION_H_
