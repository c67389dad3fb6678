// One edit of a kubeconfig, as a value. KubeconfigDocument::Apply makes any number of them at once.
#ifndef KUBECONFIG_WRITER_EDITS_KUBECONFIG_EDIT_H_
#define KUBECONFIG_WRITER_EDITS_KUBECONFIG_EDIT_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "kubeconfig_writer/schema/kubeconfig_schema.h"
#include "nlohmann/json.hpp"

namespace kubeconfig_writer {

struct KubeconfigEdit {
  using Json = nlohmann::ordered_json;

  enum class Kind { kSet, kRemove, kSetField, kRemoveField, kUse, kUnuse };

  // Makes `content` the whole content of the entry `name`, which is added at the end of `list` if there is
  // none. In one that is there, fields that stay as they are keep their bytes, as do the last items of a list
  // whose front changes, and comments stay. What takes a part from elsewhere in the file is not changed.
  // REQUIRES: `content` is an object that is not empty; its values are strings (UTF-8), bools, numbers, lists
  // and objects.
  static KubeconfigEdit Set(KubeconfigList list, absl::string_view name, Json content);

  // Removes the entry `name`, if there is one. After Set of a new entry this gives back the bytes from
  // before, also when the entry was the first of its list or the file (see previous_value.h and
  // empty_document.h).
  static KubeconfigEdit Remove(KubeconfigList list, absl::string_view name);

  // Gives one field of the content of the entry `name` the value `value`, or removes it. NotFound when there
  // is no such entry.
  static KubeconfigEdit SetField(KubeconfigList list, absl::string_view name, absl::string_view field,
                                 Json value);
  static KubeconfigEdit RemoveField(KubeconfigList list, absl::string_view name, absl::string_view field);

  // Makes `name` the current context and keeps the one before in a comment, where comments are possible.
  static KubeconfigEdit Use(absl::string_view name);

  // Gives back what Use put aside; if there is nothing of the kind, no context is current.
  static KubeconfigEdit Unuse();

  Kind kind = Kind::kUse;
  KubeconfigList list = KubeconfigList::kContexts;
  std::string name;
  std::vector<std::string> path;  // of a field, within the content of the entry
  Json value;
};

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_EDITS_KUBECONFIG_EDIT_H_
