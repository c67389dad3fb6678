#include "credential_provider/text/status_json.h"

#include <string>

#include "credential_provider/base/status_context.h"

namespace credential_provider {

nlohmann::json StatusToJson(const absl::Status& status) {
  return {{"code", static_cast<int>(status.code())},
          {"message", std::string(status.message())},
          {"hint", HintOf(status)}};
}

absl::Status StatusFromJson(const nlohmann::json& json) {
  const absl::Status status(static_cast<absl::StatusCode>(json.at("code").get<int>()),
                            json.at("message").get<std::string>());
  const auto hint = json.at("hint").get<std::string>();
  return hint.empty() ? status : WithHint(status, hint);
}

std::string Packed(const nlohmann::json& json) {
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace credential_provider
