#!/usr/bin/env bash
# Asks the official npm SDK and credential_provider who the caller is, from the same files and variables and of
# the same sandbox, and compares the answers. $1: the folder with the built programs (bazel-bin).
# The SDK comes from npm at test time and is kept outside the tree; without it the test is skipped and says so.
set -euo pipefail
[[ $# == 1 ]] || { echo "usage: run.sh FOLDER_OF_BUILT_PROGRAMS" >&2; exit 2; }
bin=$(realpath "$1")
cd "$(dirname "$0")"
cache=${XDG_CACHE_HOME:-$HOME/.cache}/credential_provider_tests/npm_sdk

skip() {
  echo "npm SDK conformance skipped: $1"
  echo "0 passed, 0 failed, 1 skipped"
  exit 0
}

# npm's own output may name the registry: it stays in a file of the cache.
install_sdk() {
  mkdir -p "$cache"
  cmp -s package.json "$cache/installed.json" && return
  rm -f "$cache/installed.json"
  cp package.json "$cache/package.json"
  timeout 180 npm install --prefix "$cache" --no-package-lock --ignore-scripts --no-audit --no-fund \
    --fetch-retries=1 >"$cache/npm.log" 2>&1 </dev/null || return
  cp package.json "$cache/installed.json"
}

for program in node npm; do
  [[ -n $(type -P $program) ]] || skip "there is no $program on the PATH"
done
(($(node -p 'process.versions.node.split(".")[0]') >= 18)) || skip "node is older than 18"
install_sdk || skip "npm could not install the SDK (see npm.log in the test cache)"

world=$(mktemp -d)
"$bin/tests/sandbox/sandbox" --dir "$world" --lifetime 120 &
sandbox=$!
trap 'kill $sandbox 2>/dev/null || true; wait $sandbox 2>/dev/null || true; rm -rf "$world"' EXIT
for _ in {1..100}; do
  [[ -s $world/sandbox.json ]] && break
  sleep 0.1
done
[[ -s $world/sandbox.json ]] || { echo "npm SDK conformance: the sandbox did not start" >&2; exit 1; }

node compare.mjs "$bin/credential_provider/credential_provider" "$world" "$cache"
