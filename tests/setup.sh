#!/usr/bin/env bash
# Installs what the build and the tests need and the machine lacks, from Debian's packages. Sourced by
# quickstart.sh and run.sh; safe to run again, and quick when there is nothing to do. After it, kubectl is on the
# PATH.

packages=(
  bazel-bootstrap bazel-rules-java bazel-rules-proto g++ libc6-dev make perl python3-pip xz-utils
  ca-certificates curl openssl
)

missing_packages() { # missing_packages PACKAGE...
  local package
  for package in "$@"; do
    dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || echo "$package"
  done
}

install_packages() { # install_packages PACKAGE...
  local missing as_root=()
  mapfile -t missing < <(missing_packages "$@")
  [ ${#missing[@]} -eq 0 ] && return 0
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || { echo "setup: run as root: apt-get install ${missing[*]}" >&2; return 1; }
    as_root=(sudo -n)
  fi
  echo "setup: installing ${missing[*]}" >&2
  "${as_root[@]}" apt-get update -qq >&2 &&
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
      apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# What a suite needs and can do without: it says what it skips.
want_packages() { install_packages "$@" || true; }

# What Debian 12 does not have, or too old: the package of a newer suite is unpacked into a private folder, not installed.
# The mirror is the one apt already uses.
fetch_newer() { # fetch_newer PROGRAM FOLDER
  local program=$1 folder=$2 suite=trixie mirror
  mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep -v security | head -n 1)
  mkdir -p "$folder/apt/lists/partial" "$folder/apt/cache/archives/partial"
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $suite main" >"$folder/apt/sources.list"
  local options=(-o "Dir::Etc::sourcelist=$folder/apt/sources.list" -o Dir::Etc::sourceparts=/dev/null
    -o "Dir::State::lists=$folder/apt/lists" -o "Dir::Cache=$folder/apt/cache" -o Dir::State::status=/dev/null -o APT::Sandbox::User=root)
  echo "setup: fetching $program from Debian's packages" >&2
  apt-get "${options[@]}" update -qq >&2 &&
    (cd "$folder" && apt-get "${options[@]}" download -qq "$program" >/dev/null && dpkg-deb -x "${program}"_*.deb .) &&
    [ -x "$folder/usr/bin/$program" ]
}

ensure_newer() { # ensure_newer PROGRAM : puts it on the PATH; its package needs only libc
  command -v "$1" >/dev/null && return 0
  local folder=${XDG_CACHE_HOME:-$HOME/.cache}/credential_provider_tests/$1
  [ -x "$folder/usr/bin/$1" ] || fetch_newer "$1" "$folder" || return
  PATH=$folder/usr/bin:$PATH
}

# Debian 12's own kubectl (1.20) is too old for exec credentials v1.
ensure_kubectl() {
  ensure_newer kubectl || { echo "setup: no kubectl: put one of version 1.24 or newer on the PATH" >&2; return 1; }
}

. "$(dirname "${BASH_SOURCE[0]}")/sources.sh"
install_packages "${packages[@]}" && ensure_sources && ensure_kubectl
