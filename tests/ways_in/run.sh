#!/usr/bin/env bash
# A release made by packaging/release.sh and served on loopback: what it is signed with, install.sh in several shells, the
# repositories of apt and dnf in fresh systems, krew; kubectl works after each against the sandbox, nothing is left after
# removal, and what somebody has changed on the way is refused. $1: the folder with the built programs (bazel-bin).
# QUICK=1 leaves out krew and the fresh systems but one, which it takes only if it has been made before.
# PARTS is some of: release install repositories manifests. Ends with "N passed, N failed, N skipped".
set -uo pipefail
[[ $# == 1 ]] || { echo "usage: run.sh FOLDER_OF_BUILT_PROGRAMS" >&2; exit 2; }
built=$(realpath "$1")
cd "$(dirname "$0")/../.."
. tests/setup.sh || exit 1
install_packages rpm || exit 1
want_packages minisign gnupg apt-utils createrepo-c debootstrap shellcheck yamllint ruby nix-bin makepkg busybox-static wget
ensure_newer cosign
. tests/portable/roots.sh
. tests/krew/krew.sh
export LC_ALL=C PYTHONDONTWRITEBYTECODE=1

scratch=$(mktemp -d)
sandbox='' server='' site='' passed=0 failed=0 skipped=0
clean_up() {
  [ -z "$sandbox" ] || kill "$sandbox" 2>/dev/null
  [ -z "$site" ] || kill "$site" 2>/dev/null
  [ -z "$server" ] || kill "$server" 2>/dev/null
  wait
  chmod -R u+w "$scratch" && rm -rf "$scratch"
}
trap clean_up EXIT

skip() { skipped=$((skipped + 1)); echo "skipped: $1: $2"; }
check() { # check NAME COMMAND...
  local begin=$SECONDS
  if "${@:2}" >"$scratch/log" 2>&1; then passed=$((passed + 1)); echo "passed: $1 ($((SECONDS - begin)) s)"; return 0; fi
  failed=$((failed + 1))
  echo "FAILED: $1"
  sed 's/^/  /' "$scratch/log"
  return 1
}
missing() { # missing PROGRAM... : prints the first that is not there
  local program
  for program; do [ -n "$(type -P "$program")" ] || { echo "there is no $program"; return 0; }; done
  return 1
}
end() { echo "$passed passed, $failed failed, $skipped skipped"; [ "$failed" -eq 0 ]; exit; }
is_gone() { [ ! -e "$1" ] && [ ! -L "$1" ]; }

! missing minisign cosign >"$scratch/log" || { skip "all" "$(cat "$scratch/log")"; end; }

for part in sandbox www keys other_keys; do mkdir "$scratch/$part"; done
"$built/tests/sandbox/sandbox" --dir "$scratch/sandbox" --lifetime 1800 &
sandbox=$!
python3 -u -m http.server --bind 127.0.0.1 --directory "$scratch/www" 0 >"$scratch/server" 2>"$scratch/requests" &
server=$!
for _ in $(seq 200); do [ -e "$scratch/sandbox/sandbox.json" ] && grep -q port "$scratch/server" && break; sleep 0.05; done
cloud=$(sed -n 's/.*"cloud": *"\([^"]*\)".*/\1/p' "$scratch/sandbox/sandbox.json")
address=http://127.0.0.1:$(sed -n 's/.* port \([0-9]*\).*/\1/p' "$scratch/server")
version=$(packaging/facts.py VERSION)
release=$scratch/release
downloads=releases/download/v$version
host=credential_provider-$version-linux-amd64.tar.gz
cluster=c00000000000000000000000000000001 context=ack-c00000000000000000000000000000001

make_keys() { # make_keys FOLDER
  (cd "$1" && minisign -G -W -p minisign.pub -s minisign.key && COSIGN_PASSWORD='' cosign generate-key-pair)
}

sign_blob() { # sign_blob KEY FILE
  local options=(--tlog-upload=false --yes) help
  help=$(cosign sign-blob --help 2>&1)
  [[ $help != *--use-signing-config* ]] || options+=(--use-signing-config=false --new-bundle-format=false)
  COSIGN_PASSWORD='' cosign sign-blob --key "$1" "${options[@]}" --output-signature "$2.sig" "$2"
}

# Serves a copy of the release as the project NAME, to be changed.
serve_copy() { # serve_copy NAME
  changed=$scratch/www/$1/$downloads
  mkdir -p "$changed" && cp "$release"/* "$changed" 2>/dev/null
  [ -e "$changed/SHA256SUMS" ]
}

change() { printf 'changed' | dd of="$1" bs=1 seek=2000 conv=notrunc status=none; }  # change FILE : its size stays

. tests/ways_in/release_tests.sh
. tests/ways_in/install_tests.sh
. tests/ways_in/repository_tests.sh
. tests/ways_in/manifest_tests.sh

check "keys are made" make_keys "$scratch/keys" || end
make_keys "$scratch/other_keys" >/dev/null 2>&1
check "packaging/release.sh makes a release" tests/ways_in/make_release.sh "$built" "$address" "$scratch/keys" "$release" || end
mkdir -p "$scratch/www/releases/download" && ln -s "$release" "$scratch/www/$downloads"
for part in ${PARTS:-release install repositories manifests}; do "test_$part"; done
end
