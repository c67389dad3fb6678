#include "tests/simulation/files.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "credential_provider/platform/this_process.h"

namespace credential_provider::simulation {
namespace {

// "/a/b" is "b" in "/a".
std::pair<absl::string_view, std::string> Split(absl::string_view path) {
  const size_t slash = path.rfind('/');
  return {slash == 0 ? "/" : path.substr(0, slash), std::string(path.substr(slash + 1))};
}

}  // namespace

Files::Files() : root_(Make(&disk, true, 0755)) {
  AddFolder(AddFolder(root_, "home", &disk), "u", &disk);
  AddFolder(AddFolder(root_, "run", &runtime), "u", &runtime);
  AddFolder(AddFolder(root_, "dev", &memory), "shm", &memory)->mode = 01777;
}

File* Files::Make(Volume* volume, bool is_folder, mode_t mode) {
  return new File{++made_, volume, is_folder, mode};
}

File* Files::AddFolder(File* parent, const std::string& name, Volume* volume) {
  File* const folder = Make(volume, true, 0755);
  folder->links = 1;
  return parent->names[name] = folder;
}

File* Files::Find(absl::string_view path) {
  File* file = root_;
  while (!path.empty()) {
    path.remove_prefix(1);  // the slash
    const size_t end = std::min(path.find('/'), path.size());
    if (end > 0) {
      if (!file->is_folder) return nullptr;
      const auto found = file->names.find(std::string(path.substr(0, end)));
      if (found == file->names.end()) return nullptr;
      file = found->second;
    }
    path.remove_prefix(end);
  }
  return file;
}

int Files::Open(absl::string_view path, int flags, mode_t mode, timespec now, OpenFile** opened) {
  if (path == "/") return -EISDIR;
  const auto [above, name] = Split(path);
  File* const folder = Find(above);
  if (folder == nullptr) return -ENOENT;
  return OpenAt(folder, name, flags, mode, now, opened);
}

int Files::OpenAt(File* folder, absl::string_view name, int flags, mode_t mode, timespec now,
                  OpenFile** opened) {
  if (name == ".") {
    *opened = new OpenFile{folder, flags};
    return 0;
  }
  const auto found = folder->names.find(std::string(name));
  const bool writes = (flags & O_ACCMODE) != O_RDONLY;
  File* file = found == folder->names.end() ? nullptr : found->second;
  if (file != nullptr && (flags & O_CREAT) != 0 && (flags & O_EXCL) != 0) return -EEXIST;
  if (file != nullptr && (flags & O_DIRECTORY) != 0 && !file->is_folder) return -ENOTDIR;
  if (file == nullptr && (flags & O_CREAT) == 0) return -ENOENT;
  if (writes && folder->volume->read_only) return -EROFS;
  if (file == nullptr) {
    if (folder->volume->makes_none || folder->links == 0) return folder->links == 0 ? -ENOENT : -ENOSPC;
    file = Make(folder->volume, false, mode);
    file->links = 1;
    file->modified = now;
    folder->names[std::string(name)] = file;
  }
  if ((flags & O_TRUNC) != 0) file->data.clear();
  *opened = new OpenFile{file, flags};
  return 0;
}

int Files::MakeFolder(absl::string_view path, mode_t mode) {
  const auto [above, name] = Split(path);
  File* const parent = Find(above);
  if (parent == nullptr) return -ENOENT;
  if (parent->names.count(name) != 0) return -EEXIST;
  if (parent->volume->read_only) return -EROFS;
  if (parent->volume->makes_none) return -ENOSPC;
  AddFolder(parent, name, parent->volume)->mode = mode;
  return 0;
}

int Files::Unlink(File* folder, const std::string& name) {
  const auto found = folder->names.find(name);
  if (found == folder->names.end()) return -ENOENT;
  if (found->second->is_folder) return -EISDIR;
  if (folder->volume->read_only) return -EROFS;
  --found->second->links;
  folder->names.erase(found);
  return 0;
}

int Files::RemoveFolder(File* folder, const std::string& name) {
  const auto found = folder->names.find(name);
  if (found == folder->names.end()) return -ENOENT;
  if (!found->second->names.empty()) return -ENOTEMPTY;
  found->second->links = 0;
  folder->names.erase(found);
  return 0;
}

int Files::Rename(File* folder, const std::string& from, const std::string& to) {
  const auto found = folder->names.find(from);
  if (found == folder->names.end()) return -ENOENT;
  if (folder->volume->read_only) return -EROFS;
  File* const file = found->second;
  folder->names.erase(found);
  File*& place = folder->names[to];
  if (place != nullptr) --place->links;
  place = file;
  return 0;
}

long Files::Write(File* file, absl::string_view data, size_t at, timespec now) {
  size_t end = at + data.size();
  Volume& volume = *file->volume;
  if (volume.full && end > file->data.size()) {
    const size_t possible = std::max(at, std::min(end, file->data.size() + volume.room));
    volume.room -= std::min(volume.room, possible - std::min(possible, file->data.size()));
    if (possible == at && !data.empty()) return -ENOSPC;
    end = possible;
  }
  if (file->data.size() < end) file->data.resize(end, '\0');
  std::memcpy(&file->data[at], data.data(), end - at);
  file->modified = now;
  return static_cast<long>(end - at);
}

long Files::Read(const File* file, char* data, size_t size, size_t at) {
  if (at >= file->data.size()) return 0;
  const size_t count = std::min(size, file->data.size() - at);
  std::copy_n(file->data.begin() + static_cast<std::ptrdiff_t>(at), count, data);
  return static_cast<long>(count);
}

int Files::Lock(OpenFile* opened) {
  if (opened->file->locked_by != nullptr && opened->file->locked_by != opened) return -EWOULDBLOCK;
  opened->file->locked_by = opened;
  return 0;
}

void Files::Unlock(const OpenFile* opened) {
  if (opened->file->locked_by == opened) opened->file->locked_by = nullptr;
}

void Files::Describe(const File* file, struct stat* info) {
  std::memset(info, 0, sizeof(*info));
  info->st_ino = file->number;
  info->st_mode = file->mode | (file->is_folder ? S_IFDIR : S_IFREG);
  info->st_nlink = static_cast<nlink_t>(file->links);
  info->st_uid = ThisUser();
  info->st_size = static_cast<off_t>(file->data.size());
  info->st_mtim = file->modified;
}

OpenFile* Files::OpenText(std::string text) {
  static Volume volume = {"proc", false};
  auto* const file = new File{0, &volume, false, 0444};
  file->data = std::move(text);
  return new OpenFile{file, O_RDONLY};
}

}  // namespace credential_provider::simulation
