// Every error of the services as the client sees it, by its code.
#ifndef CREDENTIAL_PROVIDER_TESTS_SANDBOX_WIRE_ERROR_REPLIES_H_
#define CREDENTIAL_PROVIDER_TESTS_SANDBOX_WIRE_ERROR_REPLIES_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "tests/sandbox/wire/http_message.h"

namespace sandbox {

// Two writers with two spellings: CS writes its fields in lower case, the API gateway and STS in upper case.
enum class ErrorWriter { kCs, kGateway };

// One error to render. What is empty or zero comes from the table.
struct ServiceError {
  std::string code;
  std::string message = "";
  int status = 0;
  std::string auth_action = "";          // adds accessDeniedDetail
  std::string auth_principal_type = "";  // of accessDeniedDetail
};

// Returns all codes in the table.
std::vector<std::string> KnownErrorCodes();

// Renders `error` as its writer does. A code that is not in the table is written by the gateway with status
// 400.
HttpReply RenderError(const ServiceError& error, const HttpRequest& request);

// The same error in another form: "cs" or "gateway" (the spelling of that writer, whoever writes it usually),
// "xml", "html" (a proxy's page), "empty", "not_json" (torn text), "text", or "json" as above.
HttpReply RenderErrorAs(absl::string_view format, const ServiceError& error, const HttpRequest& request);

// Tells whether RenderErrorAs knows `format`.
bool IsErrorFormat(absl::string_view format);

}  // namespace sandbox

#endif  // CREDENTIAL_PROVIDER_TESTS_SANDBOX_WIRE_ERROR_REPLIES_H_
