// Files of this program in a private folder: whole reads and writes, and the removal of what has expired.
#ifndef CREDENTIAL_PROVIDER_STORE_FOLDER_FILES_H_
#define CREDENTIAL_PROVIDER_STORE_FOLDER_FILES_H_

#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "credential_provider/store/private_folder.h"

namespace credential_provider {

// How the names of files end that hold an entry, or one of its shares, until their modification time. What is
// in front is CredentialKey::FileName.
constexpr char kEntrySuffix[] = ".credential";
constexpr char kKeyringPadSuffix[] = ".keyring";
constexpr char kMemoryPadSuffix[] = ".memory";
constexpr char kShareSuffix[] = ".share";  // with an id in front: "0123456789abcdef.0123456789abcdef.share"

// Tells whether `name` is CredentialKey::FileName and `suffix`.
bool IsKeyFileName(absl::string_view name, absl::string_view suffix);

// Tells whether `name` is one that this program gives its files, of whatever kind.
bool IsOurFileName(absl::string_view name);

// Puts `data` into the file `name` by renaming a new file of mode 0600, whose modification time is `end`. An
// error means that what was there is still there. REQUIRES: the folder is open; `name` is IsOurFileName.
absl::Status PutFile(const PrivateFolder& folder, const std::string& name, absl::string_view data,
                     absl::Time end);

// Calls `use` with the names of the first `limit` files in the folder.
void ForEachFile(int folder, int limit, absl::FunctionRef<void(const char*)> use);

// Removes files of this program that have expired: their modification time tells, so none of them is opened.
// One that a run is about to replace stays.
void RemoveEnded(int folder, absl::Time now);

// More than any folder holds that is in order: a bound for what one run looks at.
constexpr int kMaxListed = 100000;

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_STORE_FOLDER_FILES_H_
