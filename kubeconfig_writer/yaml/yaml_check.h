// Refuses YAML that not every reader takes for the same thing, whatever it is about.
#ifndef KUBECONFIG_WRITER_YAML_YAML_CHECK_H_
#define KUBECONFIG_WRITER_YAML_YAML_CHECK_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "credential_provider/yaml/yaml_tree.h"

namespace kubeconfig_writer {

// Returns InvalidArgument "line N: reason" for: a key twice in one mapping, keys that are no plain names,
// merge keys that are not first or lead to no mapping, tags that change a type, numbers that JSON cannot
// hold, and what kubectl's parser does not know: the escape \/, and question marks in plain text within
// brackets.
absl::Status CheckYaml(const credential_provider::YamlTree& tree);

// Returns InvalidArgument "line N: reason" for the line of `node`.
absl::Status RefuseAt(const credential_provider::YamlNode& node, absl::string_view reason);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_YAML_YAML_CHECK_H_
