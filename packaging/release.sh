#!/usr/bin/env bash
# usage: release.sh VERSION --minisign-key FILE --cosign-key FILE [--ca-list FILE] [--artefacts FOLDER] [--output FOLDER]
# Makes the folder of a release, ready to be uploaded: what `bazel build --stamp //:dist` makes, the container image, where
# they are from (in-toto, SLSA), install.sh, what package managers take, notes, sums, and a signature of minisign's and one of
# cosign's for each file. --ca-list is the list of authorities for the image, if not this machine's own;
# --artefacts takes what has been built already. Nothing is sent anywhere.
# It asks for the passwords of the keys, or takes them from MINISIGN_PASSWORD and COSIGN_PASSWORD.
set -euo pipefail
export LC_ALL=C PYTHONDONTWRITEBYTECODE=1
export -n MINISIGN_PASSWORD COSIGN_PASSWORD # each is for the tool that signs, and for nothing else that is started here
umask 022
here=$(dirname "$(realpath "$0")")

fail() { # fail MESSAGE HINT
  printf 'error: %s\nhint: %s\n' "$1" "$2" >&2
  exit 1
}

version='' minisign_key='' cosign_key='' ca_list=/etc/ssl/certs/ca-certificates.crt artefacts='' output=''
while [ $# -gt 0 ]; do
  case $1 in
    --minisign-key | --cosign-key | --ca-list | --artefacts | --output)
      [ $# -ge 2 ] || fail "$1 has no value" "see the first lines of $0"
      name=${1#--}
      printf -v "${name//-/_}" '%s' "$(realpath -m "$2")"
      shift 2
      ;;
    -*) fail "$1 is no option" "see the first lines of $0" ;;
    *) version=$1 && shift ;;
  esac
done

fact() { python3 "$here/facts.py" "$1"; }

check_arguments() {
  local tool
  [ -n "$version" ] || fail 'no version was given' "$0 $(fact VERSION)"
  [ "$version" = "$(fact VERSION)" ] ||
    fail "the source is of $(fact VERSION), not of $version" "packaging/cut.py $version, and commit what that changes"
  [ -n "$(fact ADDRESS)" ] ||
    fail 'the project has no address' 'set ADDRESS in packaging/version.bzl, or for a trial the variable PROJECT_ADDRESS'
  [ -r "$minisign_key" ] || fail 'no key for minisign' 'minisign -G -p minisign.pub -s minisign.key makes one; give it with --minisign-key'
  [ -r "$cosign_key" ] || fail 'no key for cosign' 'cosign generate-key-pair makes one; give it with --cosign-key'
  [ -r "$ca_list" ] || fail "there is no $ca_list" 'give a list of authorities for the image with --ca-list'
  for tool in minisign cosign; do
    [ -n "$(type -P $tool)" ] || fail "there is no $tool on the PATH" 'docs/releasing.md says where it can be had'
  done
  [ ! -e "$output" ] || [ -z "$(ls -A "$output")" ] || fail "$output is not empty" 'name another folder with --output'
}

ask_password() { # ask_password VARIABLE TOOL
  [ -z "${!1+set}" ] || return 0
  { : </dev/tty; } 2>/dev/null || fail "there is no terminal to ask for the password of the key for $2" "set the variable $1"
  read -rsp "password of the key for $2: " "$1" </dev/tty
  echo >/dev/tty
}

check_clean() {
  [ -z "$changes" ] || fail 'the working tree differs from its commit' 'commit or remove what git status shows'
}

build() {
  cd "$here/.."
  check_clean
  # What the mirrors no longer have is built from another package (tests/sources.sh), which the provenance would not name.
  ! grep -qs -- --override_repository .bazelrc.machine ||
    fail 'a library does not come from the archive that third_party/sources.bzl names' '.bazelrc.machine says which; name a newer one there'
  bazel build --stamp //:dist >&2
  artefacts=$(bazel info bazel-bin 2>/dev/null)/packaging
}

# What the program for this machine says: "" where it was not told.
commit_of() { # commit_of FOLDER
  local scratch
  scratch=$(mktemp -d)
  tar -C "$scratch" --strip-components=1 -xzf "$1/credential_provider-$version-$(fact HOST).tar.gz"
  "$scratch/bin/credential_provider" version >"$scratch/version"
  [ "$(head -n 1 "$scratch/version")" = "credential_provider $version" ] ||
    fail "the artefacts are of $(head -n 1 "$scratch/version")" "build those of $version"
  sed -n 's/^commit //p' "$scratch/version"
  rm -rf "$scratch"
}

# The source here, from which everything else of the release is, has to be the programs' own.
check_commit() { # check_commit COMMIT
  local target head
  head=$(git -C "$here/.." rev-parse HEAD)
  [ "$1" = "$head" ] || fail "the programs say that they are of the commit ${1:-(none)}, not of $head" 'build them from what is checked out here'
  check_clean
  for target in $(fact TARGETS); do
    tar -xzOf "$output/credential_provider-$version-$target.tar.gz" --wildcards '*/bin/credential_provider' | grep -acF -- "$1" >/dev/null ||
      fail "the program for $target is not of the commit $1" 'build all targets from what is checked out here'
  done
}

copy_artefacts() {
  local file
  for file in $(fact ARTEFACTS); do
    [ -f "$artefacts/$file" ] || fail "$artefacts has no $file" 'bazel build --stamp //:dist makes it'
  done
  mkdir -p "$output"
  for file in $(fact ARTEFACTS); do cp "$artefacts/$file" "$output"; done
}

image() {
  local scratch architecture folders=()
  scratch=$(mktemp -d)
  for architecture in amd64 arm64; do
    mkdir "$scratch/$architecture"
    tar -C "$scratch/$architecture" --strip-components=1 -xzf "$output/credential_provider-$version-linux-$architecture.tar.gz"
    folders+=("$architecture=$scratch/$architecture/bin")
  done
  python3 "$here/image.py" "$output/$(fact IMAGE)" "$ca_list" "${folders[@]}" >&2
  rm -rf "$scratch"
}

notes() { awk -v title="## [$version]" 'index($0, "## ") == 1 { on = index($0, title) == 1; next } on' "$here/CHANGELOG.md" | sed '1{/^$/d}'; }

with_minisign() { minisign "$@" <<<"$MINISIGN_PASSWORD" >/dev/null; } # with_minisign ARGUMENT...

with_cosign() { # with_cosign OUTPUT FILE : signs with no service asked
  local options=(--tlog-upload=false --yes) help said
  help=$(cosign sign-blob --help 2>&1)
  # cosign 3 has to be told that this is a signature of its own, as cosign 2 makes and both verify.
  [[ $help != *--use-signing-config* ]] || options+=(--use-signing-config=false --new-bundle-format=false)
  said=$(COSIGN_PASSWORD=$COSIGN_PASSWORD cosign sign-blob --key "$cosign_key" "${options[@]}" --output-signature "$1" "$2" 2>&1 >/dev/null) ||
    fail "cosign could not sign ${2##*/}: $(tail -n 1 <<<"$said")" 'see whether the key and its password are right'
}

public_keys() {
  with_minisign -R -f -s "$minisign_key" -p "$output/minisign.pub"
  COSIGN_PASSWORD=$COSIGN_PASSWORD cosign public-key --key "$cosign_key" >"$output/cosign.pub"
}

# Of all that is there before anything is signed: cosign's signatures differ each time.
sums() {
  local lines
  lines=$(cd "$output" && find . -maxdepth 1 -type f ! -name '*.pub' -printf '%f\n' | sort | xargs sha256sum)
  echo "$lines" >"$output/SHA256SUMS"
}

sign() { # sign FILE...
  local file
  (cd "$output" && with_minisign -S -s "$minisign_key" -c "credential_provider $version" -t "credential_provider $version" -m "$@")
  for file; do with_cosign "$output/$file.sig" "$output/$file"; done
}

# The statement in the form that cosign and slsa-verifier read.
envelope() { # envelope STATEMENT OUTPUT
  local scratch
  scratch=$(mktemp -d)
  python3 "$here/provenance.py" to-sign "$1" >"$scratch/to-sign"
  with_cosign "$scratch/sig" "$scratch/to-sign"
  python3 "$here/provenance.py" envelope "$1" "$scratch/sig" >"$2"
  rm -rf "$scratch"
}

verify_file() { # verify_file FILE
  minisign -q -V -p "$output/minisign.pub" -m "$1" &&
    cosign verify-blob --key "$output/cosign.pub" --insecure-ignore-tlog --signature "$1.sig" "$1" >/dev/null 2>&1
}

verify() {
  local file
  (cd "$output" && sha256sum --strict --quiet --check SHA256SUMS)
  for file in $(sed 's/.*  //' "$output/SHA256SUMS") SHA256SUMS; do
    verify_file "$output/$file" || fail "$file and its signature do not fit" 'make the release again, into another folder'
  done
}

output=${output:-$PWD/release-$version}
check_arguments
ask_password MINISIGN_PASSWORD minisign
ask_password COSIGN_PASSWORD cosign
changes=$(git -C "$here/.." status --porcelain) # before there is an output, which may be in it
built_before=$artefacts
[ -n "$built_before" ] || build
copy_artefacts
commit=$(commit_of "$output")
if [ -n "$built_before" ] && [ -z "$commit" ]; then
  echo "warning: the programs do not say which commit they are of: nothing to publish" >&2
else
  check_commit "$commit"
fi
image
public_keys
python3 "$here/provenance.py" statement "$output" "$commit" "$ca_list" >"$output/credential_provider-$version.provenance.json"
notes >"$output/NOTES.md"
python3 "$here/ways_in.py" "$output"
sums
mapfile -t files < <(sed 's/.*  //' "$output/SHA256SUMS")
sign "${files[@]}" SHA256SUMS
envelope "$output/credential_provider-$version.provenance.json" "$output/credential_provider-$version.intoto.jsonl"
chmod -R u=rwX,go=rX "$output"
verify
echo "$output"
