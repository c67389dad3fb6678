// The name of a stored credential: everything that changes it, as one canonical text.
#ifndef CREDENTIAL_PROVIDER_STORE_CREDENTIAL_KEY_H_
#define CREDENTIAL_PROVIDER_STORE_CREDENTIAL_KEY_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"

namespace credential_provider {

class CredentialKey {
 public:
  // Adds a part. Its length goes in front of its value, so that no two lists of parts give the same text
  // ("a","bc" and "ab","c"). REQUIRES: `value` is no secret; it is stored in clear.
  CredentialKey& Add(absl::string_view name, absl::string_view value);

  // Returns the key whose canonical text `text` is: what was kept in an entry.
  static CredentialKey FromText(std::string text);

  // Returns the value that was added under `name`, "" when there is none.
  std::string Part(absl::string_view name) const;

  // Returns the name and value of each part, in order; of a text that is torn, those before that.
  std::vector<std::pair<std::string, std::string>> Parts() const;

  // The canonical text. Kept in the entry and compared: it decides, not the file's name.
  const std::string& text() const { return text_; }

  // Returns 16 hex digits that depend on the text alone, the same in every run and version: a file's name.
  std::string FileName() const;

 private:
  std::string text_;
};

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_STORE_CREDENTIAL_KEY_H_
