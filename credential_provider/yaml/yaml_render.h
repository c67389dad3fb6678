// Writes values as YAML that every reader takes for the same thing, in the layout of a given file.
#ifndef CREDENTIAL_PROVIDER_YAML_YAML_RENDER_H_
#define CREDENTIAL_PROVIDER_YAML_YAML_RENDER_H_

#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"
#include "nlohmann/json.hpp"

namespace credential_provider {

// How a file is written. The defaults are kubectl's.
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

// Returns `text` as a scalar for block style: plain where the file's habit and YAML 1.1 allow it, else
// quoted.
std::string RenderText(absl::string_view text, const YamlLayout& layout);

// Returns `object` in block style: lines indented by `column`, each with its line break. An empty object
// gives nothing.
std::string RenderFields(const nlohmann::ordered_json& object, size_t column, const YamlLayout& layout);

// Returns `object` as an item of a block list whose dashes are at `column`: lines, each with its line break.
std::string RenderItem(const nlohmann::ordered_json& object, size_t column, const YamlLayout& layout);

// Returns the items of `list` in block style, with their dashes at `column`: lines, each with its line break.
std::string RenderItems(const nlohmann::ordered_json& list, size_t column, const YamlLayout& layout);

// Returns `value` as a document of its own, in kubectl's layout and with texts in double quotes where they
// need quotes.
std::string RenderDocument(const nlohmann::ordered_json& value);

// Returns `value` in flow style on one line.
std::string RenderFlow(const nlohmann::ordered_json& value, const YamlLayout& layout);

// Returns `value` in flow style with a line for every item. Its first line is on one indented by
// `indent`.
std::string RenderFlowLines(const nlohmann::ordered_json& value, absl::string_view indent,
                            const YamlLayout& layout);

// Returns `key` and what follows it up to its value, in flow style.
std::string RenderFlowKey(absl::string_view key, const YamlLayout& layout);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_YAML_YAML_RENDER_H_
