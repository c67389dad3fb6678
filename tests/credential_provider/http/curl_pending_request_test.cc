#include "credential_provider/http/curl_pending_request.h"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <memory>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "credential_provider/base/file.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace credential_provider {
namespace {

using testing::HasSubstr;
using testing::Not;

// Takes one connection at a time, when it is told to.
class Server {
 public:
  Server() : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    EXPECT_EQ(bind(socket_.get(), reinterpret_cast<sockaddr*>(&address), size), 0);
    EXPECT_EQ(listen(socket_.get(), 4), 0);
    EXPECT_EQ(getsockname(socket_.get(), reinterpret_cast<sockaddr*>(&address), &size), 0);
    url_ = absl::StrCat("http://127.0.0.1:", ntohs(address.sin_port), "/asked");
  }
  const std::string& url() const { return url_; }

  FileDescriptor Accept() { return FileDescriptor(accept(socket_.get(), nullptr, nullptr)); }
  void Close() { socket_ = FileDescriptor(); }

 private:
  FileDescriptor socket_;
  std::string url_;
};

bool HasData(const FileDescriptor& connection, int within_ms) {
  pollfd readable = {connection.get(), POLLIN, 0};
  return poll(&readable, 1, within_ms) == 1;
}

std::string Received(const FileDescriptor& connection) {
  char data[4096];
  const ssize_t size = read(connection.get(), data, sizeof(data));
  return std::string(data, size > 0 ? static_cast<size_t>(size) : 0);
}

class CurlPendingRequestTest : public testing::Test {
 protected:
  std::unique_ptr<PendingRequest> Begin(absl::Duration timeout = absl::Seconds(10)) {
    HttpRequest draft;
    draft.url = server_.url();
    draft.headers = {{"authorization", "a draft's"}};
    draft.timeout = timeout;
    return transport_.Begin(draft);
  }

  Server server_;
  CurlTransport transport_{""};
};

TEST_F(CurlPendingRequestTest, ItIsConnectedBeforeAnythingIsKnownAndThenSent) {
  const std::unique_ptr<PendingRequest> pending = Begin();
  ASSERT_NE(pending, nullptr);
  const FileDescriptor connection = server_.Accept();
  ASSERT_TRUE(connection.ok());
  EXPECT_FALSE(HasData(connection, 50));
  const std::string answer = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi";
  EXPECT_TRUE(WriteAll(connection.get(), answer, "the answer").ok());  // it is read when it was asked for
  const absl::StatusOr<HttpResponse> response = pending->Send({{"authorization", "signed"}, {"x-empty", ""}});
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->body, "hi");
  const std::string request = Received(connection);
  EXPECT_THAT(request, HasSubstr("GET /asked HTTP/1.1\r\n"));
  EXPECT_THAT(request, HasSubstr("authorization: signed\r\n"));
  EXPECT_THAT(request, HasSubstr("x-empty:\r\n"));
  EXPECT_THAT(request, Not(HasSubstr("a draft's")));
}

TEST_F(CurlPendingRequestTest, WhatIsGivenUpWasNotSent) {
  std::unique_ptr<PendingRequest> pending = Begin();
  const FileDescriptor connection = server_.Accept();
  pending.reset();
  EXPECT_TRUE(HasData(connection, 5000)) << "its end";
  EXPECT_EQ(Received(connection), "");
}

TEST_F(CurlPendingRequestTest, ALineBreakInAHeaderIsRefusedAndNothingIsSent) {
  std::unique_ptr<PendingRequest> pending = Begin();
  const FileDescriptor connection = server_.Accept();
  const absl::StatusOr<HttpResponse> response = pending->Send({{"authorization", "x\r\nhost: other"}});
  EXPECT_EQ(response.status().code(), absl::StatusCode::kInvalidArgument);
  pending.reset();
  EXPECT_EQ(Received(connection), "");
}

TEST_F(CurlPendingRequestTest, AServerThatIsNotThereIsAnErrorOfSend) {
  server_.Close();
  const std::unique_ptr<PendingRequest> pending = Begin();
  ASSERT_NE(pending, nullptr);
  const absl::StatusOr<HttpResponse> response = pending->Send({});
  EXPECT_EQ(response.status().code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(std::string(response.status().message()), HasSubstr("127.0.0.1"));
}

TEST_F(CurlPendingRequestTest, AnAnswerThatDoesNotComeIsNotWaitedForWithoutEnd) {
  const std::unique_ptr<PendingRequest> pending = Begin(absl::Milliseconds(300));
  const FileDescriptor connection = server_.Accept();
  EXPECT_EQ(pending->Send({}).status().code(), absl::StatusCode::kDeadlineExceeded);
}

TEST_F(CurlPendingRequestTest, OneAfterTheOther) {
  for (int i = 0; i < 50; ++i) {
    std::unique_ptr<PendingRequest> pending = Begin();
    const FileDescriptor connection = server_.Accept();
    EXPECT_TRUE(WriteAll(connection.get(), "HTTP/1.1 204 No Content\r\n\r\n", "the answer").ok());
    EXPECT_EQ(pending->Send({{"x-number", absl::StrCat(i)}})->status, 204);
  }
}

}  // namespace
}  // namespace credential_provider
