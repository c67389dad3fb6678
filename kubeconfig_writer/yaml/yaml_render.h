// Writes values as YAML that every reader takes for the same thing, in the layout of a given file.
#ifndef KUBECONFIG_WRITER_YAML_YAML_RENDER_H_
#define KUBECONFIG_WRITER_YAML_YAML_RENDER_H_

#include <string>

#include "absl/strings/string_view.h"
#include "kubeconfig_writer/yaml/yaml_layout.h"
#include "nlohmann/json.hpp"

namespace kubeconfig_writer {

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

// Returns `value` in flow style on one line.
std::string RenderFlow(const nlohmann::ordered_json& value, const YamlLayout& layout);

// Returns `value` in flow style with a line for every item. Its first line is on one indented by
// `indent`.
std::string RenderFlowLines(const nlohmann::ordered_json& value, absl::string_view indent,
                            const YamlLayout& layout);

// Returns `key` and what follows it up to its value, in flow style.
std::string RenderFlowKey(absl::string_view key, const YamlLayout& layout);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_YAML_YAML_RENDER_H_
