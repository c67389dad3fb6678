// What kinds of value a YAML node can stand for where kubectl reads it.
#ifndef KUBECONFIG_WRITER_YAML_YAML_SHAPE_H_
#define KUBECONFIG_WRITER_YAML_YAML_SHAPE_H_

#include "credential_provider/yaml/yaml_tree.h"

namespace kubeconfig_writer {

// All of them see through aliases.
bool IsNull(const credential_provider::YamlNode& node);
bool IsText(const credential_provider::YamlNode& node);         // null is ""
bool IsBool(const credential_provider::YamlNode& node);         // null is false
bool IsEmptyOrNull(const credential_provider::YamlNode& node);  // a list without items, or null
bool IsListOfText(const credential_provider::YamlNode& node);

// True for the standard alphabet with padding; line breaks may stand anywhere.
bool IsBase64(const credential_provider::YamlNode& node);

// True for a mapping all of whose values are null or pass `check`. One with a merge key does not.
bool IsMapOf(const credential_provider::YamlNode& node, bool (*check)(const credential_provider::YamlNode&));

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_YAML_YAML_SHAPE_H_
