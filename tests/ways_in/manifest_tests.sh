# What other package managers take from a release. Sourced by run.sh.

manifests=$release

in_manifests() { # in_manifests COMMAND... : none of them may write there
  (cd "$manifests" && HOME=$scratch/nix "$@")
}

nix_says() { # nix_says ATTRIBUTE SYSTEM [OPTION...] : with a set of packages that returns what it is given
  in_manifests nix-instantiate --eval --strict "${@:3}" -E "(import ./credential-provider.nix {
    pkgs = { }; lib = { licenses.asl20 = \"\"; sourceTypes.binaryNativeCode = \"\"; }; fetchurl = x: x;
    stdenvNoCC = { hostPlatform.system = \"$2\"; mkDerivation = x: x; }; }).$1" 2>"$scratch/nix_said"
}

nix_addresses() {
  local system
  for system in x86_64-linux aarch64-linux x86_64-darwin aarch64-darwin; do
    nix_says src $system --json | python3 -c '
import base64, json, sys
src = json.load(sys.stdin)
print(src["url"], base64.b64decode(src["hash"].partition("sha256-")[2]).hex())'
  done
}

# Prints each address that the manifest at $1 names, and the sum after it.
addresses() {
  case $1 in
    krew) sed -nE 's/^ *(uri|sha256): //p' "$manifests/ack.yaml" | paste -d' ' - - ;;
    homebrew) sed -nE 's/^ *(url|sha256) "(.*)"$/\2/p' "$manifests/credential-provider.rb" | paste -d' ' - - ;;
    aur) sed -nE 's/^\t(source|sha256sums)_[a-z0-9_]* = //p' "$manifests/PKGBUILD.SRCINFO" | paste -d' ' - - ;;
    nix) nix_addresses ;;
  esac
}

leads_to_the_files() { # leads_to_the_files MANIFEST NUMBER : of addresses, each to another file
  local url sum
  addresses "$1" | sort -u >"$scratch/addresses"
  cat "$scratch/addresses"
  [ "$(cut -d' ' -f1 "$scratch/addresses" | sort -u | wc -l)" -eq "$2" ] || return
  while read -r url sum; do
    [ "$(curl -fsS "$url" | sha256sum | cut -d' ' -f1)" = "$sum" ] || { echo "$url"; return 1; }
  done <"$scratch/addresses"
}

nothing_is_left_to_fill_in() { ! grep -E '@[A-Z]+' "$manifests"/{ack.yaml,credential-provider.{rb,nix},PKGBUILD,PKGBUILD.SRCINFO,install.sh}; }

krew_manifest_is_clean() {
  yamllint -s -d '{extends: default, rules: {line-length: disable, document-start: disable}}' "$manifests/ack.yaml"
}

pkgbuild_is_clean() {
  # Set for makepkg, and by it.
  bash -n "$manifests/PKGBUILD" && shellcheck -s bash -e SC2034,SC2154,SC2164 "$manifests/PKGBUILD"
}

# makepkg does not run as root, and wants a pacman for nothing here.
srcinfo_is_what_makepkg_prints() {
  local before=()
  rm -rf "$scratch/aur" && mkdir "$scratch/aur" && cp "$manifests/PKGBUILD" "$scratch/aur" && chmod 755 "$scratch" "$scratch/aur" || return
  if [ "$(id -u)" -eq 0 ]; then chown -R nobody "$scratch/aur" && before=(runuser -u nobody --); fi
  (cd "$scratch/aur" && "${before[@]}" env HOME="$scratch/aur" PATH=/usr/bin:/bin PACMAN=true makepkg --printsrcinfo) | diff - "$manifests/PKGBUILD.SRCINFO"
}

unpack_release() { # unpack_release FOLDER
  rm -rf "$1" && mkdir "$1" && tar -C "$1" -xzf "$release/$host"
}

# What PKGBUILD and the Nix expression do with the tarball: everything arrives where it belongs.
pkgbuild_packs() {
  unpack_release "$scratch/src" && (srcdir=$scratch/src pkgdir=$scratch/pkg && . "$manifests/PKGBUILD" && package) &&
    diff -r "$scratch/src/${host%.tar.gz}/bin" "$scratch/pkg/usr/bin" && diff <(cd "$scratch/src/${host%.tar.gz}/share" && find . -type f | sort) \
    <(cd "$scratch/pkg/usr/share" && find . -type f ! -path './licenses/*' | sort) && "$scratch/pkg/usr/bin/kubectl-ack" version
}

nix_expression_installs() {
  unpack_release "$scratch/src" && nix_says installPhase x86_64-linux --json | python3 -c 'import json, sys; print(json.load(sys.stdin))' \
    >"$scratch/install_phase" && (cd "$scratch/src/${host%.tar.gz}" && out=$scratch/out bash -eu "$scratch/install_phase") &&
    diff -r "$scratch/src/${host%.tar.gz}/bin" "$scratch/out/bin" && diff -r "$scratch/src/${host%.tar.gz}/share" "$scratch/out/share"
}

with_krew() {
  env -i HOME="$home" PATH="$home/.krew/bin:$scratch/tools:/usr/local/bin:/usr/bin:/bin" LC_ALL=C GIT_CONFIG_NOSYSTEM=1 \
    KREW_NO_UPGRADE_CHECK=1 KREW_ROOT="$home/.krew" ALIBABA_CLOUD_ECS_METADATA_DISABLED=true ALIBABA_CLOUD_STS_ENDPOINT="$cloud" \
    ALIBABA_CLOUD_ACCESS_KEY_ID=sandbox-alice ALIBABA_CLOUD_ACCESS_KEY_SECRET=sandbox-alice-secret "$@"
}

# An index of this machine's with the manifest, in a fresh home.
krew_has_the_manifest() { # krew_has_the_manifest MANIFEST
  mkdir -p "$scratch/index/plugins" && cp "$1" "$scratch/index/plugins/ack.yaml" && git -C "$scratch/index" init -q -b main &&
    git -C "$scratch/index" add -A && git -C "$scratch/index" -c user.name=test -c user.email=test@localhost commit -qm "ack" &&
    fresh_home && with_krew kubectl krew index add local "file://$scratch/index"
}

krew_installs() {
  mkdir -p "$scratch/tools" && ln -sf "$krew" "$scratch/tools/kubectl-krew" && ln -sf "$(type -P kubectl)" "$scratch/tools/kubectl" &&
    krew_has_the_manifest "$manifests/ack.yaml" && with_krew kubectl krew install local/ack &&
    ls "$home/.krew/store/ack/v$version" | diff - <(printf '%s\n' LICENCES_OF_PARTS LICENSE credential_provider kubeconfig_writer)
}

kubectl_works_and_krew_removes() {
  with_krew kubectl ack install ack --no-backup --cluster-id $cluster --cs-endpoint "$cloud" --store disk &&
    with_krew kubectl get namespace | grep kube-system && with_krew kubectl ack uninstall --no-backup $context &&
    with_krew kubectl krew uninstall ack && is_gone "$home/.krew/bin/kubectl-ack" && is_gone "$home/.krew/store/ack"
}

krew_refuses() {
  serve_copy krew && change "$changed/kubectl-ack-$version-linux-amd64.tar.gz" && sed "s,uri: $address/,uri: $address/krew/," "$manifests/ack.yaml" >"$scratch/ack.yaml" &&
    krew_has_the_manifest "$scratch/ack.yaml" && refuses_something 'checksum' with_krew kubectl krew install local/ack &&
    is_gone "$home/.krew/bin/kubectl-ack"
}

test_krew() {
  local reason
  if [ -n "${QUICK:-}" ]; then skip "krew" "QUICK is set"; return; fi
  reason=$(ensure_krew) || { skip "krew" "$reason"; return; }
  check "krew installs from the manifest" krew_installs || return
  check "krew: kubectl works, and uninstalled it leaves nothing" kubectl_works_and_krew_removes
  check "krew refuses a changed tarball" krew_refuses
}

with_tool() { # with_tool PROGRAM NAME COMMAND... : a check that PROGRAM is needed for
  local reason
  if reason=$(missing "$1"); then skip "$2" "$reason"; else check "${@:2}"; fi
}

test_manifests() {
  check "nothing is left to fill in" nothing_is_left_to_fill_in
  check "krew's manifest leads to four archives of these sums" leads_to_the_files krew 4
  check "Homebrew's formula does" leads_to_the_files homebrew 4
  check "AUR's leads to two" leads_to_the_files aur 2
  with_tool nix-instantiate "the Nix expression leads to four" leads_to_the_files nix 4
  with_tool yamllint "krew's manifest has no remark of yamllint's" krew_manifest_is_clean
  with_tool ruby "Homebrew's formula is Ruby" ruby -c "$manifests/credential-provider.rb"
  with_tool shellcheck "PKGBUILD has no remark of shellcheck's" pkgbuild_is_clean
  with_tool makepkg ".SRCINFO is what makepkg prints" srcinfo_is_what_makepkg_prints
  check "what PKGBUILD packs is all of it, and runs" pkgbuild_packs
  with_tool nix-instantiate "what the Nix expression installs is all of it" nix_expression_installs
  test_krew
}
