#!/usr/bin/env bash
# Compares our reading of NO_PROXY with that of Go's golang.org/x/net/http/httpproxy. $1: the folder with the built
# programs (bazel-bin). Without go, or without that package, it is skipped and says so.
set -euo pipefail
[[ $# == 1 ]] || { echo "usage: run.sh FOLDER_OF_BUILT_PROGRAMS" >&2; exit 2; }
decide=$(realpath "$1")/tests/conformance/no_proxy/decide/decide
cd "$(dirname "$0")"
cache=${XDG_CACHE_HOME:-$HOME/.cache}/credential_provider_tests/no_proxy
export GOTOOLCHAIN=local GOFLAGS= GOWORK=off

skip() {
  echo "NO_PROXY conformance skipped: $1"
  echo "0 passed, 0 failed, 1 skipped"
  exit 0
}

[[ -n $(type -P go) ]] || skip "there is no go on the PATH"
mkdir -p "$cache"
# Go's own output may name the proxy: it stays in a file of the cache.
nice -n 15 go build -trimpath -buildvcs=false -o "$cache/no_proxy" . >"$cache/go.log" 2>&1 ||
  skip "golang.org/x/net could not be had (see go.log in the test cache)"
timeout 60 "$cache/no_proxy" -decide "$decide"
