#include "kubeconfig_writer/schema/text_field.h"

namespace kubeconfig_writer {

std::string TextAt(const nlohmann::json& object, const char* field) {
  const auto found = object.is_object() ? object.find(field) : object.end();
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

}  // namespace kubeconfig_writer
