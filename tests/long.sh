#!/usr/bin/env bash
# What tests/run.sh leaves out because it takes long, or compilers and servers that have to be built first: every
# kube-apiserver and kubectl, all system calls that can fail, 20,000 generated kubeconfigs, a million schedules of the
# store's protocol, an hour of fuzzing (FUZZ_MINUTES), the sanitizers, a release for every system, made twice from
# nothing, arm64 in an emulator, all of Bazel 7, clang-tidy and the coverage. Ends with "N passed, N failed".
set -uo pipefail
cd "$(dirname "$0")/.."
. tests/setup.sh || exit 1
. tests/counting.sh

bazel build -c opt //credential_provider //kubeconfig_writer //tests/sandbox || { echo "0 passed, 1 failed"; exit 1; }
suite tests/conformance/run.sh bazel-bin
suite tests/conformance/clients/run.sh bazel-bin
suite tests/mutants/run.py
suite tests/edits/run.sh 20000 --seed 2 --judged-every 100
suite tests/simulation/run.sh 1000000
suite env FAULTS_OF_A_KIND=40 tests/faults/run.sh
suite tests/fuzz.sh "${FUZZ_MINUTES:-60}"
check tests/sanitized.sh
suite tests/release/run.sh
suite tests/ways_in/run.sh bazel-bin
suite env LONG=1 tests/portable/run.sh
suite tests/macos.sh
suite env LONG=1 tests/bazel7/run.sh
check tests/lint.sh
check tests/coverage.sh
finish
