#!/usr/bin/env bash
# Lists namespaces through our programs with real Kubernetes clients, old and new, of several languages: against the
# sandbox, and against a real kube-apiserver where run.sh of the folder above has built one. Prints a table of clients
# and situations. $1: the folder with the built programs (bazel-bin by default). QUICK=1: only clients that install in
# seconds, and nothing that waits for a certificate's end. CLIENTS="node kube_rs": only these.
# Clients come from their languages' package registries at fixed versions, are built once, and are kept outside the
# tree. What cannot be had is skipped, with the reason; ends with "N passed, N failed, N skipped".
set -euo pipefail
bin=$(realpath "${1:-$(dirname "$0")/../../../bazel-bin}")
cd "$(dirname "$0")"
tests=${XDG_CACHE_HOME:-$HOME/.cache}/credential_provider_tests
cache=$tests/clients
export GOTOOLCHAIN=local GOFLAGS= GOWORK=off
flags=()

is_wanted() { [[ -z ${CLIENTS:-} || " $CLIENTS " == *" $1 "* ]]; }

skip() { flags+=(-skipped "$1=$2"); }

# prepare NAME VERSION TOOL FUNCTION: makes the program of a client, unless this very source was made before:
# FUNCTION VERSION, called in the client's folder of the cache, which holds a copy of its sources, leaves a script `run`.
# What tools print may name a registry: it stays in a file of the cache.
prepare() {
  local name=$1 version=$2 tool=$3 function=$4 folder source
  is_wanted "$name" || return 0
  folder=$cache/$name-$version
  source=$(find "$name" run.sh -type f -print0 | sort -z | xargs -0 cat | sha256sum)
  [ -n "$(type -P "$tool")" ] || { skip "$name $version" "there is no $tool on the PATH"; return; }
  if [ "$(cat "$folder/made" 2>/dev/null)" != "$source" ]; then
    echo "clients: preparing $name $version, once" >&2
    mkdir -p "$folder"
    cp -r "$name/." "$folder/"
    rm -f "$folder/made" "$folder/run"
    (cd "$folder" && timeout --foreground 1200 bash -euo pipefail -c "$(declare -f script "$function"); $function $version") \
      >"$folder/log" 2>&1 </dev/null && echo "$source" >"$folder/made" ||
      { skip "$name $version" "cannot be had (see $name-$version/log in the test cache)"; return; }
  fi
  flags+=(-client "$name $version=$folder/run")
}

# Writes the script `run`, which becomes the command given.
script() {
  printf '#!/bin/sh\nexec %s "$@"\n' "$1" >run
  chmod +x run
}

make_node() {
  cp "$1/package.json" .
  npm install --no-package-lock --ignore-scripts --no-audit --no-fund --fetch-retries=1
  script "node '$PWD/list.cjs' '$PWD'"
}

make_python() {
  python3 -m venv venv
  venv/bin/pip install --disable-pip-version-check "kubernetes==$1"
  script "'$PWD/venv/bin/python' '$PWD/list.py'"
}

make_java() {
  nice -n 10 mvn -B -q -Dclient.version="$1" dependency:build-classpath -Dmdep.outputFile="$PWD/classpath"
  javac -cp "$(cat classpath)" -d classes List.java
  script "java -XX:-UsePerfData -XX:TieredStopAtLevel=1 -cp '$PWD/classes:$(cat classpath)' List"
}

make_kube_rs() {
  CARGO_BUILD_JOBS=1 nice -n 10 cargo build --target-dir "$PWD/target" --manifest-path "$1/Cargo.toml"
  script "'$PWD/target/debug/list'"
}

make_client_go() {
  script "'$PWD/list'"
}

make_ruby() {
  ruby -e 'require "kubeclient"'
  script "ruby '$PWD/list.rb'"
}

# Ruby's client is the one that Debian packages.
prepare_ruby() {
  is_wanted ruby || return 0
  . ../../setup.sh >/dev/null && want_packages ruby-kubeclient
  local version
  version=$(ruby -e 'require "kubeclient/version"; print Kubeclient::VERSION' 2>/dev/null) ||
    { skip ruby "Debian's ruby-kubeclient is not installed"; return; }
  prepare ruby "$version" ruby make_ruby
}

# client-go is in the Go module of the folder above, at one version.
prepare_client_go() {
  is_wanted client_go || return 0
  local version
  version=$(sed -n 's|^\tk8s.io/client-go v||p' ../go.mod)
  mkdir -p "$cache/client_go"
  (cd .. && nice -n 15 go build -trimpath -buildvcs=false -ldflags='-s -w' -o "$cache/client_go/" ./clients/client_go) \
    >"$cache/client_go/log" 2>&1 && flags+=(-client "client_go $version=$cache/client_go/client_go") ||
    skip "client_go $version" "cannot be had (see client_go/log in the test cache)"
}

# Prints where etcd is, if it is installed or the folder above has unpacked it.
etcd() {
  type -P etcd || { [ -x "$tests/conformance/debian/usr/bin/etcd" ] && echo "$tests/conformance/debian/usr/bin/etcd"; }
}

use_server() {
  local servers=("$tests"/conformance/bin/kube-apiserver-*[0-9]) etcd
  etcd=$(etcd) && [ -x "${servers[-1]}" ] && flags+=(-etcd "$etcd" -server "${servers[-1]}") ||
    skip "real kube-apiserver" "tests/conformance/run.sh has not built one and found etcd"
}

mkdir -p "$cache"
if [ -z "$(type -P go)" ]; then
  echo "clients: skipped: there is no go on the PATH"
  echo "0 passed, 0 failed, 1 skipped"
  exit 0
fi
(cd .. && nice -n 15 go build -trimpath -buildvcs=false -ldflags='-s -w' -o "$cache/" ./clients) >"$cache/go.log" 2>&1 || {
  echo "clients: skipped: client-go could not be had (see go.log in the test cache)"
  echo "0 passed, 0 failed, 1 skipped"
  exit 0
}

prepare node 2.0.1 npm make_node
prepare node 0.22.3 npm make_node
prepare python 37.0.2 python3 make_python
prepare_ruby
if [ "${QUICK:-0}" = 1 ]; then
  flags+=(-quick)
else
  prepare_client_go
  prepare python 26.1.0 python3 make_python
  prepare java 27.0.0 mvn make_java
  prepare fabric8 8.0.0 mvn make_java
  prepare fabric8 6.14.0 mvn make_java
  prepare kube_rs 5.0.0 cargo make_kube_rs
  prepare kube_rs 0.85.0 cargo make_kube_rs
  use_server
fi

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/bin"
ln -s "$bin/credential_provider/credential_provider" "$bin/kubeconfig_writer/kubeconfig_writer" "$folder/bin"
timeout --foreground 1200 "$cache/clients" -sandbox "$bin/tests/sandbox/sandbox" -programs "$folder/bin" -folder "$folder" \
  "${flags[@]}"
