// How a YAML file is written, so that what is added to it looks like the rest.
#ifndef KUBECONFIG_WRITER_YAML_YAML_LAYOUT_H_
#define KUBECONFIG_WRITER_YAML_YAML_LAYOUT_H_

#include <cstddef>
#include <string>

#include "credential_provider/yaml/yaml_tree.h"

namespace kubeconfig_writer {

// The defaults are those of kubectl, for files that do not tell.
struct YamlLayout {
  std::string newline = "\n";

  // Block style, in columns: bytes from the beginning of the line.
  size_t list_indent = 0;  // a dash, from the key of its list
  size_t item_indent = 2;  // an item, from its dash
  size_t step = 2;         // the keys of a mapping, from the key it belongs to

  // Flow style. A JSON file is one whose texts and keys are all in double quotes.
  std::string comma = ", ";      // between items on one line
  std::string colon = ": ";      // after a key
  std::string flow_step = "  ";  // one more level of indentation when items have lines of their own

  char quote = '"';         // around text that needs quotes, where it can hold the text
  bool quote_text = false;  // also around text that needs none
  bool quote_keys = false;
};

YamlLayout LayoutOf(const credential_provider::YamlTree& tree);

// Returns true when the items of a flow list or mapping have lines of their own.
bool IsMultiLine(absl::string_view text, const credential_provider::YamlNode& collection);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_YAML_YAML_LAYOUT_H_
