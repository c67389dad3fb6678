#!/usr/bin/env bash
# Measures what kubectl is made to wait for and prints the tables. Arguments are passed to `bazel build`.
# valgrind, where it is installed, counts the instructions.
set -euo pipefail
cd "$(dirname "$0")/../.."
bazel build -c opt "$@" //tests/bench
cd "$(bazel info -c opt bazel-bin 2>/dev/null)/tests/bench/bench.runfiles/credential_provider"
exec tests/bench/bench
