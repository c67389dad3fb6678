# The repositories of apt and dnf, in fresh systems. Sourced by run.sh.

user_home=/home/user  # in them
served=$scratch/www/packages

make_repositories() {
  export GNUPGHOME=$scratch/gnupg
  mkdir -m 700 "$GNUPGHOME" &&
    gpg --batch --quiet --passphrase '' --quick-gen-key 'Packages <packages@example.com>' ed25519 sign 2d &&
    PROJECT_ADDRESS=$address packaging/repositories.sh --key packages@example.com "$served" "$release"
}

makes_none_of_a_changed_release() {
  serve_copy repositories && change "$changed/credential-provider_${version}_amd64.deb" &&
    refuses_something 'is not as it was signed' env PROJECT_ADDRESS="$address" packaging/repositories.sh --key packages@example.com \
      "$scratch/none" "$changed"
}

takes_no_more_than_was_signed() {
  serve_copy beside && cp "$changed/credential-provider_${version}_amd64.deb" "$changed/unsigned_9_amd64.deb" &&
    PROJECT_ADDRESS=$address packaging/repositories.sh --key packages@example.com "$scratch/beside" "$changed" &&
    [ "$(ls "$scratch/beside/apt/pool" | wc -l)" -eq 2 ] && is_gone "$scratch/beside/apt/pool/unsigned_9_amd64.deb"
}

# Somebody's own key of the same mail is not to be trusted for packages.
wants_one_key() {
  gpg --batch --quiet --passphrase '' --quick-gen-key 'My own <own@example.com>' ed25519 sign 2d &&
    gpg --batch --quiet --passphrase '' --quick-gen-key 'Also mine <own@example.com>' ed25519 sign 2d &&
    refuses 'is the name of several keys' env PROJECT_ADDRESS="$address" packaging/repositories.sh --key own@example.com "$scratch/none" "$release" &&
    refuses 'gpg has no secret key' env PROJECT_ADDRESS="$address" packaging/repositories.sh --key nobody@example.com "$scratch/none" "$release" &&
    [ "$(gpg --with-colons --show-keys "$served/credential-provider.asc" | grep -c ^pub)" -eq 1 ]
}

refuses_something() { # refuses_something TEXT COMMAND... : fails, and says TEXT among other things
  ! "${@:2}" >"$scratch/said" 2>&1 || { cat "$scratch/said"; return 1; }
  cat "$scratch/said"
  grep -qiE -- "$1" "$scratch/said"
}

# Runs a command in the system, with a /proc and a /dev that go away with it. The network is this machine's.
inside() {
  unshare --mount --pid --fork sh -c 'mount -t proc proc "$0/proc" && mount --rbind /dev "$0/dev" && exec chroot "$0" "$@"' "$root" \
    env -i PATH=/usr/bin:/bin:/usr/sbin:/sbin HOME="$user_home" DEBIAN_FRONTEND=noninteractive ALIBABA_CLOUD_ECS_METADATA_DISABLED=true \
    ALIBABA_CLOUD_STS_ENDPOINT="$cloud" ALIBABA_CLOUD_ACCESS_KEY_ID=sandbox-alice \
    ALIBABA_CLOUD_ACCESS_KEY_SECRET=sandbox-alice-secret "$@"
}

enter_root() { # enter_root NAME
  root=$scratch/root
  rm -rf "$root" && unpack_root "$1" "$root" && mkdir -p "$root$user_home" "$root/etc/apt/keyrings" "$root/etc/yum.repos.d" &&
    echo '127.0.0.1 localhost' >"$root/etc/hosts" && rm -rf "$root"/etc/apt/sources.list{,.d/*}
}

# What is in the system, but for the book-keeping of apt, dpkg, rpm and dnf.
root_contents() {
  (cd "$root" && find . \( -path ./var/lib/apt -o -path ./var/cache -o -path ./var/lib/dpkg -o -path ./var/log -o -path ./var/lib/rpm -o \
    -path ./var/lib/dnf -o -path ./etc/apt -o -path ./etc/yum.repos.d -o -path ./tmp -o -path ./root/.gnupg -o -path ./var/tmp \) -prune \
    -o -printf '%M %u %p\n' | sort)
}

# What docs/install.md has a reader do.
apt_knows_the_repository() { # apt_knows_the_repository [ADDRESS]
  cp "$served/credential-provider.asc" "$root/etc/apt/keyrings" &&
    sed "s,^URIs: .*,URIs: ${1:-$address/packages}/apt," "$served/apt/credential-provider.sources" >"$root/etc/apt/sources.list.d/credential-provider.sources"
}

kubectl_works_inside() {
  install -m 755 "$(command -v kubectl)" "$root$user_home/kubectl" || return
  inside kubectl-ack install ack --no-backup --cluster-id $cluster --cs-endpoint "$cloud" --store disk || return
  inside "$user_home/kubectl" get namespace >"$scratch/namespaces" && grep kube-system "$scratch/namespaces" &&
    inside kubectl-ack uninstall --no-backup $context || return
  rm -rf "$root$user_home"/{kubectl,.kube,.cache}
}

apt_installs() { apt_knows_the_repository && inside apt-get -q update && inside apt-get -q -y install credential-provider; }
apt_removes() { inside apt-get -q -y purge credential-provider && root_contents | diff "$scratch/root_before" -; }

serve_repositories_as() { # serve_repositories_as NAME : a copy to be changed
  changed=$scratch/www/$1
  rm -rf "$changed" && mkdir "$changed" && cp -r "$served/." "$changed"
}

apt_refuses() {
  serve_repositories_as apt_package && change "$changed/apt/pool/credential-provider_${version}_amd64.deb" &&
    apt_knows_the_repository "$address/apt_package" && inside apt-get clean && inside apt-get -q update &&
    refuses_something 'mismatch|unexpected size' inside apt-get -q -y install credential-provider || return
  serve_repositories_as apt_list && gzip -d <"$changed/apt/dists/stable/main/binary-amd64/Packages.gz" | sed -E 's/^SHA256: [0-9a-f]+/SHA256: '"$(printf '0%.0s' {1..64})"'/' |
    tee "$changed/apt/dists/stable/main/binary-amd64/Packages" | gzip -9n >"$scratch/gz" &&
    cp "$scratch/gz" "$changed/apt/dists/stable/main/binary-amd64/Packages.gz" &&
    find "$changed"/apt/dists/stable/main/binary-amd64/by-hash -type f -exec cp "$scratch/gz" {} \; && apt_knows_the_repository "$address/apt_list" &&
    refuses_something 'mismatch|unexpected size' inside apt-get -q update || return
  serve_repositories_as apt_signature && sed -i 's/^Origin: .*/Origin: somebody/' "$changed/apt/dists/stable/InRelease" &&
    apt_knows_the_repository "$address/apt_signature" &&
    refuses_something 'bad signature|signature.*invalid|BADSIG|not signed|no valid' inside apt-get -q -o APT::Update::Error-Mode=any update &&
    ! inside apt-get -q -y install credential-provider
}

test_apt() { # test_apt ROOT
  check "apt in $1 installs it" apt_in "$1" || return
  check "apt in $1: kubectl works, and purged it leaves nothing" kubectl_works_and_apt_removes
  check "apt in $1 refuses a changed package, list or signature" apt_refuses
}
apt_in() { enter_root "$1" && root_contents >"$scratch/root_before" && apt_installs; }
kubectl_works_and_apt_removes() { kubectl_works_inside && apt_removes; }

# An empty database knows of no ca-certificates: a package of that name, with nothing in it.
make_stub() {
  local tree=$scratch/stub
  mkdir "$tree" "$scratch/www/stub" && printf 'Name: ca-certificates\nVersion: 1\nRelease: 1\nSummary: stub\nLicense: none\nBuildArch: noarch\n%%description\nstub\n%%files\n' >"$tree/spec" &&
    HOME=$tree rpmbuild --quiet -bb --define "_topdir $tree" --define "_dbpath $tree/db" --define "_rpmdir $scratch/www/stub" "$tree/spec" &&
    createrepo_c --quiet "$scratch/www/stub"
}

dnf_inside() { inside dnf --assumeyes --releasever=1 --setopt=install_weak_deps=False --setopt=retries=0 "$@"; }

dnf_knows_the_repository() { # dnf_knows_the_repository [ADDRESS]
  printf '[stub]\nname=stub\nbaseurl=%s/stub\ngpgcheck=0\n' "$address" >"$root/etc/yum.repos.d/stub.repo"
  sed "s,^baseurl=.*,baseurl=${1:-$address/packages}/dnf," "$served/dnf/credential-provider.repo" >"$root/etc/yum.repos.d/credential-provider.repo"
  dnf_inside -q clean all
}

dnf_installs() {
  enter_root debian-12-dnf && make_stub && dnf_knows_the_repository && dnf_inside install ca-certificates && root_contents >"$scratch/root_before" &&
    dnf_inside install credential-provider
}
kubectl_works_and_dnf_removes() {
  kubectl_works_inside && dnf_inside remove credential-provider && root_contents | diff "$scratch/root_before" -
}

dnf_refuses() {
  serve_repositories_as dnf_package && change "$changed/dnf/credential-provider-$version-1.x86_64.rpm" &&
    dnf_knows_the_repository "$address/dnf_package" &&
    refuses_something 'checksum|size|expected|error' dnf_inside install credential-provider || return
  serve_repositories_as dnf_list && sed -i 's/<revision>/<revision>9/' "$changed/dnf/repodata/repomd.xml" &&
    dnf_knows_the_repository "$address/dnf_list" &&
    refuses_something 'bad GPG signature|signature' dnf_inside install credential-provider || return
  serve_repositories_as dnf_unsigned && rm "$changed/dnf/repodata/repomd.xml.asc" && dnf_knows_the_repository "$address/dnf_unsigned" &&
    refuses_something 'GPG|signature|404' dnf_inside install credential-provider && is_gone "$root/usr/bin/credential_provider"
}

test_dnf() {
  check "dnf, with an empty database, installs it" dnf_installs || return
  check "dnf: kubectl works, and removed it leaves nothing" kubectl_works_and_dnf_removes
  check "dnf refuses a changed package or list, and one without a signature" dnf_refuses
}

test_repositories() {
  local name system reason
  name="packaging/repositories.sh makes those of apt and dnf"
  if reason=$(missing gpg apt-ftparchive createrepo_c); then skip "$name" "$reason"; return; fi
  check "$name" make_repositories || return
  check "and none of a changed release" makes_none_of_a_changed_release
  check "nor of what only lies beside one" takes_no_more_than_was_signed
  check "signed by one key, of which there is no doubt" wants_one_key
  if [ "$(id -u)" -ne 0 ] || missing debootstrap >/dev/null; then skip "apt and dnf in fresh systems" "needs root and debootstrap"; return; fi
  for system in debian-13 debian-12-dnf debian-11; do
    if [ -n "${QUICK:-}" ] && { [ "$system" != debian-13 ] || [ ! -s "$roots_folder/$system.tar" ]; }; then
      skip "apt in $system" "QUICK is set"
    elif ! enter_root "$system" >"$scratch/log" 2>&1; then
      skip "apt in $system" "cannot be made: $(tail -n 1 "$scratch/log")"
    else
      test_apt "$system"
    fi
  done
  if [ -n "${QUICK:-}" ]; then skip "dnf" "QUICK is set"; return; fi
  if ! enter_root debian-12-dnf >"$scratch/log" 2>&1; then skip "dnf" "no system to run it in"; return; fi
  test_dnf
}
