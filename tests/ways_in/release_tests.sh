# What is in the folder of a release, and the step before it. Sourced by run.sh.

sums_are_true() { (cd "$release" && sha256sum --strict --quiet --check SHA256SUMS); }

# minisign and cosign, each by its own command as docs/install.md has it.
signed_file_is_right() { # signed_file_is_right FILE
  minisign -V -q -p "$release/minisign.pub" -m "$1" &&
    cosign verify-blob --key "$release/cosign.pub" --insecure-ignore-tlog --signature "$1.sig" "$1" 2>&1
}

everything_is_signed() {
  local file
  for file in "$release"/*.{tar.gz,oci.tar,deb,rpm,spdx.json,provenance.json} "$release"/{SHA256SUMS,install.sh,ack.yaml,credential-provider.{rb,nix},PKGBUILD{,.SRCINFO},NOTES.md}; do
    signed_file_is_right "$file" || { echo "$file"; return 1; }
  done
}

changes_are_seen() {
  serve_copy seen || return
  echo >>"$changed/credential_provider-$version-linux-amd64.spdx.json"
  ! minisign -V -q -p "$release/minisign.pub" -m "$changed/credential_provider-$version-linux-amd64.spdx.json" &&
    ! cosign verify-blob --key "$release/cosign.pub" --insecure-ignore-tlog \
      --signature "$changed/credential_provider-$version-linux-amd64.spdx.json.sig" \
      "$changed/credential_provider-$version-linux-amd64.spdx.json"
}

attests() { # attests FILE
  cosign verify-blob-attestation --key "$release/cosign.pub" --insecure-ignore-tlog --type slsaprovenance1 \
    --signature "$release/credential_provider-$version.intoto.jsonl" "$1"
}

provenance_is_of_each_file() {
  local file
  for file in "$release"/*.{tar.gz,oci.tar,deb,rpm,spdx.json}; do attests "$file" || { echo "$file"; return 1; }; done
  ! attests "$release/NOTES.md"
}

provenance_names_sources() {
  python3 - "$release/credential_provider-$version.provenance.json" "$address" third_party/sources.bzl <<'END'
import json, re, sys
statement = json.load(open(sys.argv[1]))
assert statement["_type"] == "https://in-toto.io/Statement/v1" and statement["predicateType"] == "https://slsa.dev/provenance/v1"
build = statement["predicate"]["buildDefinition"]
parts = {part["name"]: part for part in build["resolvedDependencies"]}
assert parts["credential_provider"]["uri"].startswith(f"git+{sys.argv[2]}@refs/tags/v"), parts
source = dict(re.findall(r'^    "(\w+)": struct\(.*?sha256 = "(\w+)"', open(sys.argv[3]).read(), re.S | re.M))
assert parts["openssl"]["digest"]["sha256"] == source["openssl"] and "zig" in parts and "googletest" not in parts, parts
assert statement["predicate"]["runDetails"]["builder"]["id"].startswith(sys.argv[2])
assert parts["ca-certificates"]["digest"]["sha256"], parts
assert len(statement["subject"]) == 17, statement["subject"]
END
}

# But for cosign's signatures, which are different each time.
second_is_equal() {
  tests/ways_in/make_release.sh "$built" "$address" "$scratch/keys" "$scratch/second" &&
    diff -rq --exclude='*.sig' --exclude='*.intoto.jsonl' "$release" "$scratch/second"
}

release_again() { # release_again ARGUMENT... : in another folder, with both keys unless told otherwise
  PROJECT_ADDRESS=${project-$address} MINISIGN_PASSWORD='' COSIGN_PASSWORD='' packaging/release.sh --minisign-key "$scratch/keys/minisign.key" \
    --cosign-key "$scratch/keys/cosign.key" --artefacts "$release" --output "$scratch/again" "$@"
}

refuses() { # refuses TEXT COMMAND... : fails with two lines, of which one has TEXT
  ! "${@:2}" >"$scratch/said" 2>&1 || { cat "$scratch/said"; return 1; }
  cat "$scratch/said"
  grep -qF -- "$1" "$scratch/said" && [ "$(grep -c '' "$scratch/said")" -eq 2 ]
}

refuses_what_is_missing() {
  refuses 'the source is of' release_again 9.9.9 && refuses 'no key for minisign' release_again "$version" --minisign-key /none &&
    project='' refuses 'the project has no address' release_again "$version" &&
    refuses 'is not empty' release_again "$version" --output "$release" &&
    refuses 'has no credential' release_again "$version" --artefacts "$scratch/keys" && refuses 'there is no /none' release_again "$version" --ca-list /none
}

# With a bazel that makes nothing: the artefacts of this release, which do not say their commit, are what it has made.
builds_of_a_commit_alone() {
  local clone=$scratch/clone
  git clone -q . "$clone" && git ls-files -z -m -o --exclude-standard | xargs -0r cp --parents -t "$clone" || return
  mkdir -p "$scratch/bazel/packaging" "$scratch/path/bazel" && cp "$release"/* "$scratch/bazel/packaging" 2>/dev/null
  printf '#!/bin/sh\n[ "$1" != info ] || echo "%s"\n' "$scratch/bazel" >"$scratch/path/bazel/bazel" && chmod +x "$scratch/path/bazel/bazel" || return
  touch "$clone/not_in_git"
  refuses 'differs from its commit' build_in "$clone" && rm "$clone/not_in_git" || return
  echo 'build --override_repository=openssl=elsewhere' >"$clone/.bazelrc.machine"
  git -C "$clone" add -A && { git -C "$clone" diff --cached --quiet || git -C "$clone" -c user.name=test -c user.email=test@localhost commit -qm 'test'; } &&
    refuses 'does not come from the archive' build_in "$clone" && rm "$clone/.bazelrc.machine" &&
    refuses 'are of the commit (none)' build_in "$clone"
}
build_in() { # build_in CLONE
  PATH=$scratch/path/bazel:$PATH PROJECT_ADDRESS=$address MINISIGN_PASSWORD='' COSIGN_PASSWORD='' "$1/packaging/release.sh" "$version" \
    --minisign-key "$scratch/keys/minisign.key" --cosign-key "$scratch/keys/cosign.key" --output "$scratch/$RANDOM"
}

# Artefacts of which the program says a commit, that of another source.
refuses_another_source() {
  local other=$scratch/other_source tree=credential_provider-$version-linux-amd64
  mkdir "$other" && cp "$release"/* "$other" 2>/dev/null
  mkdir -p "$scratch/of_other/$tree/bin" && printf '#!/bin/sh\necho "credential_provider %s"; echo commit %040d\n' "$version" 7 >"$scratch/of_other/$tree/bin/credential_provider" &&
    chmod +x "$scratch/of_other/$tree/bin/credential_provider" && tar -C "$scratch/of_other" -czf "$other/$tree.tar.gz" "$tree" &&
    refuses "are of the commit $(printf %040d 7), not of" release_again "$version" --artefacts "$other" && rm -rf "$scratch/again"
}

# Without a password, and without a terminal to ask at.
asks_for_passwords() {
  refuses 'no terminal to ask for the password' setsid -w env -u MINISIGN_PASSWORD PROJECT_ADDRESS="$address" packaging/release.sh "$version" \
    --minisign-key "$scratch/keys/minisign.key" --cosign-key "$scratch/keys/cosign.key" --artefacts "$release" --output "$scratch/asked"
}

# Keys are to have passwords.
signs_with_passwords() {
  mkdir "$scratch/locked" || return
  (cd "$scratch/locked" && printf 'one\none\n' | minisign -G -p minisign.pub -s minisign.key && COSIGN_PASSWORD=two cosign generate-key-pair) || return
  MINISIGN_PASSWORD=one COSIGN_PASSWORD=two release_with "$scratch/locked" && refuses_wrong_passwords
}
refuses_wrong_passwords() {
  ! MINISIGN_PASSWORD=other COSIGN_PASSWORD=two release_with "$scratch/locked" && ! MINISIGN_PASSWORD=one COSIGN_PASSWORD=other release_with "$scratch/locked"
}
release_with() { # release_with KEYS
  rm -rf "$scratch/locked_release"
  PROJECT_ADDRESS=$address packaging/release.sh "$version" --minisign-key "$1/minisign.key" --cosign-key "$1/cosign.key" \
    --artefacts "$release" --output "$scratch/locked_release"
}

notes_are_of_the_version() {
  local title
  title="## [$version]"
  grep -F "$title" packaging/CHANGELOG.md && grep -q '^- ' "$release/NOTES.md" && ! grep -q '^## ' "$release/NOTES.md" &&
    diff "$release/NOTES.md" <(sed -n "/^## \[$version\]/,/^## /{/^## /d;p}" packaging/CHANGELOG.md | sed 1d)
}

documents_lead_somewhere() {
  mkdir "$scratch/unpacked" && tar -C "$scratch/unpacked" --strip-components=1 -xzf "$release/$host" &&
    python3 tests/release/check_links.py "$scratch/unpacked"
}

cut_release() { CUT_IN=$scratch/cut packaging/cut.py "$@"; }

cuts_a_release() {
  local old=$version
  mkdir "$scratch/cut" && cp --parents README.md packaging/version.bzl packaging/CHANGELOG.md docs/*.md examples/* "$scratch/cut" || return
  refuses 'is not newer' cut_release 0.0.1 && refuses 'is no version' cut_release next && cut_release 99.0.0 2030-02-03 || return
  cd "$scratch/cut" || return
  grep -qx 'VERSION = "99.0.0"' packaging/version.bzl && grep -q '^RELEASED = "2030-02-03"' packaging/version.bzl &&
    sed -n '/^## /p' packaging/CHANGELOG.md | head -n 3 | diff - <(printf '## [Unreleased]\n## [99.0.0] - 2030-02-03\n## [%s] - %s\n' \
      "$old" "$(sed -n "s/^## \[$old\] - //p" "$OLDPWD/packaging/CHANGELOG.md")") &&
    grep -q 'credential_provider-99.0.0-linux-amd64.tar.gz' docs/install.md && ! grep -E "[-_:@]$old|[/@]v$old|version: $old" README.md docs/{install,ci,README.zh_CN}.md examples/* &&
    grep -q 'version 99.0.0, of February 2030' README.md && grep -q '版本 99.0.0，2030 年 2 月' docs/README.zh_CN.md && cd "$OLDPWD" &&
    refuses 'nothing under [Unreleased]' cut_release 99.0.1
}

test_release() {
  check "the sums are those of the files" sums_are_true
  check "every file has a signature of minisign's and of cosign's" everything_is_signed
  check "both see that a file was changed" changes_are_seen
  check "cosign takes the provenance for that of each artefact" provenance_is_of_each_file
  check "the provenance names the sources by their sums" provenance_names_sources
  check "the notes are what CHANGELOG says of the version" notes_are_of_the_version
  check "links of the packed documents lead somewhere" documents_lead_somewhere
  check "a release without version, address, key or artefact is refused" refuses_what_is_missing
  check "what is not of a commit is not released" builds_of_a_commit_alone
  check "nor what is of another commit than the source here" refuses_another_source
  check "a password is asked for at a terminal, or is missing" asks_for_passwords
  check "packaging/cut.py makes the source that of a new version" cuts_a_release
  if [ -n "${QUICK:-}" ]; then
    skip "made again it is the same, and with keys that have passwords" "QUICK is set"
  else
    check "keys with passwords sign, and with another password nothing does" signs_with_passwords
    check "made again it is the same, but for cosign's signatures" second_is_equal
  fi
}
