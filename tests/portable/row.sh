#!/usr/bin/env bash
# usage: row.sh ROOT TRAITS PROGRAMS SANDBOX    one row of run.sh's table, in namespaces of its own: what both programs do
# in the root file system ROOT, which has TRAITS (words). Prints "STEP passed", "STEP skipped: REASON", or what went wrong and
# "STEP FAILED".
set -uo pipefail
here=$(dirname "$0")
root=$1 traits=" $2 " programs=$3 sandbox=$4
cluster=c00000000000000000000000000000001 context=ack-c00000000000000000000000000000001
log=$(mktemp)
trap 'rm -f "$log" "$log.answer"' EXIT

is() { [[ $traits = *" $1 "* ]]; }
value() { sed -n "s/.*\"$1\": *\"\([^\"]*\)\".*/\1/p" "$sandbox/sandbox.json"; }
requests() { curl -sS "$(value control)/counts" | sed -n 's/.*"cs": *\([0-9]*\).*/\1/p'; }

# Who the programs run as, and the only folder they can write to.
user=0 home=/home/user
if is no_passwd_entry; then user=65532; fi
if is read_only; then home=/dev/shm/user; fi

prepare() {
  mkdir -p "$root/bin" "$root$home" "$root/proc" "$root/dev/shm"
  install -m 755 "$programs"/{credential_provider,kubeconfig_writer} "$root/bin"
  chown "$user:$user" "$root$home" && chmod 700 "$root$home"
  # Every container has this one, and kubectl starts no plugin without.
  touch "$root/dev/null" && mount --bind /dev/null "$root/dev/null" || return
  if is read_only; then
    mount --bind "$root" "$root" && mount --bind "$root/dev/shm" "$root/dev/shm" && mount -o remount,bind,ro "$root" || return
  fi
  if ! is no_proc; then mount -t proc proc "$root/proc" || return; fi
  if is binfmt; then mount -t binfmt_misc none /proc/sys/fs/binfmt_misc && register_emulator; fi
}

# Has the kernel start arm64 programs in the emulator, in this user namespace alone.
register_emulator() {
  local magic='\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00\xb7\x00'
  local mask='\xff\xff\xff\xff\xff\xff\xff\x00\xff\xff\xff\xff\xff\xff\xff\xff\xfe\xff\xff\xff'
  printf '%s' ":arm64:M::$magic:$mask:$(command -v qemu-aarch64-static):F" >/proc/sys/fs/binfmt_misc/register
}

# Runs a program there, with nothing of this environment.
inside() { # inside PROGRAM ARGUMENT...
  local before=(env -i PATH=/bin:/usr/bin HOME="$home" KUBECONFIG="$home/config" ALIBABA_CLOUD_ECS_METADATA_DISABLED=true
    ALIBABA_CLOUD_ACCESS_KEY_ID=sandbox-alice ALIBABA_CLOUD_ACCESS_KEY_SECRET=sandbox-alice-secret)
  if is no_keyring; then before+=("$(command -v python3)" "$here/forbid_keyring.py"); fi
  before+=("$(command -v chroot)")
  if [ "$user" -ne 0 ]; then before+=(--userspec="$user:$user"); fi
  before+=("$root")
  if is emulated; then set -- /qemu "/bin/$1" "${@:2}"; fi
  "${before[@]}" "$@"
}

provide() { inside credential_provider get ack --cluster-id "$cluster" --cs-endpoint "$(value cloud_tls)" --endpoint-type private; }

get() {
  local before
  before=$(requests)
  provide >"$log.answer" && grep -q '"kind":"ExecCredential"' "$log.answer" && [ "$(requests)" -eq $((before + 1)) ]
}

hit() {
  local before
  before=$(requests)
  provide | cmp - "$log.answer" && [ "$(requests)" -eq "$before" ]
}

install_stanza() {
  inside kubeconfig_writer install ack --no-backup --cluster-id "$cluster" --cs-endpoint "$(value cloud_tls)" --endpoint-type private
}

namespaces() { inside kubectl get namespace | grep kube-system; }
verifies() { inside kubeconfig_writer verify "$context"; }
lists() { inside kubeconfig_writer list | grep "$context"; }

# The kubeconfig was not there before.
uninstall() { inside kubeconfig_writer uninstall --no-backup "$context" && ! grep -q exec "$root$home/config"; }

step() { # step NAME COMMAND
  if "$2" >"$log" 2>&1; then echo "$1 passed"; else sed 's/^/    /' "$log"; echo "$1 FAILED"; fi
}

prepare >"$log" 2>&1 || { cat "$log"; echo "prepare FAILED"; exit 1; }
step get get
step hit hit
step install install_stanza
if is emulated || ! [ -x "$root/bin/kubectl" ] && ! [ -x "$root/usr/bin/kubectl" ]; then
  echo "kubectl skipped: none here"
  echo "verify skipped: an emulated program cannot start another"
else
  step kubectl namespaces
  step verify verifies
fi
step list lists
step uninstall uninstall
inside credential_provider forget --all >/dev/null 2>&1
exit 0
