#!/usr/bin/env bash
# How long a fleet takes: 200 clusters of the sandbox, each answer in 300 ms, installed over 8 and over 16 connections;
# then a second run, a kubectl for each (by `get`, with the stanza's arguments), and `warm` after all was forgotten. Prints
# a table with the calls that were made. Ends with 1 when a run that should ask for nothing has asked.
set -euo pipefail
cd "$(dirname "$0")/../.."
bazel build -c opt //credential_provider //kubeconfig_writer //tests/sandbox
bin=$(bazel info -c opt bazel-bin 2>/dev/null)
readonly clusters=200
home=$(mktemp -d)
trap 'kill "$sandbox" 2>/dev/null; rm -rf "$home"' EXIT
export HOME=$home PATH=$bin/credential_provider:$bin/kubeconfig_writer:$PATH
unset KUBECONFIG XDG_CACHE_HOME XDG_RUNTIME_DIR
"$bin/tests/sandbox/sandbox" --dir "$home/world" --lifetime 300 &
sandbox=$!
for _ in $(seq 200); do [ -e "$home/world/sandbox.json" ] && break; sleep 0.05; done
value() { sed -n "s/.*\"$1\": *\"\([^\"]*\)\".*/\1/p" "$home/world/sandbox.json"; }
export ALIBABA_CLOUD_ACCESS_KEY_ID=sandbox-alice ALIBABA_CLOUD_ACCESS_KEY_SECRET=sandbox-alice-secret
export ALIBABA_CLOUD_STS_ENDPOINT=$(value cloud) ALIBABA_CLOUD_ECS_METADATA_DISABLED=true
control() { curl -sf "$(value control)$1" ${2:+-d "$2"}; }
calls() { control /counts | tr -d ' \n' | grep -o "\"$1\":[0-9]*" | head -1 | cut -d: -f2 || true; }
install() { kubeconfig_writer install ack --all --region cn-shanghai --cs-endpoint "$(value cloud)" --store disk "$@"; }
get_all() { # one after the other, as the stanzas say
  kubectl config view -o json 2>/dev/null | python3 -c '
import json, subprocess, sys
for user in json.load(sys.stdin)["users"]:
    run = user["user"]["exec"]
    subprocess.run([run["command"], *run["args"]], stdout=subprocess.DEVNULL, check=True)'
}
start() {
  rm -rf "$home/.kube" "$home/.cache"
  control /reset '{}' >/dev/null
  control /config "{\"extra_clusters\": $clusters, \"key_type\": \"ec\"}" >/dev/null
  control /fault '{"match": {"action": "DescribeClusterUserKubeconfig"}, "delay_ms": 300, "times": -1}' >/dev/null
}
failed=0
# row WHAT MOST COMMAND...: its seconds, and its calls for a certificate, of which there may be so many.
row() {
  local what=$1 most=$2 before begin end asked
  shift 2
  before=$(calls DescribeClusterUserKubeconfig)
  begin=$(date +%s%N)
  "$@" >/dev/null 2>"$home/stderr" || { cat "$home/stderr" >&2; exit 1; }
  end=$(date +%s%N)
  asked=$(($(calls DescribeClusterUserKubeconfig) - ${before:-0}))
  [ "$asked" -le "$most" ] || failed=1
  printf '| %s | %d.%02d | %d |\n' "$what" $(((end - begin) / 1000000000)) $(((end - begin) / 10000000 % 100)) "$asked"
}

printf '| %s clusters, 300 ms an answer | seconds | certificates asked for |\n| --- | ---: | ---: |\n' "$clusters"
for parallel in 8 16; do
  start
  row "install --all --parallel $parallel --calls-per-second 60" $clusters \
    install --parallel "$parallel" --calls-per-second 60
done
row "the same again" 0 install --parallel 16
row "a run of each stanza" 0 get_all
row "warm --all" 0 kubeconfig_writer warm --all
credential_provider forget --all --store disk >/dev/null
row "warm --all after forget --all, with the limits by default" $clusters kubeconfig_writer warm --all
exit "$failed"
