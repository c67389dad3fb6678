#include "kubeconfig_writer/edits/kubeconfig_edit.h"

#include <utility>

namespace kubeconfig_writer {

KubeconfigEdit KubeconfigEdit::Set(KubeconfigList list, absl::string_view name, Json content) {
  return {Kind::kSet, list, std::string(name), {}, std::move(content)};
}

KubeconfigEdit KubeconfigEdit::Remove(KubeconfigList list, absl::string_view name) {
  return {Kind::kRemove, list, std::string(name), {}, {}};
}

KubeconfigEdit KubeconfigEdit::SetField(KubeconfigList list, absl::string_view name, absl::string_view field,
                                        Json value) {
  return {Kind::kSetField, list, std::string(name), {std::string(field)}, std::move(value)};
}

KubeconfigEdit KubeconfigEdit::RemoveField(KubeconfigList list, absl::string_view name,
                                           absl::string_view field) {
  return {Kind::kRemoveField, list, std::string(name), {std::string(field)}, {}};
}

KubeconfigEdit KubeconfigEdit::Use(absl::string_view name) {
  return {Kind::kUse, KubeconfigList::kContexts, std::string(name), {}, {}};
}

KubeconfigEdit KubeconfigEdit::Unuse() { return {Kind::kUnuse, KubeconfigList::kContexts, "", {}, {}}; }

}  // namespace kubeconfig_writer
