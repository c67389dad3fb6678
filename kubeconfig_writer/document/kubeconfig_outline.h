// Where the entries of a kubeconfig are, for whoever needs three of hundreds and cannot wait for a parser to
// read all: a shell before each of its prompts.
#ifndef KUBECONFIG_WRITER_DOCUMENT_KUBECONFIG_OUTLINE_H_
#define KUBECONFIG_WRITER_DOCUMENT_KUBECONFIG_OUTLINE_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"

namespace kubeconfig_writer {

// A context and what it leads to, by their names.
struct EntryNames {
  std::string context;
  std::string cluster;
  std::string user;
};

class KubeconfigOutline {
 public:
  // Reads `text` line by line, which must outlive the outline. It knows the block style in which programs
  // write kubeconfigs, and the fields that kubectl knows; nothing for all else, be it right or wrong, so that
  // each text with an outline is one that KubeconfigDocument::Parse takes, with the same entries.
  static absl::optional<KubeconfigOutline> Of(absl::string_view text);

  // The current context, or "" if there is none.
  const std::string& current_context() const { return current_context_; }

  // Returns what the context called `name` leads to, or nothing when there is no such context.
  absl::optional<EntryNames> Find(absl::string_view name) const;

  // Returns the text without all entries but those of these names.
  std::string Only(const EntryNames& names) const;

 private:
  friend class OutlineReader;

  // An item of one of the lists.
  struct Item {
    char list;  // the first letter of its key: 'u' for "users", and 'l' for "clusters"
    size_t begin;
    size_t end;
    std::string name;
    std::string cluster;  // of a context, as is the next
    std::string user;
  };

  absl::string_view text_;
  std::string current_context_;
  std::vector<Item> items_;
};

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_DOCUMENT_KUBECONFIG_OUTLINE_H_
