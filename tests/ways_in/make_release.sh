#!/usr/bin/env bash
# usage: make_release.sh FOLDER_OF_BUILT_PROGRAMS ADDRESS KEYS OUTPUT
# The folder of a release in seconds and without Bazel: the programs of linux-amd64 are those that were built; those of
# linux-arm64 too, with another number in their header, and those for macOS are scripts. What packs them and makes the release is packaging/. KEYS has minisign.key and cosign.key.
set -euo pipefail
here=$(dirname "$(realpath "$0")")/../../packaging
built=$(realpath "$1") keys=$(realpath "$3") output=$(realpath -m "$4")
cd "$here/.."
fact() { packaging/facts.py "$1"; }
export PROJECT_ADDRESS=$2 VERSION RELEASED ADDRESS=$2 PACKAGES=$2/packages MINISIGN_PASSWORD='' COSIGN_PASSWORD=''
VERSION=$(fact VERSION) RELEASED=$(fact RELEASED)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export PAGES=$scratch/pages.tar PAPERS=$scratch/papers.tar LICENCES=$scratch/licences.txt SBOM ARCHITECTURE

mkdir -p "$scratch/linux-amd64" "$scratch/linux-arm64" "$scratch/others" "$scratch/artefacts"
install -m 755 "$built/credential_provider/credential_provider" "$built/kubeconfig_writer/kubeconfig_writer" "$scratch/linux-amd64"
for program in credential_provider kubeconfig_writer; do
  cp "$scratch/linux-amd64/$program" "$scratch/linux-arm64"
  printf '\xb7' | dd of="$scratch/linux-arm64/$program" bs=1 seek=18 conv=notrunc status=none  # e_machine
  printf '#!/bin/sh\necho "%s %s"\n' "$program" "$VERSION" >"$scratch/others/$program"
done
echo 'licences of parts' >"$LICENCES"
packaging/pages.sh "$PAGES" "$scratch/linux-amd64"/*
mapfile -t papers < <(git ls-files README.md SECURITY.md LICENSE packaging/CHANGELOG.md examples docs ':!*BUILD.bazel')
packaging/papers.py "$PAPERS" "${papers[@]}"
"$scratch/linux-amd64/credential_provider" version >"$scratch/versions"
PYTHONPATH=packaging python3 -c '
import facts, json
print(json.dumps({name: {"version": part.version, "url": part.url, "sha256": part.sha256, "licence": part.licence}
                  for name, part in facts.values_of("third_party/sources.bzl").SOURCES.items() if part.licence}))' >"$scratch/parts"
echo '{"libc++": {"version": "1", "licence": "MIT"}, "musl": {"version": "1", "licence": "MIT"}}' >"$scratch/compiler_parts"

pack() { # pack FORMAT FILE
  (cd "$scratch/artefacts" && "$here/pack.sh" "$1" "$2" "$programs"/*)
}

for target in $(fact TARGETS); do
  programs=$scratch/$target
  [ -d "$programs" ] || programs=$scratch/others
  SBOM=$scratch/artefacts/credential_provider-$VERSION-$target.spdx.json ARCHITECTURE=$target
  packaging/sbom.py "$target" "$scratch/versions" "$scratch/parts" "$scratch/compiler_parts" "$programs"/* >"$SBOM"
  pack tarball "credential_provider-$VERSION-$target.tar.gz"
  pack krew "kubectl-ack-$VERSION-$target.tar.gz"
  case $target in
    linux-amd64) deb=amd64 rpm=x86_64 ;;
    linux-arm64) deb=arm64 rpm=aarch64 ;;
    *) continue ;;
  esac
  ARCHITECTURE=$deb pack deb "credential-provider_${VERSION}_$deb.deb"
  ARCHITECTURE=$rpm pack rpm "credential-provider-$VERSION-1.$rpm.rpm"
done
packaging/release.sh "$VERSION" --minisign-key "$keys/minisign.key" --cosign-key "$keys/cosign.key" \
  --artefacts "$scratch/artefacts" --output "$output"
