#include "credential_provider/sign_in/redirect_listener.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/language/in_language.h"
#include "credential_provider/sign_in/redirect.h"

namespace credential_provider {
namespace {

constexpr size_t kMostConnections = 16;
constexpr size_t kLongestRequest = 16 << 10;
constexpr char kHeadEnd[] = "\r\n\r\n";

bool MakePrivateAndQuick(int fd) {
  return fcntl(fd, F_SETFD, FD_CLOEXEC) == 0 && fcntl(fd, F_SETFL, O_NONBLOCK) == 0;
}

// Returns a listener at 127.0.0.1:`port`, or none.
FileDescriptor ListenAt(int port) {
  FileDescriptor listener(socket(AF_INET, SOCK_STREAM, 0));
  const int reuse = 1;  // connections that have ended may linger at the port
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<uint16_t>(port));
  const bool listens =
      listener.ok() && MakePrivateAndQuick(listener.get()) &&
      setsockopt(listener.get(), SOL_SOCKET, SO_REUSEADDR, &reuse, sizeof(reuse)) == 0 &&
      bind(listener.get(), reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0 &&
      listen(listener.get(), kMostConnections) == 0;
  return listens ? std::move(listener) : FileDescriptor();
}

void Answer(int connection, absl::string_view status, absl::string_view english) {
  const std::string text = InLanguage(english);
  const std::string answer = absl::StrCat(
      "HTTP/1.1 ", status, "\r\ncontent-type: text/plain; charset=utf-8\r\ncontent-length: ", text.size() + 1,
      "\r\ncache-control: no-store\r\nconnection: close\r\n\r\n", text, "\n");
  WriteAll(connection, answer, "").IgnoreError();  // a browser that has gone needs no answer
}

// What the browser is told about what it has brought.
void AnswerAbout(const absl::Status& status, int connection) {
  if (status.ok())
    return Answer(connection, "200 OK",
                  "The browser is done. Go back to the terminal, which says whether you are signed in; this "
                  "page can be closed.");
  if (absl::IsPermissionDenied(status))
    return Answer(connection, "200 OK", "Not signed in. Go back to the terminal; this page can be closed.");
  if (absl::IsNotFound(status)) return Answer(connection, "404 Not Found", "There is nothing here.");
  Answer(connection, "400 Bad Request", "This belongs to another sign-in, and nothing was done with it.");
}

// Returns the target of the request line of `request`, "" for what is no GET.
absl::string_view TargetOf(absl::string_view request) {
  const std::vector<absl::string_view> words = absl::StrSplit(request.substr(0, request.find("\r\n")), ' ');
  return words.size() == 3 && words[0] == "GET" ? words[1] : "";
}

}  // namespace

std::string RedirectAddress(int port) { return absl::StrCat("http://127.0.0.1:", port, kRedirectPath); }

absl::StatusOr<RedirectListener> RedirectListener::Open() {
  for (int port = kFirstRedirectPort; port <= kLastRedirectPort; ++port) {
    FileDescriptor listener = ListenAt(port);
    if (listener.ok()) return RedirectListener(std::move(listener), port);
  }
  return absl::UnavailableError(absl::StrCat("the ports ", kFirstRedirectPort, " to ", kLastRedirectPort,
                                             " of 127.0.0.1 are all in use"));
}

std::vector<int> RedirectListener::fds() const {
  std::vector<int> all = {listener_.get()};
  for (const Connection& connection : connections_) all.push_back(connection.fd.get());
  return all;
}

void RedirectListener::Accept() {
  while (true) {
    FileDescriptor connection(accept(listener_.get(), nullptr, nullptr));
    if (!connection.ok()) return;
    if (!MakePrivateAndQuick(connection.get())) continue;
    if (connections_.size() == kMostConnections) connections_.pop_front();
    connections_.push_back({std::move(connection), ""});
  }
}

bool RedirectListener::Read(Connection* connection) const {
  char buffer[4096];
  while (connection->request.size() < kLongestRequest) {
    const ssize_t count = read(connection->fd.get(), buffer, sizeof(buffer));
    if (count < 0) return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
    if (count == 0) return false;
    connection->request.append(buffer, static_cast<size_t>(count));
  }
  return connection->request.find(kHeadEnd) != std::string::npos;
}

absl::StatusOr<Secret> RedirectListener::Serve(const std::string& state) {
  Accept();
  for (auto at = connections_.begin(); at != connections_.end();) {
    Connection connection = std::move(*at);
    at = connections_.erase(at);
    const bool open = Read(&connection);
    if (connection.request.find(kHeadEnd) == std::string::npos) {
      if (open) connections_.insert(at, std::move(connection));
      continue;
    }
    absl::StatusOr<Secret> code = CodeIn(TargetOf(connection.request), state);
    AnswerAbout(code.status(), connection.fd.get());
    if (code.ok() || absl::IsPermissionDenied(code.status())) return code;
  }
  return absl::NotFoundError("nobody has come back");
}

}  // namespace credential_provider
