#!/usr/bin/env bash
# build_kubernetes.sh VERSION PROGRAM FILE: builds a program of Kubernetes (kubectl, kube-apiserver) at a version, from
# Go's module proxy. k8s.io/kubernetes requires its own parts at v0.0.0, so each gets a `replace` by the version it was
# released with: 1.29.6 as v0.29.6. The checksum database answers for the sources. `providerless` leaves out the cloud
# providers that were part of Kubernetes up to 1.30.
set -euo pipefail
version=$1 program=$2 file=$3

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
export GOFLAGS=-mod=mod GOTOOLCHAIN=local GOWORK=off

requirements=$(go mod download -json "k8s.io/kubernetes@v$version" | sed -n 's/^\t"GoMod": "\(.*\)",$/\1/p')
{
  echo "module conformance/$program"
  grep -E '^(go|godebug) ' "$requirements"
  echo "require k8s.io/kubernetes v$version"
  sed -nE "s|^\s*(k8s.io/[a-z0-9.-]+) => \./staging/.*|replace \1 => \1 v0.${version#1.}|p" "$requirements"
} >go.mod

stamp() { printf -- '-X %s/version.gitVersion=v%s -X %s/version.gitMajor=1 -X %s/version.gitMinor=%s ' \
  "$1" "$version" "$1" "$1" "$(cut -d. -f2 <<<"$version")"; }
timeout --foreground 1800 nice -n 15 go build -trimpath -tags providerless \
  -ldflags "-s -w $(stamp k8s.io/component-base)$(stamp k8s.io/client-go/pkg)" \
  -o "$file.part" "k8s.io/kubernetes/cmd/$program"
mv "$file.part" "$file"
