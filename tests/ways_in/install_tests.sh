# packaging/install.sh, of the release that is served. Sourced by run.sh.

home=$scratch/home
trusting=()  # whom curl and wget take for a certificate authority, where it is not the system's

# Folders to be the whole PATH: the same tools in each, and what downloads and what checks.
make_path() { # make_path NAME PROGRAM...
  local folder=$scratch/path/$1 program
  mkdir -p "$folder"
  for program in awk basename cat cp cut dirname find grep gzip head kubectl ls mkdir mktemp mv rm rmdir sed sha256sum sort tail tar tr uname \
    "${@:2}"; do
    ln -sf "$(type -P "$program")" "$folder/$program"
  done
}

make_paths() {
  make_path curl curl && make_path wget wget && make_path minisign curl minisign && make_path cosign wget cosign &&
    make_path both curl minisign cosign && make_path nothing || return
  # All of it busybox's.
  [ -n "$(type -P busybox)" ] || return 0
  mkdir -p "$scratch/path/busybox" && busybox --install -s "$scratch/path/busybox" && ln -s "$(type -P kubectl)" "$scratch/path/busybox/kubectl" &&
    cp -r "$scratch/path/busybox" "$scratch/path/busybox_minisign" && ln -s "$(type -P minisign)" "$scratch/path/busybox_minisign/minisign"
}

in_home() { # in_home PATH_NAME COMMAND... : with the PATH of that name, and nothing of this environment
  env -i HOME="$home" PATH="$scratch/path/$1" INSTALL_FROM="${from:-}" ALIBABA_CLOUD_ECS_METADATA_DISABLED=true \
    ALIBABA_CLOUD_ACCESS_KEY_ID=sandbox-alice ALIBABA_CLOUD_ACCESS_KEY_SECRET=sandbox-alice-secret ALIBABA_CLOUD_STS_ENDPOINT="$cloud" \
    "${trusting[@]}" "${@:2}"
}

shell_of() { if [ "$1" = busybox ]; then echo "$scratch/path/busybox/sh"; else type -P "$1"; fi; }

run_installer() { # run_installer SHELL PATH_NAME ARGUMENT...
  in_home "$2" "$(shell_of "$1")" "$release/install.sh" "${@:3}"
}

fresh_home() { rm -rf "$home" && mkdir "$home" && mkdir "$home/.config" && contents >"$scratch/before"; }
contents() { (cd "$home" && find . -printf '%y %m %p %l\n' | sort); }
nothing_is_there() { contents | diff "$scratch/before" -; }

kubectl_works() { # kubectl_works PATH_NAME BIN
  in_home "$1" "$2/kubeconfig_writer" install ack --no-backup --cluster-id $cluster --cs-endpoint "$cloud" --store disk &&
    in_home "$1" kubectl get namespace | grep kube-system && in_home "$1" "$2/kubectl-ack" uninstall --no-backup $context || return
  rm -rf "$home/.kube" "$home/.cache"
}

says() { # says TEXT COMMAND...
  "${@:2}" >"$scratch/said" 2>&1 || { cat "$scratch/said"; return 1; }
  cat "$scratch/said"
  grep -qF -- "$1" "$scratch/said"
}

installs() { # installs SHELL PATH_NAME CHECKED : into a fresh home, and out of it
  fresh_home && says "(checked: $3)" run_installer "$1" "$2" && kubectl_works "$2" "$home/.local/bin" || return
  [ -f "$home/.local/share/man/man1/credential_provider.1.gz" ] && [ -f "$home/.local/share/bash-completion/completions/kubectl-ack" ] &&
    [ "$(readlink "$home/.local/bin/kubectl_complete-ack")" = kubeconfig_writer ] || return
  run_installer "$1" "$2" --uninstall && nothing_is_there
}

installs_from_a_pipe() {
  fresh_home && curl -fsSL "$address/$downloads/install.sh" | in_home curl "$(type -P dash)" -s -- --prefix "$home/a folder" &&
    kubectl_works curl "$home/a folder/bin" && run_installer dash curl --uninstall --prefix "$home/a folder" && nothing_is_there
}

installs_again() {
  fresh_home && run_installer dash curl && contents >"$scratch/first" && run_installer dash curl && contents | diff "$scratch/first" - &&
    run_installer dash curl --uninstall && nothing_is_there
}

# Signs a changed release as the project would.
sign_again() { # sign_again KEYS
  (cd "$changed" && rm SHA256SUMS.{sig,minisig} && minisign -S -s "$1/minisign.key" -m SHA256SUMS &&
    sign_blob "$1/cosign.key" SHA256SUMS)
}

# A later release has one file less and one more.
upgrades() {
  local next=credential_provider-9.0.0-linux-amd64
  serve_copy next && mv "$changed" "${changed%/*}/v9.0.0" && changed=${changed%/*}/v9.0.0 && mkdir "$scratch/$next" &&
    tar -C "$scratch/$next" --strip-components=1 -xzf "$release/$host" && mv "$scratch/$next/share/man/man1/kubectl-ack.1.gz" \
    "$scratch/$next/share/man/man1/new.1.gz" && tar -C "$scratch" -czf "$changed/$next.tar.gz" "$next" &&
    (cd "$changed" && sha256sum "$next.tar.gz" >SHA256SUMS) && sign_again "$scratch/keys" || return
  fresh_home && run_installer dash both && from=$address/next run_installer dash both --version v9.0.0 &&
    is_gone "$home/.local/share/man/man1/kubectl-ack.1.gz" && [ -f "$home/.local/share/man/man1/new.1.gz" ] &&
    run_installer dash both --uninstall && nothing_is_there
}

# A file that is called as one that others make beside theirs, and a link of that name that leads elsewhere.
writes_nowhere_else() {
  fresh_home && mkdir -p "$home/.local/bin" && echo mine >"$home/outside" && ln -s "$home/outside" "$home/.local/bin/credential_provider.new" &&
    echo mine >"$home/.local/bin/kubeconfig_writer.new" && contents >"$scratch/before" && run_installer dash curl &&
    [ "$(cat "$home/outside" "$home/.local/bin/kubeconfig_writer.new")" = $'mine\nmine' ] && run_installer dash curl --uninstall && nothing_is_there
}

# An upgrade that ends midway, and goes through the second time: what only the old release had goes all the same.
recovers() {
  fresh_home && run_installer dash curl && mkdir -p "$home/.local/share/old" && echo old >"$home/.local/share/old/file" &&
    printf '%s\n' share/old/file "made $home/.local/share/old" >>"$home/.local/share/credential_provider/installed" || return
  make_path full curl && stub full cp 'exit 1' && refuses 'could not be written' run_installer dash full && run_installer dash curl &&
    is_gone "$home/.local/share/old/file" && run_installer dash curl --uninstall && nothing_is_there
}

leaves_no_folders() {
  fresh_home && mkdir "$home/.local" && echo mine >"$home/.local/bin" && contents >"$scratch/before" &&
    refuses 'could not be made' run_installer dash curl && nothing_is_there
}

keeps_what_is_others() {
  fresh_home && mkdir -p "$home/.local/bin" && echo mine >"$home/.local/bin/kubectl-ack" && contents >"$scratch/before" || return
  refuses 'is there already' run_installer dash curl && nothing_is_there && rm "$home/.local/bin/kubectl-ack" || return
  run_installer dash curl && echo mine >"$home/.local/bin/other" && run_installer dash curl --uninstall || return
  [ "$(cd "$home" && find .local | sort | tr '\n' ' ')" = '.local .local/bin .local/bin/other ' ] || { find "$home"; return 1; }
  refuses 'nothing that install.sh installed' run_installer dash curl --uninstall
}

refuses_to_install() { # refuses_to_install TEXT PATH_NAME ARGUMENT... : of the project `from`, and leaves nothing
  fresh_home && refuses "$1" run_installer dash "$2" "${@:3}" && nothing_is_there
}

refuses_a_changed_tarball() {
  serve_copy tarball && change "$changed/$host" || return
  local from=$address/tarball path
  for path in curl wget minisign cosign both; do refuses_to_install 'is not what SHA256SUMS says' $path || return; done
}

refuses_changed_sums() {
  serve_copy sums && change "$changed/$host" && (cd "$changed" && sha256sum "$host" >SHA256SUMS) || return
  local from=$address/sums
  refuses_to_install 'the minisign signature' minisign && refuses_to_install 'the cosign signature' cosign
}

refuses_another_key() {
  serve_copy key && sign_again "$scratch/other_keys" || return
  local from=$address/key
  refuses_to_install 'the minisign signature' minisign && refuses_to_install 'the cosign signature' cosign &&
    cp "$release/SHA256SUMS.minisig" "$changed" && refuses_to_install 'the cosign signature' both
}

refuses_no_signature() {
  serve_copy unsigned && rm "$changed"/SHA256SUMS.{sig,minisig} || return
  local from=$address/unsigned
  refuses_to_install 'could not be downloaded' minisign && refuses_to_install 'could not be downloaded' cosign &&
    from='' refuses_to_install 'neither minisign nor cosign' curl --require-signature
}

refuses_other_addresses() {
  local from
  for from in http://example.com http://127.0.0.1.example.com ftp://127.0.0.1 file:///etc; do
    refuses_to_install 'no address that begins with https' curl || return
  done
  for from in "http://127.0.0.1:80@example.com" https://name:password@example.com; do
    refuses_to_install 'has a name or a password in it' curl && ! grep password@ "$scratch/said" || return
  done
  from=''
  fresh_home && refuses 'is not of a release' in_home curl "$(type -P dash)" packaging/install.sh
}

refuses_what_it_cannot_do() {
  refuses_to_install 'is no version' curl --version ../1 && refuses_to_install 'could not be downloaded' curl --version 7.7.7 &&
    refuses_to_install 'could not be downloaded' wget --version 7.7.7 && refuses_to_install 'neither curl nor wget' nothing &&
    refuses_to_install 'is no option' curl --force && refuses_to_install 'has no value' curl --prefix || return
  make_path riscv curl && stub riscv uname 'echo riscv64' && refuses_to_install 'nothing is made for' riscv
}

# A site as releases are hosted on: with TLS, and with the files at an address that it redirects to.
start_site() {
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=site -addext subjectAltName=IP:127.0.0.1 \
    -keyout "$scratch/site.key" -out "$scratch/site.pem" 2>/dev/null || return
  tests/ways_in/site.py "$scratch/www" "$scratch/site.pem" "$scratch/site.key" "$address" >"$scratch/site" 2>/dev/null &
  site=$!
  for _ in $(seq 100); do [ ! -s "$scratch/site" ] || break; sleep 0.05; done
  site_address=https://127.0.0.1:$(cat "$scratch/site")
  echo "ca_certificate=$scratch/site.pem" >"$scratch/wgetrc"
}

installs_from_a_site() {
  local trusting=(CURL_CA_BUNDLE="$scratch/site.pem" WGETRC="$scratch/wgetrc") from path
  for from in "$site_address" "$site_address/redirected"; do
    for path in curl wget; do
      fresh_home && run_installer dash $path && run_installer dash $path --uninstall && nothing_is_there || return
    done
  done
}

refuses_another_site() {
  local from=$site_address
  refuses_to_install 'could not be downloaded' curl && refuses_to_install 'could not be downloaded' wget || return
  # And what leaves TLS on the way.
  local trusting=(CURL_CA_BUNDLE="$scratch/site.pem" WGETRC="$scratch/wgetrc")
  from=$site_address/downgraded
  refuses_to_install 'could not be downloaded' curl && refuses_to_install 'leads to an address without TLS' wget
}

# A server on https is asked by busybox's wget only where a signature is checked, for it does not look who that is.
busybox_wants_a_signature() {
  from=https://127.0.0.1:9 refuses_to_install 'neither minisign nor cosign' busybox &&
    from=https://127.0.0.1:9 refuses_to_install 'could not be downloaded' busybox_minisign
}

# With what a Mac has: shasum, or openssl alone.
compares_with_other_tools() {
  local tool
  for tool in shasum openssl; do
    make_path $tool curl perl $tool && rm "$scratch/path/$tool/sha256sum" && fresh_home && says '(checked: sha256)' run_installer dash $tool &&
      from=$address/tarball refuses_to_install 'is not what SHA256SUMS says' $tool || return
  done
}

stub() { # stub PATH_NAME PROGRAM SCRIPT
  rm -f "$scratch/path/$1/$2" && printf '#!/bin/sh\n%s\n' "$3" >"$scratch/path/$1/$2" && chmod +x "$scratch/path/$1/$2"
}

# Of each machine's kind the archive for it; a Mac with an Arm processor may say that it is an Intel one.
takes_its_own_archive() {
  local system machine target translated
  make_path machine curl || return
  while read -r system machine translated target; do
    stub machine uname "[ \"\$1\" = -s ] && echo $system || echo $machine" && stub machine sysctl "echo $translated" && fresh_home &&
      : >"$scratch/requests" || return
    # Whether what came runs here is another matter.
    run_installer dash machine
    grep "GET .*/credential_provider-$version-$target.tar.gz" "$scratch/requests" || return
  done <<END
Linux aarch64 0 linux-arm64
Darwin arm64 0 darwin-arm64
Darwin x86_64 0 darwin-amd64
Darwin x86_64 1 darwin-arm64
END
}

cut_off_it_does_nothing() {
  local lines
  fresh_home && lines=$(wc -l <"$release/install.sh") || return
  head -n $((lines - 1)) "$release/install.sh" | in_home curl "$(type -P dash)" && nothing_is_there
}

test_install() {
  make_paths || return
  if [ -n "$(type -P shellcheck)" ]; then
    check "install.sh has no remark of shellcheck's" shellcheck "$release/install.sh" packaging/install.sh packaging/release.sh tests/ways_in/make_release.sh
  else
    skip "install.sh has no remark of shellcheck's" "there is no shellcheck"
  fi
  check "install.sh with dash and curl: installed, kubectl works, removed without a trace" installs dash curl sha256
  check "the same with bash and GNU wget" installs bash wget sha256
  if [ -n "$(type -P busybox)" ]; then
    check "the same with nothing but busybox" installs busybox busybox sha256
  else
    skip "the same with nothing but busybox" "there is no busybox"
  fi
  check "the same, checked by minisign" installs dash minisign "minisign sha256"
  check "the same, checked by cosign" installs dash cosign "cosign sha256"
  check "the same, checked by both" installs dash both "minisign cosign sha256"
  check "from a pipe, into a folder with a space" installs_from_a_pipe
  check "done again it is the same" installs_again
  check "an upgrade removes what is no longer in it" upgrades
  check "an upgrade that was interrupted goes through the second time, and leaves nothing" recovers
  check "what somebody else has put there stays" keeps_what_is_others
  check "nothing is written through what somebody else has put there" writes_nowhere_else
  check "what cannot be installed leaves no folders" leaves_no_folders
  check "a changed tarball is refused" refuses_a_changed_tarball
  check "changed sums are refused where there is minisign or cosign" refuses_changed_sums
  check "a signature of another key is refused" refuses_another_key
  check "no signature is refused where one can be checked, or is asked for" refuses_no_signature
  start_site
  check "from a site with TLS, and over redirects" installs_from_a_site
  check "not from one with another certificate, nor to one without TLS" refuses_another_site
  check "addresses without TLS are refused, but this machine's" refuses_other_addresses
  if [ -n "$(type -P busybox)" ]; then
    check "busybox's wget is taken on https only where a signature is checked" busybox_wants_a_signature
  else
    skip "busybox's wget is taken on https only where a signature is checked" "there is no busybox"
  fi
  check "what cannot be done is said in two lines" refuses_what_it_cannot_do
  check "checksums are compared with shasum or openssl where there is no sha256sum" compares_with_other_tools
  check "each kind of machine takes its own archive" takes_its_own_archive
  check "a script that was cut off does nothing" cut_off_it_does_nothing
}
