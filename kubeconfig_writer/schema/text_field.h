// Fields of an entry's content that may be of any kind.
#ifndef KUBECONFIG_WRITER_SCHEMA_TEXT_FIELD_H_
#define KUBECONFIG_WRITER_SCHEMA_TEXT_FIELD_H_

#include <string>

#include "nlohmann/json.hpp"

namespace kubeconfig_writer {

// Returns the text at `field` of `object`; "" when there is none, or no object.
std::string TextAt(const nlohmann::json& object, const char* field);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_SCHEMA_TEXT_FIELD_H_
