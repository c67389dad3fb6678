#!/usr/bin/env bash
# Runs our programs and every kubectl there is against real kube-apiservers on loopback, with a sandbox instead of
# Alibaba Cloud, and prints a table. $1: the folder with the built programs (bazel-bin by default).
# kube-apiserver, and what kubectl the machine lacks, are built once from Go's module proxy and kept outside the tree.
# QUICK=1 takes the newest kube-apiserver alone, and of kubectl what the machine has.
# What cannot be had is skipped, with the reason; ends with "N passed, N failed, N skipped".
set -euo pipefail
bin=$(realpath "${1:-$(dirname "$0")/../../bazel-bin}")
cd "$(dirname "$0")"
cache=${XDG_CACHE_HOME:-$HOME/.cache}/credential_provider_tests/conformance
export GOTOOLCHAIN=local GOFLAGS= GOWORK=off

# The newest, and the oldest that the module proxy has.
servers=(1.37.2 1.29.6)
# Built where the machine has none of that minor version.
kubectls=(1.29.6 1.32.13 1.34.4 1.35.4 1.36.3 1.37.2)
skipped=()
if [[ -n ${QUICK:-} ]]; then
  skipped+=(-skipped "kube-apiserver ${servers[*]:1}=QUICK is set" -skipped "kubectl that the machine has not=QUICK is set")
  servers=("${servers[0]}") kubectls=()
fi

skip_all() {
  echo "kube-apiserver conformance skipped: $1"
  echo "0 passed, 0 failed, 1 skipped"
  exit 0
}

# Prints where a file of a Debian package is: the package is installed, or else unpacked into the cache.
debian_file() {
  local package=$1 file=$2
  [ -e "/$file" ] && echo "/$file" && return
  [ -e "$cache/debian/$file" ] ||
    (mkdir -p "$cache/debian" && cd "$cache/debian" && apt-get download -qq "$package" && dpkg-deb -x "$package"_*.deb .) \
      >"$cache/$package.log" 2>&1 </dev/null || return
  [ -e "$cache/debian/$file" ] && echo "$cache/debian/$file"
}

# Builds a program of Kubernetes unless it is there. Go's own output may name the proxy: it stays in a file of the cache.
built() {
  local program=$1 version=$2
  [ -x "$cache/bin/$program-$version" ] && return
  echo "conformance: building $program $version, once" >&2
  ./build_kubernetes.sh "$version" "$program" "$cache/bin/$program-$version" >"$cache/$program-$version.log" 2>&1 && return
  skipped+=(-skipped "$program $version=cannot be built (see $program-$version.log in the test cache)")
  return 1
}

# Prints "MINOR=PATH" for each kubectl on the machine: the one on the PATH and those beside it.
found_kubectls() {
  local kubectl on_path version
  on_path=$(realpath "$(type -P kubectl || echo /nowhere)")
  for kubectl in "$(dirname "$on_path")"/kubectl.* "$on_path"; do
    [ -x "$kubectl" ] || continue
    version=$("$kubectl" version --client -o json 2>/dev/null | sed -n 's/.*"gitVersion": "v1\.\([0-9]*\)\.[0-9]*",$/\1/p')
    [ -z "$version" ] || echo "$version=$kubectl"
  done
}

# Sets kubectl_flags: one kubectl for each minor version, oldest first.
choose_kubectls() {
  local chosen version
  chosen=$(found_kubectls | sort -t = -k 1,1 -u)
  for version in "${kubectls[@]}"; do
    grep -q "^$(cut -d . -f 2 <<<"$version")=" <<<"$chosen" && continue
    built kubectl "$version" && chosen+=$'\n'"$(cut -d . -f 2 <<<"$version")=$cache/bin/kubectl-$version"
  done
  mapfile -t kubectl_flags < <(sort -n <<<"$chosen" | sed -n 's/^./-kubectl=&/p')
}

mkdir -p "$cache/bin"
[ -n "$(type -P go)" ] || skip_all "there is no go on the PATH"
etcd=$(debian_file etcd-server usr/bin/etcd) || skip_all "there is no etcd, and apt-get cannot download it"

server_flags=()
for version in "${servers[@]}"; do
  built kube-apiserver "$version" && server_flags+=("-server=$version=$cache/bin/kube-apiserver-$version")
done
[ ${#server_flags[@]} -gt 0 ] || skip_all "no kube-apiserver could be built (see the logs in the test cache)"
choose_kubectls
[ ${#kubectl_flags[@]} -gt 0 ] || skip_all "there is no kubectl, and none could be built"
go list -deps . ./informer >"$cache/go.log" 2>&1 || skip_all "client-go could not be had (see go.log in the test cache)"
nice -n 15 go build -trimpath -buildvcs=false -ldflags='-s -w' -o "$cache/bin/" . ./informer
faketime=$(debian_file libfaketime "usr/lib/$(gcc -print-multiarch)/faketime/libfaketime.so.1") || faketime=
skipped+=(-skipped "kubectl 1.24 to 1.26=the Go module proxy had none older than 1.29.6"
  -skipped "comparison with ack-ram-tool=the Go module proxy did not have it")

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/bin"
ln -s "$bin/credential_provider/credential_provider" "$bin/kubeconfig_writer/kubeconfig_writer" "$folder/bin"
timeout --foreground 660 "$cache/bin/conformance" -sandbox "$bin/tests/sandbox/sandbox" -programs "$folder/bin" \
  -informer "$cache/bin/informer" -etcd "$etcd" -faketime "$faketime" -folder "$folder" \
  "${server_flags[@]}" "${kubectl_flags[@]}" "${skipped[@]}"
