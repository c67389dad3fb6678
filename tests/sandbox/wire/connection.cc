#include "tests/sandbox/wire/connection.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "absl/strings/match.h"

namespace sandbox {
namespace {

constexpr size_t kBufferSize = 16384;
constexpr timeval kPatience = {30, 0};

}  // namespace

std::atomic<int> Connection::accepted_{0};

Connection::Connection(int fd, SSL_CTX* context) : fd_(fd) {
  const int on = 1;
  setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
  setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &kPatience, sizeof(kPatience));
  setsockopt(fd_, SOL_SOCKET, SO_SNDTIMEO, &kPatience, sizeof(kPatience));
  if (context == nullptr) return;
  ssl_.reset(SSL_new(context));
  SSL_set_fd(ssl_.get(), fd_);
}

Connection::~Connection() {
  if (ssl_ != nullptr && !aborted_ && SSL_is_init_finished(ssl_.get())) SSL_shutdown(ssl_.get());
  close(fd_);
}

bool Connection::Handshake() { return ssl_ == nullptr || SSL_accept(ssl_.get()) == 1; }

std::string Connection::ClientCertificate() const {
  if (ssl_ == nullptr) return "";
  X509* certificate = SSL_get0_peer_certificate(ssl_.get());
  unsigned char* der = nullptr;
  const int size = certificate == nullptr ? 0 : i2d_X509(certificate, &der);
  const std::string out(reinterpret_cast<char*>(der), static_cast<size_t>(std::max(size, 0)));
  OPENSSL_free(der);
  return out;
}

bool Connection::WaitForData(absl::Duration patience) {
  if (position_ < buffer_.size() || (ssl_ != nullptr && SSL_pending(ssl_.get()) > 0)) return true;
  pollfd poll_fd = {fd_, POLLIN, 0};
  return poll(&poll_fd, 1, static_cast<int>(absl::ToInt64Milliseconds(patience))) == 1 && !ClientLeft();
}

bool Connection::ClientLeft() const {
  pollfd poll_fd = {fd_, POLLRDHUP, 0};
  return poll(&poll_fd, 1, 0) == 1;
}

void Connection::Abort(bool reset) {
  aborted_ = true;
  const linger no_farewell = {1, 0};
  if (reset) setsockopt(fd_, SOL_SOCKET, SO_LINGER, &no_farewell, sizeof(no_farewell));
}

ssize_t Connection::Receive(char* data, size_t size) {
  if (ssl_ != nullptr) return SSL_read(ssl_.get(), data, static_cast<int>(size));
  ssize_t count;
  do {
    count = recv(fd_, data, size, 0);
  } while (count < 0 && errno == EINTR);
  return count;
}

void Connection::KeepHead(const char* data, size_t size) {
  for (size_t i = 0; i < size && !absl::EndsWith(head_, "\r\n\r\n"); ++i) head_ += data[i];
}

ssize_t Connection::read(char* data, size_t size) {
  if (position_ == buffer_.size()) {  // httplib reads heads byte by byte
    buffer_.resize(kBufferSize);
    const ssize_t count = Receive(&buffer_[0], buffer_.size());
    buffer_.resize(static_cast<size_t>(std::max<ssize_t>(count, 0)));
    position_ = 0;
    if (count <= 0) return count;
  }
  const size_t count = std::min(size, buffer_.size() - position_);
  std::memcpy(data, buffer_.data() + position_, count);
  position_ += count;
  KeepHead(data, count);
  return static_cast<ssize_t>(count);
}

ssize_t Connection::write(const char* data, size_t size) {
  if (aborted_) return -1;
  if (ssl_ != nullptr) return SSL_write(ssl_.get(), data, static_cast<int>(size));
  return send(fd_, data, size, MSG_NOSIGNAL);
}

void Connection::get_remote_ip_and_port(std::string& ip, int& port) const {
  sockaddr_in address = {};
  socklen_t size = sizeof(address);
  getpeername(fd_, reinterpret_cast<sockaddr*>(&address), &size);
  ip = "127.0.0.1";
  port = ntohs(address.sin_port);
}

void Connection::get_local_ip_and_port(std::string& ip, int& port) const {
  sockaddr_in address = {};
  socklen_t size = sizeof(address);
  getsockname(fd_, reinterpret_cast<sockaddr*>(&address), &size);
  ip = "127.0.0.1";
  port = ntohs(address.sin_port);
}

}  // namespace sandbox
