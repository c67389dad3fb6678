#!/bin/sh
# Installs a release of credential_provider and `kubectl ack` for one user, without root; --help says more.
set -eu

# What packaging/release.sh has filled in.
release='@VERSION@'
project='@ADDRESS@'
minisign_key='@MINISIGN_KEY@'
cosign_key='@COSIGN_KEY@'

fail() { # fail MESSAGE HINT
  printf 'error: %s\nhint: %s\n' "$1" "$2" >&2
  exit 1
}

has() { command -v "$1" >/dev/null 2>&1; }

usage() {
  cat <<'END'
Installs credential_provider and kubeconfig_writer, with `kubectl ack`, manual pages and completion, without root.

usage: install.sh [--prefix FOLDER] [--version VERSION] [--require-signature]
       install.sh --uninstall [--prefix FOLDER]

  --prefix FOLDER      where to: FOLDER/bin and FOLDER/share (default: ~/.local)
  --version VERSION    another release than the one that this script is of
  --require-signature  install nothing that only its checksum speaks for
  --uninstall          remove what this script has installed there

The checksum of what comes is always compared, and where minisign or cosign is on the PATH also the signature of the
checksums, with keys that are in this script. The variable INSTALL_FROM is another address of the project: https, or this
machine's own. A name and a password for it belong into ~/.netrc.
END
}

value_of() { # value_of OPTION NUMBER-OF-ARGUMENTS VALUE
  [ "$2" -ge 2 ] || fail "$1 has no value" 'install.sh --help shows what it takes'
  printf '%s' "$3"
}

parse() {
  prefix='' version=$release uninstall='' require_signature=''
  while [ $# -gt 0 ]; do
    case $1 in
      --prefix)
        prefix=$(value_of "$1" $# "${2-}") || exit 1
        shift
        ;;
      --version)
        version=$(value_of "$1" $# "${2-}") || exit 1
        version=${version#v}
        shift
        ;;
      --require-signature) require_signature=yes ;;
      --uninstall) uninstall=yes ;;
      -h | --help) usage && exit 0 ;;
      *) fail "$1 is no option" 'install.sh --help shows what it takes' ;;
    esac
    shift
  done
  if [ -z "$prefix" ]; then
    [ -n "${HOME:-}" ] || fail 'HOME is not set' 'name a folder with --prefix'
    prefix=$HOME/.local
  fi
  case $prefix in
    /*) ;;
    *) prefix=$PWD/$prefix ;;
  esac
  list=$prefix/share/credential_provider/installed
}

# Only to this machine itself may a request go without TLS. An address is shown, and in the arguments of who downloads.
check_address() {
  project=${INSTALL_FROM:-$project}
  project=${project%/}
  host=${project#*://} && host=${host%%/*}
  case $project in
    *://*)
      case $host in
        *@*) fail 'the address of the project has a name or a password in it' 'leave them out: curl and wget read ~/.netrc' ;;
      esac
      ;;
  esac
  case $project in
    https://?*) protocol=https && return ;;
    http://*)
      case $host in
        localhost | localhost:* | 127.0.0.1 | 127.0.0.1:* | '[::1]' | '[::1]:'*) protocol=http && return ;;
      esac
      ;;
    *'@'*) fail 'this install.sh is not of a release' 'take the one that lies beside the files of a release' ;;
  esac
  fail "$project is no address that begins with https" 'leave INSTALL_FROM out, or give one that does'
}

check_version() {
  case $version in
    '' | *[!0-9A-Za-z.]* | .*) fail "$version is no version" 'give three numbers, such as 0.2.0' ;;
  esac
}

find_target() {
  system=$(uname -s) machine=$(uname -m)
  case $machine in
    x86_64 | amd64) machine=amd64 ;;
    aarch64 | arm64) machine=arm64 ;;
  esac
  # An Intel shell on a Mac that is none.
  if [ "$system" = Darwin ] && [ "$(sysctl -n sysctl.proc_translated 2>/dev/null)" = 1 ]; then machine=arm64; fi
  case $system-$machine in
    Linux-amd64 | Linux-arm64) target=linux-$machine ;;
    Darwin-amd64 | Darwin-arm64) target=darwin-$machine ;;
    *) fail "nothing is made for $system on $machine" 'Linux and macOS on x86-64 and arm64 are served' ;;
  esac
}

# Which program downloads. busybox's wget does not look who a server is, so there only a signature will do.
find_downloader() {
  if has curl; then
    downloader=curl
  elif has wget && wget --version 2>/dev/null | grep -q '^GNU Wget'; then
    downloader=wget
  elif has wget; then
    downloader=other_wget
    [ "$protocol" = http ] || require_signature=yes
  else
    fail 'there is neither curl nor wget on the PATH' 'install one of them'
  fi
}

download() { # download FILE
  url=$project/releases/download/v$version/$1
  case $downloader in
    curl) curl --proto "=$protocol" --proto-redir "=$protocol" --netrc-optional --connect-timeout 20 -fsSL -o "$work/$1" "$url" ;;
    wget) wget -T 60 -O "$work/$1" "$url" ;;
    other_wget) wget -q -O "$work/$1" "$url" ;;
  esac 2>"$work/said" || {
    reason=$(grep . "$work/said" | tail -n 1)
    fail "$url could not be downloaded${reason:+: $reason}" 'see whether it is there, and whether a proxy has to be set'
  }
  # GNU wget follows to wherever it is sent, and notes each address.
  [ "$protocol" = http ] || ! grep -q '^--.*--  http:' "$work/said" ||
    fail "$url could not be downloaded: it leads to an address without TLS" 'nothing was installed: tell the project'
  [ -f "$work/$1" ] || fail "$url gave no file" 'try again'
}

check_tools() {
  has minisign || has cosign || [ -z "$require_signature" ] || fail 'there is neither minisign nor cosign to check the signature with' \
    'install one of them; with curl or GNU wget it is done without, unless --require-signature is given'
}

# Of the tools that are there each has to be content: what only one key has signed is not of a release.
check_signature() {
  checked=''
  if has minisign; then
    download SHA256SUMS.minisig
    minisign -q -V -P "$minisign_key" -m "$work/SHA256SUMS" >/dev/null 2>&1 ||
      fail 'the minisign signature of SHA256SUMS does not fit' 'nothing was installed: tell the project, and try again later'
    checked="${checked}minisign "
  fi
  if has cosign; then
    download SHA256SUMS.sig
    printf '%s\n' "$cosign_key" >"$work/cosign.pub"
    cosign verify-blob --key "$work/cosign.pub" --insecure-ignore-tlog --signature "$work/SHA256SUMS.sig" \
      "$work/SHA256SUMS" >/dev/null 2>&1 ||
      fail 'the cosign signature of SHA256SUMS does not fit' 'nothing was installed: tell the project, and try again later'
    checked="${checked}cosign "
  fi
}

sha256_of() { # sha256_of FILE
  if has sha256sum; then sha256sum "$1"; elif has shasum; then shasum -a 256 "$1"; else openssl dgst -sha256 -r "$1"; fi |
    sed 's/[^0-9a-f].*//'
}

check_sum() { # check_sum FILE
  expected=$(awk -v file="$1" '$2 == file { print $1 }' "$work/SHA256SUMS")
  [ -n "$expected" ] || fail "SHA256SUMS has no $1" "see which files the release $version has"
  [ "$(sha256_of "$work/$1")" = "$expected" ] ||
    fail "$1 is not what SHA256SUMS says" 'nothing was installed: try again, and tell the project if it stays so'
}

is_listed() { [ -f "$list" ] && grep -Fqx -- "$1" "$list"; }

# What somebody else has put there is not replaced.
check_free() { # check_free FILES
  while read -r file; do
    if [ -e "$prefix/$file" ] || [ -L "$prefix/$file" ]; then
      is_listed "$file" ||
        fail "$prefix/$file is there already, and not from install.sh" 'remove it, or choose another --prefix'
    fi
  done <"$1"
}

# Notes each folder that has to be made, so that no other is ever removed.
make_folder() { # make_folder FOLDER
  [ ! -d "$1" ] || return 0
  make_folder "$(dirname "$1")"
  mkdir "$1" 2>/dev/null || fail "$1 could not be made" 'choose another folder with --prefix'
  printf '%s\n' "$1" >>"$work/made"
}

# What is put in place is made in a new folder beside it first, where nobody else has a file.
make_stage() {
  stage=$(dirname "$list")/new.$$
  mkdir "$stage" && return
  stage=''
  fail "no folder could be made in $(dirname "$list")" 'choose another folder with --prefix, or make room'
}

put() { # put FILE : a program that runs meanwhile goes on with the old one
  if cp -RP "$work/unpacked/$1" "$stage/file" && mv -f "$stage/file" "$prefix/$1"; then return; fi
  fail "$prefix/$1 could not be written" 'choose another folder with --prefix, or make room'
}

make_folders() { # make_folders FILES
  make_folder "$(dirname "$list")"
  while read -r file; do make_folder "$(dirname "$prefix/$file")"; done <"$1"
}

# The list has the files that are installed, and after "made" the folders that were not there before.
write_list() { # write_list FILES...
  sed 's/^/made /' "$work/made" | cat "$@" - | sort -u >"$stage/list" && mv -f "$stage/list" "$list" && return
  fail "$list could not be written" 'choose another folder with --prefix, or make room'
}

read_old_list() {
  : >"$work/old"
  [ -f "$list" ] || return 0
  sed '/^made /d' "$list" >"$work/old"
  sed -n 's/^made //p' "$list" >"$work/made"
}

remove_what_the_old_one_had_more() {
  while read -r file; do
    grep -Fqx -- "$file" "$work/files" || rm -f "$prefix/$file"
  done <"$work/old"
}

# Folders that were made for what was never listed go again.
clean_up() {
  if [ -n "$stage" ]; then rm -rf "$stage"; fi
  if [ -f "$work/made" ] && [ ! -f "$list" ]; then remove_folders <"$work/made"; fi
  rm -rf "$work"
}

# Deepest first; one that somebody else uses by now stays.
remove_folders() { sort -ru | while read -r folder; do rmdir "$folder" 2>/dev/null || :; done; }

install_release() {
  check_address
  check_version
  find_target
  find_downloader
  check_tools
  work=$(mktemp -d) || fail 'no temporary folder could be made' 'see whether there is room in TMPDIR'
  stage=''
  trap clean_up EXIT
  trap 'exit 1' HUP INT TERM
  tarball=credential_provider-$version-$target.tar.gz
  download SHA256SUMS
  check_signature
  download "$tarball"
  check_sum "$tarball"

  mkdir "$work/unpacked" && : >"$work/made"
  gzip -dc "$work/$tarball" | tar -C "$work/unpacked" -xf - ||
    fail "$tarball could not be unpacked" 'see whether there is room in TMPDIR'
  mv "$work/unpacked/${tarball%.tar.gz}/bin" "$work/unpacked/${tarball%.tar.gz}/share" "$work/unpacked"
  rm -rf "$work/unpacked/${tarball%.tar.gz}"
  (cd "$work/unpacked" && find bin share ! -type d) >"$work/files"
  check_free "$work/files"
  read_old_list
  make_folders "$work/files"
  make_stage
  # Listed before they are there, and until they are gone: what an interrupted run leaves is known as this script's.
  write_list "$work/files" "$work/old"
  while read -r file; do put "$file"; done <"$work/files"
  remove_what_the_old_one_had_more
  write_list "$work/files"
  report
}

report() {
  "$prefix/bin/credential_provider" version >"$work/said" 2>&1 ||
    fail "$prefix/bin/credential_provider is installed and does not run here" "install.sh --uninstall --prefix '$prefix' removes it"
  echo "$(head -n 1 "$work/said") is in $prefix/bin (checked: ${checked}sha256)"
  [ -n "$checked" ] || echo 'note: with minisign or cosign on the PATH the signature would have been checked, too' >&2
  case :$PATH: in
    *":$prefix/bin:"*) echo 'next: kubectl ack get-credentials CLUSTER' ;;
    *) echo "next: put $prefix/bin on the PATH, then kubectl ack get-credentials CLUSTER" ;;
  esac
}

uninstall_release() {
  [ -f "$list" ] || fail "nothing that install.sh installed is in $prefix" 'name the folder with --prefix'
  folders=$(sed -n 's/^made //p' "$list")
  while read -r file; do
    case $file in 'made '*) continue ;; esac
    rm -f "$prefix/$file" || fail "$prefix/$file could not be removed" 'see who may write there, and do it again'
  done <"$list"
  rm -f "$list" || fail "$list could not be removed" 'see who may write there, and do it again'
  printf '%s\n' "$folders" | remove_folders
  echo "credential_provider is no longer in $prefix"
}

main() {
  parse "$@"
  if [ -n "$uninstall" ]; then uninstall_release; else install_release; fi
}

# At the end: of a script that was cut off on its way nothing is run.
main "$@"
