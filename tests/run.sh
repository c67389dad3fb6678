#!/usr/bin/env bash
# Installs what is missing, builds everything and runs the tests that a change must pass: in less than an hour on a
# fresh machine, much less on one that has built before. Says how long each suite took and what was skipped, and ends
# with "N passed, N failed". tests/long.sh runs the rest.
set -uo pipefail
cd "$(dirname "$0")/.."
. tests/setup.sh || exit 1
. tests/counting.sh

bazel build -c opt //... || { echo "0 passed, 1 failed"; exit 1; }
suite tests/format.sh
suite tests/arrows.py
suite tests/words.py 150
suite tests/named_tests.py
suite tests/platform_names.py
suite tests/language/catalogue.py
suite tests/language/readme.py
bazel_tests //...
check tests/quickstart.sh
suite tests/conformance/npm_sdk/run.sh bazel-bin
suite tests/conformance/aliyun_cli/run.sh bazel-bin "${ALIYUN_CLI_SOURCE-}"
suite tests/conformance/no_proxy/run.sh bazel-bin
suite env QUICK=1 tests/conformance/run.sh bazel-bin
suite env QUICK=1 tests/conformance/clients/run.sh bazel-bin
suite tests/krew/run.sh bazel-bin
suite tests/examples/run.sh bazel-bin
suite tests/image/run.sh bazel-bin
suite tests/upgrade/run.sh bazel-bin
suite tests/transcripts/transcripts.py
suite tests/documents/run.sh bazel-bin
suite tests/property/run.sh
suite tests/fleet/check.py
suite tests/edits/run.sh 300 --seed 1
suite tests/faults/run.sh
suite tests/simulation/run.sh
suite env QUICK=1 tests/release/run.sh
suite env QUICK=1 tests/ways_in/run.sh bazel-bin
suite env QUICK=1 tests/portable/run.sh
suite tests/bazel7/run.sh
finish
