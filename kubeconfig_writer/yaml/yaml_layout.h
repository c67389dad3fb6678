// How a YAML file is written, so that what is added to it looks like the rest.
#ifndef KUBECONFIG_WRITER_YAML_YAML_LAYOUT_H_
#define KUBECONFIG_WRITER_YAML_YAML_LAYOUT_H_

#include "credential_provider/yaml/yaml_render.h"
#include "credential_provider/yaml/yaml_tree.h"

namespace kubeconfig_writer {

using credential_provider::YamlLayout;

YamlLayout LayoutOf(const credential_provider::YamlTree& tree);

// Returns true when the items of a flow list or mapping have lines of their own.
bool IsMultiLine(absl::string_view text, const credential_provider::YamlNode& collection);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_YAML_YAML_LAYOUT_H_
