#!/usr/bin/env bash
# The packages of a release: what they say of themselves is true, two builds give the same bytes, and the .deb
# installs, works and goes away in a fresh Debian. That last part needs root and debootstrap; the fresh system is
# made once, from apt's own mirror, and kept in ~/.cache. QUICK=1 leaves out the second build, which is a whole one.
# Ends with "N passed, N failed, N skipped".
set -uo pipefail
cd "$(dirname "$0")/../.."
. tests/setup.sh || exit 1
want_packages mandoc debootstrap

cache=${XDG_CACHE_HOME:-$HOME/.cache}/credential_provider_tests
scratch=$(mktemp -d)
sandbox=
clean_up() {
  [ -z "$sandbox" ] || kill "$sandbox" 2>/dev/null
  chmod -R u+w "$scratch" && rm -rf "$scratch"
}
trap clean_up EXIT

passed=0 failed=0 skipped=0
skip() { skipped=$((skipped + 1)); echo "skipped: $1: $2"; }
check() { # check NAME COMMAND...
  if "${@:2}" >"$scratch/log" 2>&1; then passed=$((passed + 1)); echo "passed: $1"; return 0; fi
  failed=$((failed + 1))
  echo "FAILED: $1"
  sed 's/^/  /' "$scratch/log"
  return 1
}

build() { bazel build -c opt //:dist //tests/sandbox 2>"$scratch/build.log" || { cat "$scratch/build.log"; return 1; }; }

# The sources as they are here, built in another folder, with nothing from a cache.
build_elsewhere() {
  mkdir "$scratch/clone" || return 1
  git ls-files -z --cached --others --exclude-standard | xargs -0 cp --parents -P -t "$scratch/clone" || return 1
  local flags=(--disk_cache= --symlink_prefix="$scratch/bazel-") built
  built=$(umask 077; cd "$scratch/clone" && TZ=Asia/Shanghai LC_ALL=C bazel --output_base="$scratch/output" build "${flags[@]}" //:dist 2>&1)
  local status=$?
  (cd "$scratch/clone" && bazel --output_base="$scratch/output" shutdown)
  [ "$status" -eq 0 ] || echo "$built"
  return "$status"
}

two_builds_are_equal() {
  build_elsewhere || return 1
  local file
  for file in "$packages"/*; do cmp "$file" "$scratch/bazel-bin/packaging/${file##*/}" || return 1; done
}

# Each library that a program is linked with statically is named, by the version that dpkg knows.
sbom_is_true() { python3 tests/release/check_sbom.py "$packages"/*.spdx.json third_party/BUILD.bazel "$unpacked/usr/bin"; }

depends_are_true() {
  local newest
  newest=$(objdump -T "$unpacked"/usr/bin/* | grep -o 'GLIBC_[0-9.]*' | sort -Vu | tail -n 1)
  dpkg-deb -f "$deb" Depends | grep -F "libc6 (>= ${newest#GLIBC_})" || return 1
  # What is bound at run time: the names in the programs, and whose files those are here.
  local library
  for library in $(strings "$unpacked"/usr/bin/* | grep -E '^lib[a-z]+\.so\.[0-9]+$' | sort -u); do
    case $library in libc.so.* | libm.so.*) continue ;; esac
    dpkg-deb -f "$deb" Depends | grep -wF "$(dpkg -S "*/$library" | head -n 1 | cut -d: -f1)" || { echo "$library"; return 1; }
  done
}

version_is_one() {
  local version
  version=$(dpkg-deb -f "$deb" Version)
  [ "$("$unpacked/usr/bin/credential_provider" version)" = "credential_provider $version" ] &&
    [ "$("$unpacked/usr/bin/kubeconfig_writer" version)" = "kubeconfig_writer $version" ] &&
    zcat "$unpacked"/usr/share/man/man1/credential_provider.1.gz | grep -F "version $version." &&
    zcat "$unpacked"/usr/share/doc/credential-provider/changelog.gz | grep -F "($version)"
}

programs_are_stripped() { ! file "$unpacked"/usr/bin/* | grep 'not stripped'; }

tarball_has_the_same() {
  tar -C "$scratch" -xzf "$packages"/*.tar.gz || return 1
  diff -r "$unpacked/usr/bin" "$scratch"/credential_provider-*/bin &&
    diff -r "$unpacked/usr/share/man" "$scratch"/credential_provider-*/share/man &&
    [ -s "$(echo "$scratch"/credential_provider-*/LICENSE)" ]
}

man_pages_are_clean() {
  local page notes
  for page in "$unpacked"/usr/share/man/man1/*; do
    notes=$(zcat "$page" | mandoc -Tlint -Wall)
    [ -z "$notes" ] || { echo "$notes"; return 1; }
  done
}

nothing_is_coloured() {
  local program
  for program in "$unpacked"/usr/bin/*; do
    # `script` gives it a terminal.
    ! TERM=xterm-256color script -qec "$program help; $program status; $program no-such-command" /dev/null | grep $'\e' || return 1
  done
}

home=/home/user  # in the fresh system

# A fresh Debian with what the package depends on and nothing else.
fresh_root() {
  local archive=$cache/debian-root.tar mirror
  if [ ! -s "$archive" ]; then
    mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep -v security | head -n 1)
    debootstrap --variant=minbase --include=libcurl4,libssl3,ca-certificates bookworm "$scratch/new" "$mirror" || return 1
    mkdir -p "$cache" && tar -C "$scratch/new" --one-file-system -cf "$archive.new" . && mv "$archive.new" "$archive" || return 1
  fi
  mkdir "$scratch/root" && tar -C "$scratch/root" -xf "$archive" && mkdir "$scratch/root$home" && echo '127.0.0.1 localhost' >"$scratch/root/etc/hosts"
}

# Runs a command in the fresh system, with a /proc that goes away with it. The network is this machine's.
inside() {
  unshare --mount --pid --fork sh -c 'mount -t proc proc "$0/proc" && exec chroot "$0" "$@"' "$scratch/root" \
    env -i PATH=/usr/bin:/bin:/usr/sbin:/sbin HOME="$home" ALIBABA_CLOUD_ECS_METADATA_DISABLED=true \
    ALIBABA_CLOUD_STS_ENDPOINT="$cloud" ALIBABA_CLOUD_ACCESS_KEY_ID=sandbox-alice \
    ALIBABA_CLOUD_ACCESS_KEY_SECRET=sandbox-alice-secret "$@"
}

# What is in the system, but for dpkg's own book-keeping.
contents() { (cd "$scratch/root" && find . -path ./var/lib/dpkg -prune -o -path ./var/log -prune -o -printf '%M %u %p\n' | sort); }

installs() { cp "$deb" "$scratch/root/tmp/package.deb" && inside dpkg --install /tmp/package.deb && rm "$scratch/root/tmp/package.deb"; }
does_not_stay_without_libcurl() { ! inside dpkg --remove libcurl4; }

kubectl_works() {
  install -m 755 "$(command -v kubectl)" "$scratch/root$home/kubectl" || return 1
  local args=(--cluster-id c00000000000000000000000000000001 --cs-endpoint "$cloud" --store disk)
  inside kubeconfig_writer install ack --no-backup "${args[@]}" && inside "$home/kubectl" get namespace | tee "$scratch/namespaces" || return 1
  grep -q kube-system "$scratch/namespaces" && inside credential_provider status
}

# The user takes back what the user did, and the administrator the package.
leaves_nothing() {
  inside kubeconfig_writer uninstall --no-backup ack-c00000000000000000000000000000001 && inside dpkg --purge credential-provider || return 1
  rm -rf "$scratch/root$home"/{kubectl,.kube,.cache}
  contents | diff "$scratch/before" -
}

check "bazel build //:dist" build || { echo "$passed passed, $failed failed, $skipped skipped"; exit 1; }
bin=$(bazel info -c opt bazel-bin 2>/dev/null)
packages=$bin/packaging
deb=$(echo "$packages"/*.deb)
unpacked=$scratch/unpacked
dpkg-deb -x "$deb" "$unpacked"

check "SBOM is valid, and its versions are dpkg's" sbom_is_true
check "Depends names what the programs need" depends_are_true
check "programs, man pages, changelog and package are of one version" version_is_one
check "programs are stripped" programs_are_stripped
check "tarball has the same programs and pages, and the licence" tarball_has_the_same
check "nothing is coloured, even on a terminal" nothing_is_coloured
if command -v mandoc >/dev/null; then
  check "man pages have no remark of mandoc's" man_pages_are_clean
else
  skip "man pages have no remark of mandoc's" "mandoc is not installed"
fi
if [ -n "${QUICK:-}" ]; then
  skip "a build in another folder gives the same bytes" "QUICK is set"
else
  check "a build in another folder gives the same bytes" two_builds_are_equal
fi
(cd "$packages" && sha256sum ./*)

steps=("installs in a fresh Debian" "its libraries cannot be removed under it" "kubeconfig_writer and kubectl work there"
  "removed, it leaves nothing behind")
if [ "$(id -u)" -ne 0 ] || ! command -v debootstrap >/dev/null; then
  for step in "${steps[@]}"; do skip "$step" "needs root and debootstrap"; done
elif ! fresh_root >"$scratch/log" 2>&1; then
  for step in "${steps[@]}"; do skip "$step" "no fresh Debian: $(tail -n 1 "$scratch/log")"; done
else
  mkdir "$scratch/sandbox"
  "$bin/tests/sandbox/sandbox" --dir "$scratch/sandbox" --lifetime 300 &
  sandbox=$!
  for _ in $(seq 100); do [ -e "$scratch/sandbox/sandbox.json" ] && break; sleep 0.05; done
  cloud=$(sed -n 's/.*"cloud": *"\([^"]*\)".*/\1/p' "$scratch/sandbox/sandbox.json")
  contents >"$scratch/before"
  check "${steps[0]}" installs
  check "${steps[1]}" does_not_stay_without_libcurl
  check "${steps[2]}" kubectl_works
  check "${steps[3]}" leaves_nothing
fi

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
