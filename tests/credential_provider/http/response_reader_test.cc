#include "credential_provider/http/response_reader.h"

#include "gtest/gtest.h"

namespace credential_provider {
namespace {

TEST(ResponseReaderTest, KeepsTheHeadersOfTheLastAnswerAndNoTrailers) {
  ResponseReader reader;
  for (const char* const line : {"HTTP/1.1 103 Early Hints\r\n", "Date: early\r\n", "Link: early\r\n", "\r\n",
                                 "HTTP/1.1 200 OK\r\n", "Date: true\r\n", "\r\n"}) {
    EXPECT_TRUE(reader.AddHeaderLine(line));
  }
  EXPECT_TRUE(reader.AddBody("{}"));
  EXPECT_TRUE(reader.AddHeaderLine("Date: of a trailer\r\n"));
  EXPECT_EQ(reader.response.headers, (std::map<std::string, std::string>{{"date", "true"}}));
  EXPECT_EQ(reader.response.body, "{}");
  EXPECT_EQ(reader.refused(), "");
}

TEST(ResponseReaderTest, HeadersAreBoundedTogether) {
  ResponseReader reader;
  const std::string line = "x: " + std::string(1000, 'a');
  size_t taken = 0;
  while (taken < (10 << 20) && reader.AddHeaderLine(line)) taken += line.size();
  EXPECT_LE(taken, kMaxHeaderBytes);
  EXPECT_EQ(reader.refused(), "the response's headers or trailers are too large");
}

TEST(ResponseReaderTest, ManyEmptyLinesAreTooMuchToo) {
  ResponseReader reader;
  int taken = 0;
  while (taken < 10 * kMaxHeaderLines && reader.AddHeaderLine("\r\n")) ++taken;
  EXPECT_EQ(taken, kMaxHeaderLines);
}

TEST(ResponseReaderTest, TheBodyIsBounded) {
  ResponseReader reader;
  EXPECT_TRUE(reader.AddBody(std::string(kMaxBodyBytes, 'a')));
  EXPECT_FALSE(reader.AddBody("a"));
  EXPECT_EQ(reader.refused(), "the response is too large");
}

}  // namespace
}  // namespace credential_provider
