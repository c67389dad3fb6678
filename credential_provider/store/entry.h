// What is stored of a credential, as bytes. The format is read on every kubectl run, so it is plain: a header
// line with numbers and lengths, then the key's text, then what is printed.
#ifndef CREDENTIAL_PROVIDER_STORE_ENTRY_H_
#define CREDENTIAL_PROVIDER_STORE_ENTRY_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "credential_provider/base/secret.h"

namespace credential_provider {

struct Entry {
  absl::Time issued;
  absl::Time expiration;  // the expirationTimestamp inside `payload`
  Secret payload;         // the `status` of the ExecCredential, ready to print: it holds the private key
};

// Returns when the credential in `entry` ends: a minute after what is printed, which is a minute early.
inline absl::Time EndOf(const Entry& entry) { return entry.expiration + absl::Minutes(1); }

// Times are kept to the second. The inverse of ParseEntry.
std::string FormatEntry(absl::string_view key_text, const Entry& entry);

// Returns the entry in `data`; nullopt when it is torn, of another format, or made for another key.
absl::optional<Entry> ParseEntry(absl::string_view data, absl::string_view key_text);

// Returns the text of the key that the entry in `data` was made for; nullopt when it is torn or foreign.
absl::optional<std::string> KeyTextOfEntry(absl::string_view data);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_STORE_ENTRY_H_
