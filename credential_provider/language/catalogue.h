// Translations of what the programs say, found by the English text.
#ifndef CREDENTIAL_PROVIDER_LANGUAGE_CATALOGUE_H_
#define CREDENTIAL_PROVIDER_LANGUAGE_CATALOGUE_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"

namespace credential_provider {

// English is what the code says and what tests, logs and stored records hold; a catalogue turns it into
// another language where it is shown. Its text has two lines for each entry, the English one and its
// translation, and an empty line between entries. %1 to %9 stand for what differs from message to message: a
// name, a path, or a message of its own. A line that begins with # is a note.
class Catalogue {
 public:
  struct Entry {
    std::vector<absl::string_view> literals;  // around the places: one more than there are places
    std::string places;                       // '1' to '9', in the order of the English text
    absl::string_view translation;
  };

  // `text` must outlive this.
  explicit Catalogue(absl::string_view text);

  // Those that say most by themselves first.
  const std::vector<Entry>& entries() const { return entries_; }

  // Returns `english` translated: as a whole, or where that has no entry, in parts: a subject and what
  // follows ": ", sentences between "; ". What has no entry stays as it is, and so does what is in `…`, "…"
  // or a shell's '…', byte for byte: a command is there to be pasted.
  std::string Translate(absl::string_view english) const;

 private:
  class Quotes;

  absl::optional<std::string> Whole(absl::string_view english) const;
  absl::optional<std::string> WithSubject(absl::string_view english) const;
  std::string Subjects(absl::string_view english) const;
  absl::optional<std::string> Sentences(absl::string_view english) const;
  std::string Fill(const Entry& entry, const std::vector<absl::string_view>& found,
                   const Quotes& quotes) const;

  std::vector<Entry> entries_;
};

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_LANGUAGE_CATALOGUE_H_
