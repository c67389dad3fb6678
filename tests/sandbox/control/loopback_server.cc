#include "tests/sandbox/control/loopback_server.h"

#include <sys/socket.h>

#include <thread>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "tests/sandbox/wire/connection.h"

namespace sandbox {
namespace {

constexpr int kBacklog = 1024;
constexpr absl::Duration kKeepAlive = absl::Seconds(60);
constexpr absl::Duration kTick = absl::Milliseconds(50);

// httplib runs a handler in the thread of its connection.
thread_local Connection* current_connection = nullptr;

// Runs each connection in a thread of its own.
class ThreadPerConnection : public httplib::TaskQueue {
  using Taken =
      decltype(std::declval<httplib::TaskQueue&>().enqueue({}));  // void in older versions of httplib

 public:
  Taken enqueue(std::function<void()> connection) override {
    std::thread(std::move(connection)).detach();
    return static_cast<Taken>(true);
  }
  void shutdown() override {}
};

// The certificate is judged for each request, so that a bad one is answered with 401 and not by an alert.
int AcceptAnyClient(int, X509_STORE_CTX*) { return 1; }

SslContextPtr MakeContext(const CertifiedKey* certificate) {
  if (certificate == nullptr) return nullptr;
  SslContextPtr context(SSL_CTX_new(TLS_server_method()));
  SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
  SSL_CTX_set_session_cache_mode(context.get(), SSL_SESS_CACHE_OFF);
  SSL_CTX_set_options(context.get(), SSL_OP_NO_TICKET);
  SSL_CTX_set_num_tickets(context.get(), 0);
  SSL_CTX_use_certificate(context.get(), certificate->certificate.get());
  SSL_CTX_use_PrivateKey(context.get(), certificate->key.get());
  SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, AcceptAnyClient);
  return context;
}

// Keeps httplib from compressing replies and from waiting for a body that has no length.
void Prepare(httplib::Request& request) {
  request.headers.erase("Accept-Encoding");
  if (!request.has_header("Content-Length") && !request.has_header("Transfer-Encoding")) {
    request.set_header("Content-Length", "0");
  }
}

// Splits the head of a request into its header lines, one pair each.
NameValues HeadersOf(absl::string_view head) {
  NameValues headers;
  for (const absl::string_view line : absl::StrSplit(head, "\r\n", absl::SkipEmpty())) {
    const std::pair<absl::string_view, absl::string_view> parts =
        absl::StrSplit(line, absl::MaxSplits(':', 1));
    headers.emplace_back(absl::AsciiStrToLower(parts.first), absl::StripAsciiWhitespace(parts.second));
  }
  if (!headers.empty()) headers.erase(headers.begin());  // the request line
  return headers;
}

HttpRequest Convert(const std::string& listener, const httplib::Request& from, const std::string& body) {
  HttpRequest request;
  request.listener = listener;
  request.method = from.method;
  const size_t question_mark = from.target.find('?');
  request.path = from.target.substr(0, question_mark);
  if (question_mark != std::string::npos) request.raw_query = from.target.substr(question_mark + 1);
  request.headers = HeadersOf(current_connection->head());
  request.body = body;
  request.client_certificate = current_connection->ClientCertificate();
  request.connection = current_connection->number();
  return request;
}

void WaitUntilClientLeaves() {
  while (!current_connection->ClientLeft()) absl::SleepFor(kTick);
}

// Announces the whole body and sends the first half.
void Tear(const HttpReply& reply, httplib::Response& response) {
  const std::string half = reply.body.substr(0, reply.body.size() / 2);
  response.set_content_provider(reply.body.size() + 1, reply.content_type,
                                [half](size_t, size_t, httplib::DataSink& sink) {
                                  sink.write(half.data(), half.size());
                                  current_connection->Abort(false);
                                  return false;
                                });
}

void KeepOpen(const HttpReply& reply, httplib::Response& response) {
  const absl::Time end = absl::Now() + reply.stay_open;
  response.set_chunked_content_provider(reply.content_type,
                                        [body = reply.body, end](size_t offset, httplib::DataSink& sink) {
                                          if (offset == 0 && !body.empty())
                                            return sink.write(body.data(), body.size());
                                          while (absl::Now() < end) {
                                            if (current_connection->ClientLeft()) return false;
                                            absl::SleepFor(kTick);
                                          }
                                          sink.done();
                                          return true;
                                        });
}

void Write(const Answer& answer, httplib::Response& response) {
  const HttpReply& reply = answer.reply;
  response.status = reply.status;
  for (const auto& [name, value] : reply.headers) response.set_header(name, value);
  if (answer.ending == Ending::kHang) WaitUntilClientLeaves();
  if (answer.ending == Ending::kHang || answer.ending == Ending::kReset) {
    current_connection->Abort(answer.ending == Ending::kReset);
  } else if (answer.ending == Ending::kTear) {
    Tear(reply, response);
  } else if (reply.stay_open > absl::ZeroDuration()) {
    KeepOpen(reply, response);
  } else {
    response.set_content(reply.body, reply.content_type);
  }
}

}  // namespace

LoopbackServer::LoopbackServer(std::string name, const CertifiedKey* certificate, Handler handler)
    : name_(std::move(name)), tls_(MakeContext(certificate)), handler_(std::move(handler)) {
  new_task_queue = [] { return new ThreadPerConnection(); };
  const auto serve = [this](const httplib::Request& request, httplib::Response& response) {
    Serve(request, "", response);
  };
  const auto serve_body = [this](const httplib::Request& request, httplib::Response& response,
                                 const httplib::ContentReader& reader) {
    std::string body;
    reader([&](const char* data, size_t size) {
      body.append(data, size);
      return true;
    });
    Serve(request, body, response);
  };
  constexpr char kAnyPath[] = ".*";
  Get(kAnyPath, serve);
  Post(kAnyPath, serve_body);
  Put(kAnyPath, serve_body);
  Patch(kAnyPath, serve_body);
  Delete(kAnyPath, serve_body);
}

int LoopbackServer::Bind(int wanted) {
  const int port = wanted == 0                         ? bind_to_any_port("127.0.0.1")
                   : bind_to_port("127.0.0.1", wanted) ? wanted
                                                       : -1;
  if (port > 0) ::listen(svr_sock_, kBacklog);  // httplib's own backlog of 5 delays connections by seconds
  return port;
}

void LoopbackServer::Start() {
  std::thread([this] { listen_after_bind(); }).detach();
}

void LoopbackServer::Serve(const httplib::Request& request, const std::string& body,
                           httplib::Response& response) {
  Write(handler_(Convert(name_, request, body)), response);
}

bool LoopbackServer::process_and_close_socket(socket_t fd) {
  Connection connection(fd, tls_.get());
  current_connection = &connection;
  bool goes_on = connection.Handshake();
  while (goes_on && connection.WaitForData(kKeepAlive)) {
    bool closed = false;
    connection.BeginRequest();
#if defined(CPPHTTPLIB_SERVER_READ_TIMEOUT_SECOND)
    goes_on = process_request(connection, "", 0, "", 0, false, closed, Prepare);
#else  // Debian 12's
    goes_on = process_request(connection, false, closed, Prepare);
#endif
    goes_on = goes_on && !closed && !connection.aborted();
  }
  return true;
}

}  // namespace sandbox
