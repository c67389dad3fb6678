#include "credential_provider/store/split_store.h"

#include <fcntl.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "absl/strings/str_cat.h"
#include "credential_provider/base/random.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/store/folder_files.h"

namespace credential_provider {
namespace {

constexpr uint64_t kPadMagic = 0x3164615064457063;  // "cpEdPad1"
// A key of the keyring's type "user" holds no more.
constexpr size_t kLargestEntry = 32767;
// A pad that is replaced while it is read is read again: once, because none is replaced twice in a
// millisecond.
constexpr int kTries = 2;

constexpr size_t kKeyNameSize = 16;  // of CredentialKey::FileName

// Tells apart machines and containers: each has a name of its own.
uint64_t HostTag() {
  utsname host = {};
  uname(&host);
  uint64_t tag;
  std::memcpy(&tag, Sha256(host.nodename).data(), sizeof(tag));
  return tag;
}

// Eight bytes at a time: a hit waits for it. REQUIRES: as many bytes of both.
void Xor(const std::string& pad, std::string* data) {
  size_t at = 0;
  for (uint64_t a, b; at + sizeof(a) <= data->size(); at += sizeof(a)) {
    std::memcpy(&a, &(*data)[at], sizeof(a));
    std::memcpy(&b, &pad[at], sizeof(b));
    a ^= b;
    std::memcpy(&(*data)[at], &a, sizeof(a));
  }
  for (; at < data->size(); ++at) (*data)[at] = static_cast<char>((*data)[at] ^ pad[at]);
}

}  // namespace

std::string SplitStore::NameOfThisHost(const std::string& key_name) const {
  return absl::StrCat(key_name, ".", absl::Hex(HostTag(), absl::kZeroPad16), suffix_);
}

// The file is in a folder that nobody else can enter, and what it tells is checked by its digest: its owner
// and mode need not be looked at. One read gets it, because it never changes once it has its name.
absl::optional<SplitStore::Pad> SplitStore::ReadPad(const PrivateFolder& folder, const std::string& name) {
  last_read_ =
      FileDescriptor(openat(folder.fd(), name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  if (!last_read_.ok()) return absl::nullopt;
  char buffer[sizeof(Header) + kLargestEntry + 1];
  const ssize_t size = read(last_read_.get(), buffer, sizeof(buffer));
  Header header;
  if (size <= static_cast<ssize_t>(sizeof(header)) || size == static_cast<ssize_t>(sizeof(buffer)))
    return absl::nullopt;
  std::memcpy(&header, buffer, sizeof(header));
  if (header.magic != kPadMagic) return absl::nullopt;
  Pad pad = {header,
             Secret(std::string(buffer + sizeof(header), static_cast<size_t>(size) - sizeof(header)))};
  Erase(buffer, static_cast<size_t>(size));
  return pad;
}

// Returns the entry's bytes; nullopt when the share is gone or is not the one that belongs to the pad.
absl::optional<Secret> SplitStore::Join(const std::string& key_name, const Pad& pad) {
  std::string data(pad.bytes.Reveal().size(), '\0');
  if (!place_.Get(key_name, pad.header.id, &data)) return absl::nullopt;
  Xor(pad.bytes.Reveal(), &data);
  Secret entry(std::move(data));
  if (Sha256(entry.Reveal()) != pad.header.digest) return absl::nullopt;
  return entry;
}

absl::optional<Secret> SplitStore::ReadEntry(const PrivateFolder& folder, const std::string& name) {
  ShareId known = 0;
  for (int i = 0; i < kTries; ++i) {
    const absl::optional<Pad> pad = ReadPad(folder, name);
    if (!pad || pad->header.id == known) return absl::nullopt;
    absl::optional<Secret> entry = Join(name.substr(0, kKeyNameSize), *pad);
    if (entry) return entry;
    known = pad->header.id;
  }
  return absl::nullopt;
}

absl::optional<Entry> SplitStore::Find(const CredentialKey& key) {
  // A folder that is open already is where the key's record is, and the pad with it.
  for (const bool opened : {true, false}) {
    for (PrivateFolder* folder : folders_) {
      if (folder->is_open() != opened || !folder->Open().ok()) continue;
      absl::optional<Secret> data = ReadEntry(*folder, UsualName(key.FileName()));
      if (!data) data = ReadEntry(*folder, NameOfThisHost(key.FileName()));
      absl::optional<Entry> entry = data ? ParseEntry(data->Reveal(), key.text()) : absl::nullopt;
      if (entry) return entry;
    }
  }
  return absl::nullopt;
}

std::vector<SplitStore::Kept> SplitStore::FindPads(const std::string& key_name) {
  std::vector<Kept> found;
  for (PrivateFolder* folder : folders_) {
    if (!folder->Open().ok()) continue;
    for (const std::string& name : {UsualName(key_name), NameOfThisHost(key_name)}) {
      absl::optional<Pad> pad = ReadPad(*folder, name);
      if (pad) found.push_back({folder, name, *std::move(pad)});
    }
  }
  return found;
}

bool SplitStore::IsOfAnotherHost(const std::string& key_name, const Pad& pad, absl::Time now) {
  return pad.header.host != HostTag() && now < absl::FromUnixSeconds(pad.header.end_s) &&
         !Join(key_name, pad);
}

absl::StatusOr<PrivateFolder*> SplitStore::WritePad(const std::string& name, const Pad& pad, absl::Time end) {
  std::string data(reinterpret_cast<const char*>(&pad.header), sizeof(pad.header));
  data += pad.bytes.Reveal();
  absl::Status failed;
  for (PrivateFolder* folder : folders_) {
    absl::Status written = folder->Make();
    if (written.ok()) written = PutFile(*folder, name, data, end);
    if (written.ok()) return folder;
    if (failed.ok()) {
      failed = written;
    } else {
      failed = WithHint(absl::Status(failed.code(), absl::StrCat(failed.message(), ", ", written.message())),
                        HintOf(failed));
    }
  }
  if (failed.ok()) failed = absl::FailedPreconditionError("none has a name");
  return WithContext(failed, "no private folder for a part of it");
}

absl::Status SplitStore::Remember(const CredentialKey& key, const Entry& entry, absl::Time now) {
  Secret data(FormatEntry(key.text(), entry));
  const size_t size = data.Reveal().size();
  if (size > kLargestEntry)
    return absl::ResourceExhaustedError(absl::StrCat("larger than ", kLargestEntry, " bytes"));
  Pad pad = {{kPadMagic, HostTag(), absl::ToUnixSeconds(EndOf(entry)), 0, Sha256(data.Reveal())},
             Secret(RandomBytes(size))};
  std::string share = data.Reveal();
  Xor(pad.bytes.Reveal(), &share);
  std::vector<Kept> old = FindPads(key.FileName());
  const auto ours = std::partition(old.begin(), old.end(), [&](const Kept& kept) {
    return IsOfAnotherHost(key.FileName(), kept.pad, now);
  });
  const std::string name = ours == old.begin() ? UsualName(key.FileName()) : NameOfThisHost(key.FileName());
  old.erase(old.begin(), ours);
  const absl::StatusOr<ShareId> id =
      place_.Put(key.FileName(), share, EndOf(entry), now, old.empty() ? 0 : old.front().pad.header.id);
  if (!id.ok()) return id.status();
  pad.header.id = *id;
  const absl::StatusOr<PrivateFolder*> written = WritePad(name, pad, EndOf(entry));
  if (!written.ok()) {
    place_.Remove(key.FileName(), *id);
    return written.status();
  }
  for (const Kept& kept : old) {
    place_.Remove(key.FileName(), kept.pad.header.id);
    if (kept.folder != *written || kept.name != name) unlinkat(kept.folder->fd(), kept.name.c_str(), 0);
  }
  RemoveEnded((*written)->fd(), now);
  return absl::OkStatus();
}

absl::StatusOr<bool> SplitStore::Forget(const CredentialKey& key) {
  bool found = false;
  for (const Kept& kept : FindPads(key.FileName())) {
    const absl::optional<Secret> data = ReadEntry(*kept.folder, kept.name);
    const bool is_of_key = data && ParseEntry(data->Reveal(), key.text());
    if (data && !is_of_key) continue;
    if (unlinkat(kept.folder->fd(), kept.name.c_str(), 0) != 0 && errno != ENOENT)
      return WithContext(ErrnoError(errno, kept.name), kept.folder->path());
    place_.Remove(key.FileName(), kept.pad.header.id);
    found = found || is_of_key;
  }
  return found;
}

std::vector<CredentialKey> SplitStore::List() {
  std::vector<CredentialKey> keys;
  for (PrivateFolder* folder : folders_) {
    if (!folder->Open().ok()) continue;
    ForEachFile(folder->fd(), kMaxListed, [&](absl::string_view name) {
      const std::string key_name(name.substr(0, kKeyNameSize));
      if (!IsKeyFileName(name, suffix_) && name != NameOfThisHost(key_name)) return;
      const absl::optional<Secret> data = ReadEntry(*folder, std::string(name));
      const absl::optional<std::string> text = data ? KeyTextOfEntry(data->Reveal()) : absl::nullopt;
      if (text && CredentialKey::FromText(*text).FileName() == key_name)
        keys.push_back(CredentialKey::FromText(*text));
    });
  }
  return keys;
}

}  // namespace credential_provider
