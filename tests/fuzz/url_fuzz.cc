// URLs that a user, a file or a variable names: where keys will be sent.
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "credential_provider/http/url.h"
#include "tests/fuzz/input.h"
#include "tests/fuzz/require.h"

namespace credential_provider {
namespace {

void CheckService(const ServiceUrl& service) {
  Require(service.scheme == "https" || service.scheme == "http", "the scheme is one of two");
  Require(service.scheme == "https" || IsLoopback(service.host), "plain http stays on this machine");
  Require(!service.host.empty(), "there is a host");
  Require(service.authority.find(service.host) != std::string::npos, "the host is part of the authority");
  for (const char c : service.authority) {
    Require(c > ' ' && c < 0x7F && !absl::StrContains("/?#@\\", absl::string_view(&c, 1)),
            "an authority holds no other part of a URL");
  }
  const std::string text = absl::StrCat(service.scheme, "://", service.authority);
  const absl::StatusOr<ServiceUrl> again = ParseServiceUrl(text);
  Require(again.ok() && again->authority == service.authority && again->host == service.host,
          "what was parsed can be parsed again");
  Require(OriginOf(absl::StrCat(text, "/path?secret")) == text, "an origin is all before the path");
}

void Check(absl::string_view text) {
  Require(!absl::StrContains(OriginOf(text), "?"), "an origin has no query");
  Require(!absl::StrContains(ShownOrigin(text), "@"), "nor is a user shown");
  const absl::StatusOr<ServiceUrl> service = ParseServiceUrl(text);
  if (service.ok()) {
    CheckService(*service);
  } else {
    RequireShowable(service.status());
  }
  const absl::StatusOr<Url> url = ParseUrl(text);
  if (!url.ok()) return RequireShowable(url.status());
  CheckService(url->service);
  Require(absl::StartsWith(url->target, "/"), "a target begins with a slash");
  for (const char c : url->target) Require(c > ' ' && c != 0x7F && c != '#', "a target fits a request line");
}

}  // namespace
}  // namespace credential_provider

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  credential_provider::Check(credential_provider::Input(data, size).Rest());
  return 0;
}
