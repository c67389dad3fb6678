#!/usr/bin/env bash
# Runs the programs that a release has in root file systems of other systems, and where something is missing: no user
# entry, nothing to write to, no /proc, no keyring. The arm64 ones run in an emulator; with LONG=1 also in an arm64 Debian
# with its own kubectl; with QUICK=1 only those for this machine are built and run. Needs root, and a network only towards apt's mirror, once; where a root cannot be had its row is
# skipped, with the reason. Prints a table, and ends with "N passed, N failed, N skipped".
set -uo pipefail
cd "$(dirname "$0")/../.."
. tests/setup.sh || exit 1
want_packages debootstrap qemu-user-static
. tests/portable/roots.sh

scratch=$(mktemp -d)
sandbox=
clean_up() {
  [ -z "$sandbox" ] || kill "$sandbox" 2>/dev/null
  rm -rf "$scratch"
}
trap clean_up EXIT

# A row: its name, the root, the target whose programs run there, and what is odd about it (row.sh knows the words).
rows() {
  cat <<END
debian-11 debian-11 linux-amd64
debian-12-minimal debian-12 linux-amd64
debian-13 debian-13 linux-amd64
musl musl linux-amd64
empty empty linux-amd64
no-passwd-entry debian-12 linux-amd64 no_passwd_entry
read-only debian-12 linux-amd64 read_only
no-proc debian-12 linux-amd64 no_proc
no-keyring debian-12 linux-amd64 no_keyring
END
  [ -n "${QUICK:-}" ] || echo "arm64-emulated empty linux-arm64 emulated no_proc"
  [ -z "${LONG:-}" ] || echo "arm64-debian debian-12-arm64 linux-arm64 binfmt"
}
steps=(get hit install kubectl verify list uninstall)

passed=0 failed=0 skipped=0
skip_row() { # skip_row NAME REASON
  echo "skipped: $1: $2"
  local step
  for step in "${steps[@]}"; do result[$1 $step]=skipped; skipped=$((skipped + 1)); done
}

# What the sandbox's certificates are signed with, in the place where this system keeps what it trusts.
trust_sandbox() { # trust_sandbox ROOT
  local authority
  authority=$(sed -n 's/.*"ca_file": *"\([^"]*\)".*/\1/p' "$scratch/sandbox/sandbox.json")
  if [ -x "$1/usr/sbin/update-ca-certificates" ]; then
    install -m 644 "$authority" "$1/usr/local/share/ca-certificates/sandbox.crt" && chroot "$1" update-ca-certificates >/dev/null 2>&1
  elif [ -e "$1/lib/ld-musl-x86_64.so.1" ]; then
    mkdir -p "$1/etc/ssl" && install -m 644 "$authority" "$1/etc/ssl/cert.pem"
  else
    mkdir -p "$1/etc/ssl/certs" && install -m 644 "$authority" "$1/etc/ssl/certs/ca-certificates.crt"
  fi
}

prepare_root() { # prepare_root FOLDER ROOT TRAITS
  unpack_root "$2" "$1" && trust_sandbox "$1" || return
  case " $3 " in
    *" emulated "*) cp "$(command -v qemu-aarch64-static)" "$1/qemu" ;;
    *" binfmt "*) ;;
    *) mkdir -p "$1/bin" && install -m 755 "$(command -v kubectl)" "$1/bin/kubectl" ;;
  esac
}

# A user namespace of its own keeps root's keyring out of it; another user than root has one anyway.
namespaces() {
  case " $1 " in
    *" no_passwd_entry "*) echo --mount --pid --fork ;;
    *) echo --user --map-root-user --mount --pid --fork ;;
  esac
}

run_row() { # run_row NAME ROOT TARGET TRAITS
  local name=$1 root=$scratch/root step outcome begin=$SECONDS
  prepare_root "$root" "$2" "$4" >"$scratch/log" 2>&1 || { skip_row "$name" "no root: $(tail -n 1 "$scratch/log")"; rm -rf "$root"; return; }
  # shellcheck disable=SC2046
  unshare $(namespaces "$4") tests/portable/row.sh "$root" "$4" "$scratch/$3" "$scratch/sandbox" >"$scratch/row" 2>&1 </dev/null
  for step in "${steps[@]}"; do
    outcome=$(sed -nE "s/^$step (passed|FAILED|skipped).*/\1/p" "$scratch/row")
    result[$name $step]=${outcome:=FAILED}
    case $outcome in passed) passed=$((passed + 1)) ;; skipped) skipped=$((skipped + 1)) ;; *) failed=$((failed + 1)) ;; esac
  done
  echo "== $name: $((SECONDS - begin)) s"
  grep -v ' passed$' "$scratch/row"
  rm -rf "$root"
}

targets=(linux-amd64)
[ -n "${QUICK:-}" ] || targets+=(linux-arm64)

unpack_programs() {
  local target bin
  bin=$(bazel info -c opt bazel-bin 2>/dev/null)
  for target in "${targets[@]}"; do
    mkdir "$scratch/$target" "$scratch/unpacked" && tar -C "$scratch/unpacked" --strip-components=1 -xf "$bin/packaging"/credential_provider-*"-$target.tar.gz" &&
      mv "$scratch/unpacked/bin"/* "$scratch/$target" && rm -r "$scratch/unpacked" || return
  done
}

start_sandbox() {
  mkdir "$scratch/sandbox" && chmod 755 "$scratch" "$scratch/sandbox"
  "$(bazel info -c opt bazel-bin 2>/dev/null)/tests/sandbox/sandbox" --dir "$scratch/sandbox" --lifetime 1800 &
  sandbox=$!
  for _ in $(seq 100); do [ -e "$scratch/sandbox/sandbox.json" ] && return; sleep 0.05; done
  return 1
}

table() {
  local line row step
  printf '%-18s' root; printf ' %-9s' "${steps[@]}"; echo
  while read -ra line; do
    row=${line[0]}
    printf '%-18s' "$row"
    for step in "${steps[@]}"; do printf ' %-9s' "${result[$row $step]}"; done
    echo
  done < <(rows)
}

declare -A result
tarballs=("${targets[@]/%/.tarball}")
bazel build -c opt "${tarballs[@]/#///packaging:}" //tests/sandbox && unpack_programs && start_sandbox || { echo "0 passed, 1 failed, 0 skipped"; exit 1; }
while read -r name root target traits; do
  if [ "$(id -u)" -ne 0 ]; then skip_row "$name" "needs root"; continue; fi
  run_row "$name" "$root" "$target" "$traits"
done < <(rows)
table
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
