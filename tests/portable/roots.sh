#!/usr/bin/env bash
# Root file systems of other systems, each made once from apt's own mirror and kept in ~/.cache. Sourced. Needs root and
# debootstrap.

roots_folder=${XDG_CACHE_HOME:-$HOME/.cache}/credential_provider_tests/roots

# What each is made of: a suite of Debian's, an architecture, packages beside the minimum. Debian 12 is bare: no
# authorities.
root_recipe() {
  case $1 in
    debian-11) echo bullseye amd64 ca-certificates ;;
    debian-12) echo bookworm amd64 ;;
    debian-13) echo trixie amd64 ca-certificates ;;
    debian-12-arm64) echo bookworm arm64 ;;
    debian-12-dnf) echo bookworm amd64 ca-certificates,dnf ;;
  esac
}

# apt-get with lists of its own: it installs nothing and changes nothing on the machine.
root_apt() { # root_apt FOLDER ARCHITECTURE ARGUMENT...
  local folder=$1 architecture=$2
  shift 2
  mkdir -p "$folder/lists/partial" "$folder/archives/partial"
  apt-get -qq -o "Dir::State::lists=$folder/lists" -o "Dir::Cache=$folder" -o Dir::State::status=/dev/null \
    -o "APT::Architecture=$architecture" -o "APT::Architectures=$architecture" -o APT::Sandbox::User=root \
    -o "Dir::Etc::sourcelist=$folder/sources.list" -o Dir::Etc::sourceparts=/dev/null "$@"
}

# Unpacks packages as they are, without what they do when they are installed: enough for a libc and a shell.
unpack_packages() { # unpack_packages FOLDER SUITE ARCHITECTURE PACKAGE...
  local folder=$1 suite=$2 architecture=$3 apt status
  shift 3
  apt=$(mktemp -d) || return
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $(root_mirror) $suite main" >"$apt/sources.list"
  (cd "$apt" && root_apt "$apt" "$architecture" update && root_apt "$apt" "$architecture" download "$@" >/dev/null &&
    for package in *.deb; do dpkg-deb -x "$package" "$folder" || exit; done)
  status=$?
  rm -rf "$apt"
  return $status
}

root_mirror() { apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep -v security | head -n 1; }

make_root() { # make_root NAME FOLDER
  local recipe
  read -ra recipe < <(root_recipe "$1")
  case $1 in
    # Alpine is not on the mirror: its libc and its shell are.
    musl) mkdir -p "$2/etc" && unpack_packages "$2" bookworm amd64 musl busybox-static ;;
    *-arm64)
      mkdir -p "$2/etc" && unpack_packages "$2" "${recipe[0]}" "${recipe[1]}" base-files libc6 busybox &&
        unpack_packages "$2" trixie "${recipe[1]}" kubectl ;;
    *) debootstrap --variant=minbase ${recipe[2]:+--include="${recipe[2]}"} "${recipe[0]}" "$2" "$(root_mirror)" >&2 ;;
  esac
}

# unpack_root NAME FOLDER : makes FOLDER the root NAME. Returns an error, with the reason on stderr, where none can be had.
unpack_root() {
  local archive=$roots_folder/$1.tar work status=0
  mkdir -p "$2" "$roots_folder" || return
  [ "$1" != empty ] || return 0
  if [ ! -s "$archive" ]; then
    work=$(mktemp -d) || return
    { make_root "$1" "$work/root" && rm -rf "$work/root/var/cache/apt" "$work/root/var/lib/apt/lists" &&
      tar -C "$work/root" --one-file-system --exclude='./dev/*' -cf "$archive.new" . && mv "$archive.new" "$archive"; } || status=$?
    rm -rf "$work"
    [ "$status" -eq 0 ] || return "$status"
  fi
  tar -C "$2" -xf "$archive"
}
