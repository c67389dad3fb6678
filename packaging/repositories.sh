#!/usr/bin/env bash
# usage: repositories.sh --key KEY FOLDER RELEASE...
# Makes FOLDER a repository of apt (FOLDER/apt) and one of dnf (FOLDER/dnf), or adds to them, of the packages in the folders
# that release.sh has made. Both are signed by KEY of gpg's, whose public half is FOLDER/credential-provider.asc. FOLDER is
# to be served at ADDRESS/packages; the variable PROJECT_ADDRESS is another address, as for release.sh.
set -euo pipefail
export LC_ALL=C PYTHONDONTWRITEBYTECODE=1
umask 022
here=$(dirname "$(realpath "$0")")

fail() { # fail MESSAGE HINT
  printf 'error: %s\nhint: %s\n' "$1" "$2" >&2
  exit 1
}

[ $# -ge 4 ] || fail 'key, folder or release is missing' "$0 --key KEY FOLDER RELEASE..."
[ "$1" = --key ] || fail "$1 is not --key" "$0 --key KEY FOLDER RELEASE..."
key=$2 folder=$3
shift 3
for tool in gpg minisign apt-ftparchive createrepo_c; do
  [ -n "$(type -P $tool)" ] || fail "there is no $tool on the PATH" 'apt-get install gnupg minisign apt-utils createrepo-c'
done
address=$("$here/facts.py" PACKAGES)
case $address in
  *://*) ;;
  *) fail 'the project has no address' 'set ADDRESS in packaging/version.bzl, or for a trial the variable PROJECT_ADDRESS' ;;
esac

# A mail may be that of several keys: one of them is meant, and no other is to be trusted for packages.
one_key() { # one_key KEY : prints its fingerprint
  local found
  found=$(gpg --batch --with-colons --list-secret-keys -- "$1" 2>/dev/null | awk -F: '$1 == "sec" { next_is = 1 } $1 == "fpr" && next_is { print $10; next_is = 0 }')
  [ -n "$found" ] || fail "gpg has no secret key $1" 'gpg --list-secret-keys shows which there are'
  [ "$(wc -l <<<"$found")" -eq 1 ] || fail "$1 is the name of several keys" "give a fingerprint: $(tr '\n' ' ' <<<"$found")"
  echo "$found"
}

# What is not what was signed becomes no part of a repository, nor what only lies beside it.
add_packages() { # add_packages RELEASE
  local file
  (cd "$1" && minisign -q -V -p minisign.pub -m SHA256SUMS && sha256sum --strict --quiet --check SHA256SUMS >&2) ||
    fail "$1 is not as it was signed" 'make the release again'
  for file in $(sed 's/.*  //' "$1/SHA256SUMS"); do
    case $file in
      *.deb) cp "$1/$file" "$folder/apt/pool" ;;
      *.rpm) cp "$1/$file" "$folder/dnf" ;;
    esac
  done
}

sign() { gpg --batch --yes --quiet --local-user "$key" "$@"; }

make_apt() {
  local architecture index
  cd "$folder/apt"
  for architecture in amd64 arm64; do
    index=dists/stable/main/binary-$architecture
    mkdir -p "$index"
    apt-ftparchive --arch "$architecture" packages pool >"$index/Packages"
    gzip -9nc "$index/Packages" >"$index/Packages.gz"
  done
  rm -f dists/stable/*Release*
  # By their sums, too: who reads the list while it is being replaced finds the old files still there.
  apt-ftparchive -o APT::FTPArchive::DoByHash=true -o APT::FTPArchive::Release::Origin=credential_provider -o APT::FTPArchive::Release::Suite=stable \
    -o APT::FTPArchive::Release::Codename=stable -o 'APT::FTPArchive::Release::Architectures=amd64 arm64' \
    -o APT::FTPArchive::Release::Components=main release dists/stable >Release
  mv Release dists/stable
  sign --clearsign --output dists/stable/InRelease dists/stable/Release
  sign --armor --detach-sign --output dists/stable/Release.gpg dists/stable/Release
  cat >credential-provider.sources <<END
Types: deb
URIs: $address/apt
Suites: stable
Components: main
Signed-By: /etc/apt/keyrings/credential-provider.asc
END
}

# The list of the packages is signed, and has their sums; the packages are those of the release, byte by byte.
make_dnf() {
  cd "$folder/dnf"
  createrepo_c --quiet --general-compress-type=gz .
  sign --armor --detach-sign --output repodata/repomd.xml.asc repodata/repomd.xml
  cat >credential-provider.repo <<END
[credential-provider]
name=credential_provider
baseurl=$address/dnf
repo_gpgcheck=1
gpgcheck=0
gpgkey=$address/credential-provider.asc
END
}

key=$(one_key "$key")
mkdir -p "$folder/apt/pool" "$folder/dnf"
folder=$(realpath "$folder")
for release; do add_packages "$release"; done
(make_apt)
(make_dnf)
gpg --batch --armor --export "$key" >"$folder/credential-provider.asc"
echo "$folder"
