// Shares in files in the memory that all users share.
#ifndef CREDENTIAL_PROVIDER_STORE_MEMORY_SHARES_H_
#define CREDENTIAL_PROVIDER_STORE_MEMORY_SHARES_H_

#include <string>

#include "credential_provider/base/file.h"
#include "credential_provider/store/private_folder.h"
#include "credential_provider/store/share_place.h"

namespace credential_provider {

class MemoryShares : public SharePlace {
 public:
  // `folder` must outlive this object.
  explicit MemoryShares(PrivateFolder& folder) : folder_(folder) {}

  // Removes shares that have expired, too.
  absl::StatusOr<ShareId> Put(const std::string& name, absl::string_view share, absl::Time end,
                              absl::Time now, ShareId replaced) override;

  // Opens the file by its path: whether the folder is private does not matter to what is checked afterwards.
  bool Get(const std::string& name, ShareId id, std::string* share) override;

  void Remove(const std::string& name, ShareId id) override;

 private:
  PrivateFolder& folder_;
  FileDescriptor last_read_;  // left open: a hit ends before it would have to be closed
};

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_STORE_MEMORY_SHARES_H_
