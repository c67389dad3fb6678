#!/usr/bin/env bash
# A release: two of one commit, each from empty caches, have the same bytes; what the packages say of themselves is true;
# and the .deb installs, works and goes away in a fresh Debian. That last part needs root and debootstrap
# (tests/portable/roots.sh). With QUICK=1 the packages of this machine's system are built here, and no release is made.
# Ends with "N passed, N failed, N skipped".
set -uo pipefail
cd "$(dirname "$0")/../.."
. tests/setup.sh || exit 1
install_packages rpm file binutils || exit 1
[ -n "${QUICK:-}" ] || { install_packages minisign && ensure_newer cosign; } || exit 1
want_packages mandoc debootstrap skopeo umoci qemu-user-static
. tests/portable/roots.sh

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

build() { bazel build -c opt //tests/sandbox ${QUICK:+//packaging:linux-amd64} 2>"$scratch/build.log" || { cat "$scratch/build.log"; return 1; }; }

make_keys() (
  mkdir "$scratch/keys" && cd "$scratch/keys" && minisign -G -W -p minisign.pub -s minisign.key && COSIGN_PASSWORD='' cosign generate-key-pair
)

# The sources as they are here, of one commit.
clone_sources() { # clone_sources FOLDER
  git clone -q --no-checkout . "$1" && git -C "$1" reset -q || return 1
  git ls-files -z --cached --others --exclude-standard | xargs -0 cp --parents -P -t "$1" && git -C "$1" add --all || return 1
  git -C "$1" diff --cached --quiet || GIT_AUTHOR_DATE=@0 GIT_COMMITTER_DATE=@0 git -C "$1" -c user.name=test -c user.email=test@localhost commit -qm test
}

# In a home without any cache: the compiler and the libraries' sources are fetched again. Leaves $scratch/NAME/release.
release_from_nothing() ( # release_from_nothing NAME UMASK TIME_ZONE
  umask "$2"
  clone_sources "$scratch/$1" && mkdir "$scratch/$1.home" && cd "$scratch/$1" || exit 1
  export HOME=$scratch/$1.home TZ=$3 PROJECT_ADDRESS=https://project.example MINISIGN_PASSWORD='' COSIGN_PASSWORD=''
  unset XDG_CACHE_HOME
  (. tests/sources.sh && ensure_sources) && packaging/release.sh "$(packaging/facts.py VERSION)" --minisign-key "$scratch/keys/minisign.key" \
    --cosign-key "$scratch/keys/cosign.key" --output "$scratch/$1.release"
  status=$?
  bazel shutdown
  exit "$status"
)

releases_are_equal() { diff -r --exclude='*.sig' --exclude='*.intoto.jsonl' "$scratch/first.release" "$scratch/second.release"; }

# Out of the image of the release: of arm64 in an emulator.
image_runs() { # image_runs ARCHITECTURE [EMULATOR]
  local version
  version=$(packaging/facts.py VERSION)
  skopeo --override-arch "$1" copy "oci-archive:$scratch/first.release/kubectl-ack-$version.oci.tar" "oci:$scratch/image_$1:$version" &&
    umoci unpack --image "$scratch/image_$1:$version" "$scratch/bundle_$1" && "${@:2}" "$scratch/bundle_$1/rootfs/credential_provider" version |
    tee /dev/stderr | grep -x "commit $(git -C "$scratch/first" rev-parse HEAD)"
}

# What was built, and nothing that an earlier build left beside it.
copy_packages() {
  mkdir "$packages" || return
  if [ -z "${QUICK:-}" ]; then
    cp "$built"/SHA256SUMS $(sed "s,.*  ,$built/," "$built/SHA256SUMS") "$packages"
  else
    cp "$built"/*[-_.]{amd64,x86_64}.{spdx.json,tar.gz,deb,rpm} "$packages" 2>/dev/null
    rm -f "$packages"/*darwin*
    [ "$(ls "$packages" | wc -l)" -eq 5 ]
  fi
}

targets() { for file in "$packages"/credential_provider-*.tar.gz; do sed 's/.*-\([a-z]*-[a-z0-9]*\)[.]tar[.]gz/\1/' <<<"$file"; done; }

# Unpacks each package into a folder of its own: TARGET, TARGET.deb, TARGET.rpm and, what krew takes, TARGET.krew.
unpack() {
  local target
  for target in $(targets); do
    mkdir "$unpacked/$target" && tar -C "$unpacked/$target" --strip-components=1 -xzf "$packages"/credential_provider-*-"$target.tar.gz" &&
      mkdir "$unpacked/$target.krew" && tar -C "$unpacked/$target.krew" -xzf "$packages"/kubectl-ack-*-"$target.tar.gz" || return
  done
  for package in "$packages"/*.deb; do
    dpkg-deb -x "$package" "$unpacked/linux-$(dpkg-deb -f "$package" Architecture).deb" || return
  done
  for package in "$packages"/*.rpm; do
    target=linux-$(rpm -qp --qf '%{ARCH}' "$package" | sed 's/x86_64/amd64/; s/aarch64/arm64/')
    mkdir "$unpacked/$target.rpm" && rpm2archive -n - <"$package" | tar -C "$unpacked/$target.rpm" -x || return
  done
}

sums_are_of_all_files() {
  (cd "$packages" && sha256sum --strict --quiet --check SHA256SUMS) &&
    diff <(sed 's/.*  //' "$packages/SHA256SUMS") <(cd "$packages" && ls *.deb *.rpm *.spdx.json *.tar.gz | LC_ALL=C sort)
}

# What it names is what the program says and the build took, and its sums are those of the programs.
sbom_is_true() {
  local target
  for target in $(targets); do
    python3 tests/release/check_sbom.py "$packages"/*-"$target.spdx.json" third_party/sources.bzl "$unpacked/$target/bin" \
      "$("$program" version)" || return
  done
}

# What is read off a file of another target, where hardening_test reads it off this machine's.
hardened() { # hardened FILE
  local headers
  headers=$(readelf -hldW "$1") || return
  grep -q 'Type: *DYN' <<<"$headers" && grep -q 'Flags: NOW PIE' <<<"$headers" && grep -q GNU_RELRO <<<"$headers" &&
    grep -q 'GNU_STACK.* RW ' <<<"$headers" && ! grep -E 'INTERP|NEEDED|TEXTREL|RWE' <<<"$headers" &&
    [ "$(stat -c %s "$1")" -le $((6 << 20)) ] || { echo "$1"; echo "$headers"; return 1; }
}

linux_programs_are_hardened() {
  local file
  for file in "$unpacked"/linux-*/bin/*; do hardened "$file" || return; done
}

programs_are_of_their_target() {
  file "$unpacked"/linux-amd64/bin/* | grep -c 'ELF 64-bit.*x86-64.*stripped' | grep -qx 2 || return
  [ -z "${QUICK:-}" ] || return 0
  file "$unpacked"/linux-arm64/bin/* | grep -c 'ELF 64-bit.*aarch64.*stripped' | grep -qx 2 &&
    file "$unpacked"/darwin-amd64/bin/* | grep -c 'Mach-O 64-bit x86_64 executable.*PIE' | grep -qx 2 &&
    file "$unpacked"/darwin-arm64/bin/* | grep -c 'Mach-O 64-bit arm64 executable.*PIE' | grep -qx 2
}

depend_on_nothing_but_authorities() {
  for package in "$packages"/*.deb; do [ "$(dpkg-deb -f "$package" Depends)" = ca-certificates ] || return; done
  for package in "$packages"/*.rpm; do
    rpm -qp --requires "$package" | grep -v '^rpmlib(' | diff - <(echo ca-certificates) || return
  done
}

version_is_one() {
  local version
  version=$(dpkg-deb -f "$deb" Version)
  [ "$("$program" version | head -n 1)" = "credential_provider $version" ] &&
    [ "$("${program%/*}/kubeconfig_writer" version | head -n 1)" = "kubeconfig_writer $version" ] &&
    zcat "$unpacked"/linux-amd64.deb/usr/share/man/man1/credential_provider.1.gz | grep -F "version $version." &&
    zcat "$unpacked"/linux-amd64.deb/usr/share/doc/credential-provider/changelog.gz | grep -F "($version)" || return
  for package in "$packages"/*.rpm; do [ "$(rpm -qp --qf '%{VERSION}' "$package")" = "$version" ] || return; done
}

# The same programs and pages in every format.
packages_have_the_same() {
  local target
  for target in $(targets); do
    # krew unpacks plain files alone.
    diff <(diff -r --exclude='*kubectl*' "$unpacked/$target/bin" "$unpacked/$target.krew") \
      <(printf "Only in $unpacked/$target.krew: %s\n" LICENCES_OF_PARTS LICENSE) || return
    [ -z "$(find "$unpacked/$target.krew" -mindepth 1 ! -type f)" ] && [ -s "$unpacked/$target/LICENSE" ] &&
      grep -q '^openssl/LICENSE' "$unpacked/$target/LICENCES_OF_PARTS" || return
    for package in "$unpacked/$target".*; do
      [ "$package" != "$unpacked/$target.krew" ] || continue
      diff -r "$unpacked/$target/bin" "$package/usr/bin" && diff -r "$unpacked/$target/share/man" "$package/usr/share/man" || return
    done
  done
}

links_lead_somewhere() {
  local target
  for target in $(targets); do python3 tests/release/check_links.py "$unpacked/$target" || return; done
}

man_pages_are_clean() {
  local page notes
  for page in "$unpacked"/linux-amd64/share/man/man1/*; do
    notes=$(zcat "$page" | mandoc -Tlint -Wall)
    [ -z "$notes" ] || { echo "$notes"; return 1; }
  done
}

nothing_is_coloured() {
  local program
  for program in "$unpacked"/linux-amd64/bin/*; do
    # `script` gives it a terminal.
    ! TERM=xterm-256color script -qec "$program help; $program status; $program no-such-command" /dev/null | grep $'\e' || return 1
  done
}

home=/home/user  # in the fresh system

# A fresh Debian with what the package depends on and nothing else.
fresh_root() { unpack_root debian-13 "$scratch/root" && mkdir "$scratch/root$home" && echo '127.0.0.1 localhost' >"$scratch/root/etc/hosts"; }

# Runs a command in the fresh system, with a /proc and a /dev that go away with it. The network is this machine's.
inside() {
  unshare --mount --pid --fork sh -c 'mount -t proc proc "$0/proc" && mount --rbind /dev "$0/dev" && exec chroot "$0" "$@"' "$scratch/root" \
    env -i PATH=/usr/bin:/bin:/usr/sbin:/sbin HOME="$home" ALIBABA_CLOUD_ECS_METADATA_DISABLED=true \
    ALIBABA_CLOUD_STS_ENDPOINT="$cloud" ALIBABA_CLOUD_ACCESS_KEY_ID=sandbox-alice \
    ALIBABA_CLOUD_ACCESS_KEY_SECRET=sandbox-alice-secret "$@"
}

# What is in the system, but for dpkg's own book-keeping.
contents() { (cd "$scratch/root" && find . -path ./var/lib/dpkg -prune -o -path ./var/log -prune -o -printf '%M %u %p\n' | sort); }

installs() { cp "$deb" "$scratch/root/tmp/package.deb" && inside dpkg --install /tmp/package.deb && rm "$scratch/root/tmp/package.deb"; }

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

end() { echo "$passed passed, $failed failed, $skipped skipped"; [ "$failed" -eq 0 ]; exit; }

check "what is needed can be built" build || end
bin=$(bazel info -c opt bazel-bin 2>/dev/null)
built=$bin/packaging
if [ -n "${QUICK:-}" ]; then
  skip "packaging/release.sh makes the same release twice, each time from nothing" "QUICK is set"
else
  check "keys are made" make_keys || end
  check "packaging/release.sh makes a release from nothing" release_from_nothing first 022 UTC || end
  check "and once more, elsewhere" release_from_nothing second 077 Asia/Shanghai &&
    check "both have the same bytes, but for cosign's signatures" releases_are_equal
  if command -v skopeo umoci qemu-aarch64-static | grep -c . | grep -qx 3; then
    check "the image's program for amd64 runs, and names the commit" image_runs amd64
    check "that for arm64 does, in an emulator" image_runs arm64 qemu-aarch64-static
  else
    skip "the image's programs run" "there is no skopeo, umoci or qemu-aarch64-static"
  fi
  built=$scratch/first/bazel-bin/packaging
fi
packages=$scratch/packages
check "all files of the release are there" copy_packages
deb=$(echo "$packages"/*_amd64.deb)
unpacked=$scratch/unpacked
program=$unpacked/linux-amd64/bin/credential_provider
mkdir "$unpacked"

check "all packages can be unpacked" unpack
if [ -n "${QUICK:-}" ]; then
  skip "SHA256SUMS is of all files" "QUICK is set"
else
  check "SHA256SUMS is of all files" sums_are_of_all_files
fi
check "SBOMs are valid, and name what is inside" sbom_is_true
check "programs are those of their target, and stripped" programs_are_of_their_target
check "programs of every Linux are one static, position-independent file each" linux_programs_are_hardened
check "packages depend on ca-certificates alone" depend_on_nothing_but_authorities
check "programs, man pages, changelog and packages are of one version" version_is_one
check "tarballs and packages have the same programs and pages, and the licences" packages_have_the_same
check "links of the documents lead somewhere" links_lead_somewhere
check "nothing is coloured, even on a terminal" nothing_is_coloured
if command -v mandoc >/dev/null; then
  check "man pages have no remark of mandoc's" man_pages_are_clean
else
  skip "man pages have no remark of mandoc's" "mandoc is not installed"
fi
(cd "$packages" && sha256sum -- *)

steps=("installs in a fresh Debian" "kubeconfig_writer and kubectl work there"
  "removed, it leaves nothing behind")
if [ "$(id -u)" -ne 0 ] || ! command -v debootstrap >/dev/null; then
  for step in "${steps[@]}"; do skip "$step" "needs root and debootstrap"; done
elif ! fresh_root >"$scratch/log" 2>&1; then
  for step in "${steps[@]}"; do skip "$step" "no fresh Debian: $(tail -n 1 "$scratch/log")"; done
else
  mkdir "$scratch/sandbox"
  "$bin/tests/sandbox/sandbox" --dir "$scratch/sandbox" --lifetime 1800 &
  sandbox=$!
  for _ in $(seq 100); do [ -e "$scratch/sandbox/sandbox.json" ] && break; sleep 0.05; done
  cloud=$(sed -n 's/.*"cloud": *"\([^"]*\)".*/\1/p' "$scratch/sandbox/sandbox.json")
  contents >"$scratch/before"
  check "${steps[0]}" installs
  check "${steps[1]}" kubectl_works
  check "${steps[2]}" leaves_nothing
fi

end
