#!/usr/bin/env bash
# The main job, once, in a temporary folder: a kubeconfig with a stanza and no secret, and the real kubectl
# reaching a cluster through it. Alibaba Cloud and the cluster are played by the sandbox (tests/sandbox).
# Installs what is missing, leaves nothing but the build, and does not touch ~/.kube.
set -euo pipefail
cd "$(dirname "$0")/.."
. tests/setup.sh

# Minutes on a fresh machine, a second afterwards: how far it is, a line now and then; all that Bazel says after a failure.
log=${TMPDIR:-/tmp}/quickstart.$$.log
bazel build -c opt //credential_provider //kubeconfig_writer //tests/sandbox 2>"$log" &
building=$!
for ((tenths = 1; ; tenths++)); do
  kill -0 "$building" 2>/dev/null || break
  sleep 0.1
  [ $((tenths % 150)) -ne 0 ] || tail -n 1 "$log" >&2
done
wait "$building" || { cat "$log" >&2; rm -f "$log"; exit 1; }
rm -f "$log"

home=$(mktemp -d)
bazel-bin/tests/sandbox/sandbox --dir "$home" --lifetime 120 &
sandbox=$!
# The store may be the kernel's keyring, which is the user's: what this run put there is removed.
clean_up() {
  [ -z "${args:-}" ] || credential_provider forget "${args[@]:1}" >/dev/null || true
  kill "$sandbox" 2>/dev/null
  wait "$sandbox" 2>/dev/null || true
  rm -rf "$home"
}
trap clean_up EXIT
for _ in $(seq 100); do [ -e "$home/sandbox.json" ] && break; sleep 0.05; done
value() { sed -n "s/.*\"$1\": *\"\([^\"]*\)\".*/\1/p" "$home/sandbox.json"; }
requests() { curl -sf "$(value control)/counts" | sed -n 's/.*"cs": *\([0-9]*\).*/\1/p'; }
step() { printf '\n$ %s\n' "$*"; "$@"; }

# What a user has: the two programs on the PATH, and an AccessKey in the environment.
mkdir -p "$home/bin"
ln -s "$PWD/bazel-bin/credential_provider/credential_provider" "$PWD/bazel-bin/kubeconfig_writer/kubeconfig_writer" "$home/bin"
export PATH=$home/bin:$PATH HOME=$home KUBECONFIG=$home/.kube/config XDG_CACHE_HOME=$home/.cache
export ALIBABA_CLOUD_STS_ENDPOINT="$(value cloud)" ALIBABA_CLOUD_ACCESS_KEY_ID=sandbox-alice ALIBABA_CLOUD_ACCESS_KEY_SECRET=sandbox-alice-secret

args=(get ack --cluster-id c00000000000000000000000000000001 --region cn-hangzhou --cs-endpoint "$(value cloud)")
step kubeconfig_writer install "${args[@]:1}"
step sed -E 's/(certificate-authority-data: .{20}).*/\1.../' "$KUBECONFIG"
before=$(requests)
step credential_provider whoami
step kubectl get namespace
printf '\nRequests to Container Service for the first kubectl: %d\n' $(($(requests) - before))
before=$(requests)
step kubectl get namespace
printf '\nRequests to Container Service for the second kubectl: %d\n' $(($(requests) - before))

# What the provider cost: the stanza's own command, twenty times, beside an empty program.
time_of() {
  local begin end
  begin=$(date +%s%N)
  for _ in $(seq 20); do "$@" >/dev/null; done
  end=$(date +%s%N)
  echo "$(((end - begin) / 20000)) us"
}
printf 'A run of credential_provider from the store: %s; of /bin/true: %s\n' \
  "$(time_of credential_provider "${args[@]}")" "$(time_of /bin/true)"
step credential_provider status
[ "$before" = "$(requests)" ]
