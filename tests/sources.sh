#!/usr/bin/env bash
# Gets the compiler and the archives of third_party/sources.bzl and writes their places to .bazelrc.machine. Sourced by
# setup.sh. Each comes by its name from the package registries that this machine uses, and is checked by its sum.

repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
sources_folder=${XDG_CACHE_HOME:-$HOME/.cache}/credential_provider_tests
distdir=$sources_folder/distdir

# A source package of Debian's newer suites, and the archive's name where its authors publish it.
source_packages() {
  cat <<END
abseil=20260526.0-2 abseil-cpp-20260526.0.tar.gz
curl=8.21.0-2 curl-8.21.0.tar.gz
googletest=1.18.0-1 googletest-1.18.0.tar.gz
libyaml=0.2.5-2 0.2.5.tar.gz
nlohmann-json3=3.11.3-2.1 v3.11.3.tar.gz
openssl=3.5.7-1~deb13u2 openssl-3.5.7.tar.gz
cpp-httplib=0.18.7-1+deb13u1 httplib.h
END
}

# A mirror drops a version when the next one comes. Crates are never deleted, and these hold the same library: the
# repository's name, the crate, its version and sum, and where the sources are in it.
second_way() {
  case $1 in
    curl) echo curl-sys 0.4.90+curl-8.21.0 97799a0d220bfb3361e0fe4936966ff8c4b24d65c3f06dfc70d7b680b44e7897 curl ;;
    openssl) echo openssl-src 300.5.5+3.5.5 3f1787d533e03597a7934fd0a765f0d28e94ecc5fb7789f8053b1e699a56f709 openssl ;;
    *) return 1 ;;
  esac
}

# apt-get with lists of its own: it installs nothing and changes nothing on the machine.
source_apt() {
  local apt=$sources_folder/apt mirror suite
  if [ ! -e "$apt/sources.list" ]; then
    mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep -v security | head -n 1)
    mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial"
    for suite in trixie sid; do
      echo "deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $suite main"
    done >"$apt/sources.list"
  fi
  apt-get -o "Dir::Etc::sourcelist=$apt/sources.list" -o Dir::Etc::sourceparts=/dev/null -o "Dir::State::lists=$apt/lists" \
    -o "Dir::Cache=$apt/cache" -o Dir::State::status=/dev/null -o APT::Sandbox::User=root -qq "$@"
}

# fetch_source PACKAGE=VERSION ARCHIVE : where only the archive is left of a package, apt-get complains and gets it.
fetch_source() {
  local folder
  folder=$(mktemp -d -p "$distdir") || return
  (cd "$folder" && source_apt source --download-only --tar-only "$1" >/dev/null 2>&1)
  case $2 in
    *.h) tar -xOf "$folder"/*.orig.tar.* --wildcards "*/$2" >"$folder/$2" && mv "$folder/$2" "$distdir" ;;
    *) mv "$folder"/*.orig.tar.* "$distdir/$2" ;;
  esac 2>/dev/null
  local status=$?
  rm -rf "$folder"
  return $status
}

# fetch_crate REPOSITORY CRATE VERSION SHA256 FOLDER : unpacks the crate's FOLDER to be used as that repository.
fetch_crate() {
  local work target=$sources_folder/$2-$3
  work=$(mktemp -d -p "$sources_folder") || return
  mkdir "$work/src" "$work/unpacked" && touch "$work/src/lib.rs" &&
    printf '[package]\nname = "sources"\nversion = "0.0.0"\n[dependencies]\n%s = "=%s"\n' "$2" "$3" >"$work/Cargo.toml" &&
    CARGO_HOME=$work/home cargo fetch -q --manifest-path "$work/Cargo.toml" >&2 &&
    echo "$4  $(echo "$work"/home/registry/cache/*/"$2-$3.crate")" | sha256sum --check --quiet >&2 &&
    tar -xf "$work"/home/registry/cache/*/"$2-$3.crate" -C "$work/unpacked" --strip-components=2 "$2-$3/$5" &&
    touch "$work/unpacked/WORKSPACE" && rm -rf "$target" && mv "$work/unpacked" "$target"
  local status=$?
  rm -rf "$work"
  return $status
}

# Whether this machine's Bazel is Debian's of version 7 or newer.
reads_modules() { grep -qs -- --override_module /etc/bazel/bazelrc; }

# Prints Bazel's option for a repository of which there is no archive, after getting it the second way.
override() { # override REPOSITORY
  local crate name=$1
  read -ra crate < <(second_way "$1") || return
  [ -d "$sources_folder/${crate[0]}-${crate[1]}" ] || fetch_crate "$1" "${crate[@]}" || return
  cp "$repository/third_party/$1.BUILD" "$sources_folder/${crate[0]}-${crate[1]}/BUILD.bazel"
  reads_modules && name=_main~repositories~$1
  echo "build --override_repository=$name=$sources_folder/${crate[0]}-${crate[1]}"
}

fetch_zig() { # fetch_zig FOLDER
  echo "setup: fetching zig from the Python packages" >&2
  rm -rf "$1.part" && python3 -m pip install -q --root-user-action ignore --no-deps --only-binary :all: --require-hashes --target "$1.part" \
    -r "$repository/third_party/zig/requirements.txt" >&2 && mkdir -p "$1.part/ziglang/cache" && mv "$1.part" "$1"
}

# Debian's Bazel 7 reads MODULE.bazel when it is told to. Most of the modules that it insists on are on the machine; the
# others, which nothing here uses, it would ask a registry for: an empty one is enough.
module_options() {
  local module
  reads_modules || return 0
  echo "common --enable_bzlmod --noenable_workspace"
  for module in apple_support buildozer protobuf zlib; do
    mkdir -p "$sources_folder/modules/$module" && echo "module(name = \"$module\")" >"$sources_folder/modules/$module/MODULE.bazel" &&
      echo "common --override_module=$module=$sources_folder/modules/$module"
  done
}

# Leaves everything in place and says in .bazelrc.machine where it is.
ensure_sources() {
  local zig package archive updated= lines=() line
  zig=$sources_folder/zig-$(sed -n 's/^ziglang==\([^ ]*\).*/\1/p' "$repository/third_party/zig/requirements.txt")
  mkdir -p "$distdir"
  [ -x "$zig/ziglang/zig" ] || fetch_zig "$zig" || { echo "setup: no zig: python3-pip could not get it" >&2; return 1; }
  lines+=("build --distdir=$distdir" "build --repo_env=ZIG_HOME=$zig/ziglang"
    "build --sandbox_writable_path=$zig/ziglang/cache")
  mapfile -t -O ${#lines[@]} lines < <(module_options)
  while read -r package archive; do
    [ -e "$distdir/$archive" ] && continue
    echo "setup: fetching $archive from Debian's source packages" >&2
    [ -n "$updated" ] || source_apt update >&2
    updated=1
    fetch_source "$package" "$archive" && continue
    line=$(override "${package%%=*}") && lines+=("$line") && continue
    echo "setup: $archive is not on the mirror: Bazel will ask its authors' site" >&2
  done < <(source_packages)
  printf '%s\n' "${lines[@]}" | cmp -s - "$repository/.bazelrc.machine" ||
    printf '%s\n' "${lines[@]}" >"$repository/.bazelrc.machine"
}
