#!/usr/bin/env bash
# usage: VERSION= RELEASED= SBOM_TOOL= LICENSE= README= pack.sh DEB TARBALL SBOM PROGRAM...
# Packs the programs with their man pages, completions and licences. Every date is the release's, every owner root
# and every list sorted, so the same programs give the same bytes.
set -euo pipefail
export LC_ALL=C SOURCE_DATE_EPOCH
SOURCE_DATE_EPOCH=$(date -u -d "$RELEASED" +%s)
umask 022

deb=$1 tarball=$2 sbom=$3
shift 3
programs=("$@")
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
doc=usr/share/doc/credential-provider

add() { mkdir -p "$tree/$(dirname "$1")" && cat >"$tree/$1"; }  # a file of the package, from stdin

add_program() {
  local program=$1 name=${1##*/}
  mkdir -p "$tree/usr/bin"
  strip --strip-all --remove-section=.comment -o "$tree/usr/bin/$name" "$program"
  "$program" man | gzip -9n | add "usr/share/man/man1/$name.1.gz"
  "$program" completion bash | add "usr/share/bash-completion/completions/$name"
  "$program" completion zsh | add "usr/share/zsh/vendor-completions/_$name"
  "$program" completion fish | add "usr/share/fish/vendor_completions.d/$name.fish"
}

# Ours, and that of each Debian package of which the programs contain parts.
copyright() {
  printf '%s\n' "credential_provider $VERSION" '' 'Copyright: the authors of credential_provider' \
    'License: Apache-2.0; on Debian its text is in /usr/share/common-licenses/Apache-2.0' '' \
    'The programs contain parts of the following Debian packages, whose own copyright files follow.'
  local package
  for package in $(python3 "$SBOM_TOOL" --packages "${programs[@]}"); do
    printf '\n%s\n%s\n\n' "$package" "${package//?/-}"
    cat "/usr/share/doc/$package/copyright"
  done
}

changelog() {
  printf 'credential-provider (%s) unstable; urgency=medium\n\n  * Release %s.\n\n -- %s  %s\n' "$VERSION" "$VERSION" \
    "$maintainer <>" "$(date -u -R -d "@$SOURCE_DATE_EPOCH")"
}

# The newest version of glibc whose symbols the programs use.
glibc() { objdump -T "${programs[@]}" | sed -n 's/.*GLIBC_\([0-9.]*\).*/\1/p' | sort -Vu | tail -n 1; }

# libcurl4 and libssl3 are bound when a credential has to be fetched, so no tool would find them in the programs.
control() {
  cat <<END
Package: credential-provider
Version: $VERSION
Architecture: $(dpkg --print-architecture)
Maintainer: $maintainer
Installed-Size: $(find "$tree/usr" -type f -printf '%s\n' | awk '{ k += int(($1 + 1023) / 1024) } END { print k }')
Depends: libc6 (>= $(glibc)), libcurl4, libssl3
Recommends: ca-certificates
Suggests: kubernetes-client
Section: admin
Priority: optional
Description: short-lived Kubernetes credentials for kubectl
 credential_provider is an exec credential provider: kubectl starts it to get a
 client certificate or token of an Alibaba Cloud ACK cluster that lives an hour.
 kubeconfig_writer puts it into a kubeconfig, and takes it out again.
END
}

maintainer='the authors of credential_provider'
for program in "${programs[@]}"; do add_program "$program"; done
python3 "$SBOM_TOOL" "$VERSION" "$RELEASED" "$tree/usr/bin" "${programs[@]}" >"$sbom"
add "$doc/credential_provider.spdx.json" <"$sbom"
copyright | add "$doc/copyright"

# Puts all that is in the tree to the date of the release.
date_all() { find "$tree" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +; }

pack_tarball() {
  local name=credential_provider-$VERSION
  mkdir "$tree/$name"
  cp -r "$tree/usr/bin" "$tree/usr/share" "$tree/$name"
  mv "$tree/$name/share/zsh/vendor-completions" "$tree/$name/share/zsh/site-functions"
  cp "$LICENSE" "$tree/$name/LICENSE"
  cp "$README" "$tree/$name/README.md"
  chmod -R u=rwX,go=rX "$tree/$name"
  date_all
  tar -C "$tree" --sort=name --owner=0 --group=0 --numeric-owner --format=ustar -c "$name" | gzip -9n >"$tarball"
  rm -rf "${tree:?}/$name"
}

pack_deb() {
  changelog | gzip -9n | add "$doc/changelog.gz"
  control | add DEBIAN/control
  (cd "$tree" && find usr -type f | sort | xargs md5sum) | add DEBIAN/md5sums
  date_all
  chmod 0755 "$tree"
  dpkg-deb --root-owner-group --threads-max=1 -Zxz --build "$tree" "$deb" >/dev/null
}

pack_tarball
pack_deb
