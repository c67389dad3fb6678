#!/usr/bin/env bash
# usage: VERSION= RELEASED= ARCHITECTURE= PAGES= PAPERS= LICENCES= SBOM= pack.sh tarball|krew|deb|rpm OUTPUT PROGRAM...
# Packs the programs with their man pages, completions and licences. Every date is the release's, every owner root
# and every list sorted, so the same programs give the same bytes.
set -euo pipefail
export LC_ALL=C SOURCE_DATE_EPOCH
SOURCE_DATE_EPOCH=$(date -u -d "$RELEASED" +%s)
umask 022

format=$1 output=$PWD/$2
shift 2
programs=("$@")
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
root=$tree/root
doc=usr/share/doc/credential-provider
maintainer='the authors of credential_provider'
summary='short-lived Kubernetes credentials for kubectl'
description='credential_provider is an exec credential provider: kubectl starts it to get a
client certificate or token of an Alibaba Cloud ACK cluster that lives an hour.
kubeconfig_writer puts it into a kubeconfig, and takes it out again.'

add() { mkdir -p "$root/$(dirname "$1")" && cat >"$root/$1"; }  # a file of the package, from stdin

add_programs() { # add_programs FOLDER
  mkdir -p "$root/$1"
  install -m 755 "${programs[@]}" "$root/$1"
  ln -s kubeconfig_writer "$root/$1/kubectl-ack"
  ln -s kubeconfig_writer "$root/$1/kubectl_complete-ack"
}

add_pages() { # add_pages FOLDER
  mkdir -p "$root/$1"
  tar -C "$root/$1" -xf "$PAGES"
}

# Gives everything the date of the release and the usual modes.
settle() {
  chmod -R u=rwX,go=rX "$root"
  find "$root" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
}

make_tar() { # make_tar FILE...
  tar -C "$root" --sort=name --owner=0 --group=0 --numeric-owner --format=ustar -c "$@" | gzip -9n >"$output"
}

pack_tarball() {
  local name=credential_provider-$VERSION-$ARCHITECTURE
  add_programs "$name/bin"
  add_pages "$name/share"
  add "$name/LICENCES_OF_PARTS" <"$LICENCES"
  tar -C "$root/$name" -xf "$PAPERS"
  add "$name/${SBOM##*/}" <"$SBOM"
  settle
  make_tar "$name"
}

# krew unpacks no links, and makes the one that it needs.
pack_krew() {
  mkdir -p "$root"
  install -m 755 "${programs[@]}" "$root"
  tar -C "$root" -xf "$PAPERS" LICENSE
  add LICENCES_OF_PARTS <"$LICENCES"
  settle
  make_tar credential_provider kubeconfig_writer LICENSE LICENCES_OF_PARTS
}

add_usr() {
  add_programs usr/bin
  add_pages usr/share
  add "$doc/credential_provider.spdx.json" <"$SBOM"
}

copyright() {
  printf '%s\n' "credential_provider $VERSION" '' 'Copyright: the authors of credential_provider' \
    'License: Apache-2.0; on Debian its text is in /usr/share/common-licenses/Apache-2.0' ''
  cat "$LICENCES"
}

changelog() {
  printf 'credential-provider (%s) unstable; urgency=medium\n\n  * Release %s.\n\n -- %s  %s\n' "$VERSION" "$VERSION" \
    "$maintainer <>" "$(date -u -R -d "@$SOURCE_DATE_EPOCH")"
}

control() {
  cat <<END
Package: credential-provider
Version: $VERSION
Architecture: $ARCHITECTURE
Maintainer: $maintainer
Installed-Size: $(find "$root/usr" -type f -printf '%s\n' | awk '{ k += int(($1 + 1023) / 1024) } END { print k }')
Depends: ca-certificates
Suggests: kubernetes-client
Section: admin
Priority: optional
Description: $summary
$(sed 's/^/ /' <<<"$description")
END
}

pack_deb() {
  add_usr
  mv "$root/usr/share/zsh/site-functions" "$root/usr/share/zsh/vendor-completions"
  copyright | add "$doc/copyright"
  changelog | gzip -9n | add "$doc/changelog.gz"
  control | add DEBIAN/control
  (cd "$root" && find usr -type f | sort | xargs md5sum) | add DEBIAN/md5sums
  settle
  dpkg-deb --root-owner-group --threads-max=1 -Zxz --build "$root" "$output" >/dev/null
}

# Folders that only other packages would make, such as fish's, are this one's too: removed, it leaves none.
spec() {
  cat <<END
Name: credential-provider
Version: $VERSION
Release: 1
Summary: ${summary^}
License: Apache-2.0 AND MIT AND curl AND Apache-2.0 WITH LLVM-exception
AutoReqProv: no
Requires: ca-certificates
%description
$description
%install
cp -a "$root/." "%{buildroot}"
%files
$(cd "$root" && find usr -type d | sort | grep -vxE 'usr(/bin|/share(/doc|/man(/man1)?)?)?' | sed 's,^,%dir /,')
$(cd "$root" && find usr ! -type d | sort | sed 's,^,/,')
END
}

pack_rpm() {
  add_usr
  copyright | add usr/share/licenses/credential-provider/LICENSE
  settle
  spec >"$tree/spec"
  # No step of the distribution's on what is packed, and nothing of this machine in what is written.
  HOME=$tree rpmbuild --quiet -bb --target "$ARCHITECTURE-linux" --define "_topdir $tree/rpmbuild" --define "_dbpath $tree/db" --define "_tmppath $tree" \
    --define "_rpmdir $tree" --define '_rpmfilename out.rpm' --define '__os_install_post %{nil}' \
    --define 'debug_package %{nil}' --define '_build_id_links none' --define '_binary_payload w6.xzdio' \
    --define '_buildhost localhost' --define 'use_source_date_epoch_as_buildtime 1' \
    --define 'clamp_mtime_to_source_date_epoch 1' "$tree/spec" >"$tree/log" 2>&1 || { cat "$tree/log" >&2; exit 1; }
  cp "$tree/out.rpm" "$output"
}

"pack_$format"
