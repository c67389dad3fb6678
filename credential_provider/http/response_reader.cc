#include "credential_provider/http/response_reader.h"

#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"

namespace credential_provider {

bool ResponseReader::AddHeaderLine(absl::string_view line) {
  header_bytes_ += line.size();
  if (header_bytes_ > kMaxHeaderBytes || ++header_lines_ > kMaxHeaderLines) {
    refused_ = "the response's headers or trailers are too large";
    return false;
  }
  line = absl::StripAsciiWhitespace(line);
  if (line.empty()) in_head_ = false;
  if (absl::StartsWith(line, "HTTP/")) {
    in_head_ = true;
    response.headers.clear();
    return true;
  }
  const size_t colon = line.find(':');
  if (in_head_ && colon != absl::string_view::npos) {
    response.headers[absl::AsciiStrToLower(line.substr(0, colon))] =
        std::string(absl::StripAsciiWhitespace(line.substr(colon + 1)));
  }
  return true;
}

bool ResponseReader::AddBody(absl::string_view data) {
  if (response.body.size() + data.size() > kMaxBodyBytes) {
    refused_ = "the response is too large";
    return false;
  }
  response.body.append(data.data(), data.size());
  return true;
}

}  // namespace credential_provider
