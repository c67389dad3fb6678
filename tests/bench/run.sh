#!/usr/bin/env bash
# Measures what kubectl is made to wait for and prints the tables. Arguments are passed to `bazel build`. With
# OTHER=PATH the credential_provider of another version is measured beside.
# valgrind, where it is installed, counts the instructions.
set -euo pipefail
cd "$(dirname "$0")/../.."
bazel build -c opt "$@" //tests/bench
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
echo 'int main(void) { return 0; }' | cc -O2 -x c - -o "$scratch/empty"
cd "$(bazel info -c opt bazel-bin 2>/dev/null)/tests/bench/bench.runfiles/credential_provider"
tests/bench/bench "$scratch/empty" ${OTHER:+"$OTHER"}
