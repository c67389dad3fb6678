#!/usr/bin/env bash
# Compares credential_provider with its peers, in one run on this machine, and prints a table. Arguments are passed to
# `bazel build`. The peers are built once, from Go's module proxy and PyPI, and kept outside the tree; one that cannot
# be had is named with the reason. While measuring they ask the sandbox on loopback, and nothing outside.
set -euo pipefail
cd "$(dirname "$0")/../../.."
cache=${XDG_CACHE_HOME:-$HOME/.cache}/credential_provider_tests/peers
mkdir -p "$cache"

aws_iam_authenticator=v0.6.13
azure_kubelogin=v0.2.22
awscli=1.45.11

programs=()  # NAME|PATH|LABEL|ON DISK
absent=("int128/kubelogin, kube-credential-cache, ack-ram-tool: Go's module proxy did not have them")

megabytes() { awk '{ printf "%.1f MB", $1 / 1e6 }'; }

# add NAME PATH LABEL NEEDS [FOLDER]: how large it is, or its folder, is found here.
add() { programs+=("$1|$2|$3|$(du -Lsb "${5:-$2}" | megabytes), $4"); }

# Prints what a file of machine code needs to start.
libraries_of() { [ "$(readelf -l "$1" | grep -c INTERP)" = 0 ] && echo "nothing else" || echo "libc"; }

# go_peer NAME PACKAGE VERSION LABEL. The output of go, and of pip below, may name a registry: it stays in the cache.
go_peer() {
  local name=$1 program=$cache/$1-$3/$1
  if [ ! -x "$program" ]; then
    echo "peers: building $name $3, once" >&2
    GOBIN=$(dirname "$program") GOFLAGS='' GOTOOLCHAIN=auto GOWORK=off timeout --foreground 1800 nice -n 15 \
      go install -p 1 -trimpath -ldflags='-s -w' "$2@$3" >"$cache/$name.log" 2>&1 ||
      { absent+=("$4 $3: cannot be built (see $name.log in the test cache)"); return 0; }
  fi
  add "$name" "$program" "$4 $3" "$(libraries_of "$program")"
}

aws_peer() {
  local folder=$cache/awscli-$awscli
  if [ ! -x "$folder/bin/aws" ]; then
    echo "peers: installing awscli $awscli, once" >&2
    { python3 -m venv --without-pip "$folder" &&
      timeout --foreground 600 pip --python "$folder/bin/python3" install "awscli==$awscli"; } >"$cache/awscli.log" 2>&1 ||
      { absent+=("aws CLI $awscli: cannot be installed (see awscli.log in the test cache)"); return 0; }
  fi
  add aws "$folder/bin/aws" "aws CLI $awscli" "$("$folder/bin/python3" -V)" "$folder/lib"
}

gke_peer() {
  local program version
  program=$(type -P gke-gcloud-auth-plugin) ||
    { absent+=("gke-gcloud-auth-plugin: not on this machine"); return 0; }
  version=$("$program" --version | sed -E 's/^Kubernetes ([^+]*).*/\1/')
  add gke-gcloud-auth-plugin "$(realpath "$program")" "gke-gcloud-auth-plugin $version" "$(libraries_of "$program")"
}

[ -n "$(type -P curl)" ] || { echo "peers: there is no curl on the PATH" >&2; exit 1; }
bazel build -c opt "$@" //credential_provider //tests/bench/peers
bin=$(bazel info -c opt bazel-bin 2>/dev/null)
ours=$bin/credential_provider/credential_provider
add credential_provider "$ours" "$("$ours" version)" "$(libraries_of "$ours")"
go_peer aws-iam-authenticator sigs.k8s.io/aws-iam-authenticator/cmd/aws-iam-authenticator \
  "$aws_iam_authenticator" aws-iam-authenticator
go_peer kubelogin github.com/Azure/kubelogin "$azure_kubelogin" Azure/kubelogin
aws_peer
gke_peer

printf '`tests/bench/peers/run.sh`, on %s cores:\n\n' "$(nproc)"
printf 'Left out: %s\n\n' "${absent[@]}"
cd "$bin/tests/bench/peers/peers.runfiles/credential_provider"
exec tests/bench/peers/peers "${programs[@]}"
