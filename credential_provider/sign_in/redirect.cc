#include "credential_provider/sign_in/redirect.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/types/optional.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/http/url.h"
#include "credential_provider/text/percent_decoding.h"
#include "credential_provider/text/redact.h"

namespace credential_provider {
namespace {

constexpr size_t kLongestReason = 200;

// Returns the value of `name` in the query of `target`; nothing when it is not there.
absl::optional<std::string> Parameter(absl::string_view target, absl::string_view name) {
  target = target.substr(0, target.find('#'));
  const size_t question = target.find('?');
  if (question == absl::string_view::npos) return absl::nullopt;
  for (const absl::string_view part : absl::StrSplit(target.substr(question + 1), '&')) {
    const size_t equals = part.find('=');
    if (part.substr(0, equals) != name) continue;
    if (equals == absl::string_view::npos) return std::string();
    return PercentDecode(absl::StrReplaceAll(part.substr(equals + 1), {{"+", " "}}));
  }
  return absl::nullopt;
}

// The site's `error`, with what it says about that.
absl::Status Refused(const std::string& error, absl::string_view target) {
  const std::string shown = Redact(error, {});
  const std::string reason = Redact(Parameter(target, "error_description").value_or(""), {});
  if (error == "access_denied") return absl::PermissionDeniedError("the sign-in was refused in the browser");
  return absl::PermissionDeniedError(absl::StrCat("the sign-in site refused: ", Printable(shown, 60),
                                                  reason.empty() ? "" : ", ",
                                                  Printable(reason, kLongestReason)));
}

}  // namespace

absl::StatusOr<Secret> CodeIn(absl::string_view target, const std::string& state) {
  if (target.substr(0, target.find_first_of("?#")) != kRedirectPath)
    return absl::NotFoundError(absl::StrCat("not an address of ", kRedirectPath));
  if (Parameter(target, "state") != state)
    return absl::InvalidArgumentError("it belongs to another sign-in: its state is not this one's");
  const std::string error = Parameter(target, "error").value_or("");
  if (!error.empty()) return Refused(error, target);
  const std::string code = Parameter(target, "code").value_or("");
  if (code.empty()) return absl::InvalidArgumentError("it has no code");
  return Secret(code);
}

absl::StatusOr<Secret> CodeInPasted(absl::string_view address, const std::string& state) {
  address = absl::StripAsciiWhitespace(address);
  const absl::string_view origin = OriginOf(address);
  const absl::StatusOr<ServiceUrl> service = ParseServiceUrl(origin);
  if (!service.ok() || !IsLoopback(service->host))
    return absl::InvalidArgumentError("not the address at which the browser ends: http://127.0.0.1:…");
  return CodeIn(address.substr(origin.size()), state);
}

}  // namespace credential_provider
