#!/usr/bin/env bash
# Installs what is missing, builds everything and runs all tests. Ends with "N passed, N failed", and says what was
# skipped.
set -uo pipefail
cd "$(dirname "$0")/.."
. tests/setup.sh || exit 1

passed=0 failed=0 skipped=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT

# Adds up the counts of a run that is in $log. $1: its name; $2: its exit status; $3 to $5: what it counted.
count() {
  passed=$((passed + $3)) failed=$((failed + $4)) skipped=$((skipped + $5))
  if [ "$2" -ne 0 ] && [ "$4" -eq 0 ]; then failed=$((failed + 1)); fi
  if [ "$2" -ne 0 ]; then echo "FAILED: $1"; fi
}

# Runs a program that ends with "N passed, N failed", ", N skipped" behind it or not.
suite() {
  echo "== $*"
  "$@" 2>&1 </dev/null | tee "$log"
  local status=${PIPESTATUS[0]} counts
  counts=$(sed -nE 's/^([0-9]+) passed, ([0-9]+) failed(, ([0-9]+) skipped)?$/\1 \2 0\4/p' "$log" | tail -n 1)
  # shellcheck disable=SC2086
  count "$*" "$status" ${counts:-0 1 0}
}

bazel build -c opt //... || { echo "0 passed, 1 failed"; exit 1; }
bazel test -c opt --test_env=PATH //... 2>&1 | tee "$log"
status=${PIPESTATUS[0]}
# Each test is a case of gtest's; their logs say how many there were.
cases() {
  find -L bazel-testlogs -name test.log -exec sed -nE "s/^\[  $1 *\] ([0-9]+) tests?[,.].*/\1/p" {} + |
    awk '{ sum += $1 } END { print sum + 0 }'
}
count "bazel test" "$status" "$(cases PASSED)" "$(cases FAILED)" "$(cases SKIPPED)"

tests/quickstart.sh && count tests/quickstart.sh 0 1 0 0 || count tests/quickstart.sh 1 0 1 0
suite tests/conformance/npm_sdk/run.sh bazel-bin
suite tests/conformance/no_proxy/run.sh bazel-bin
suite tests/conformance/run.sh bazel-bin
suite env QUICK=1 tests/conformance/clients/run.sh bazel-bin
suite env FUZZ_SEED=1 tests/fuzz.sh 2
suite tests/faults/run.sh
suite env QUICK=1 tests/release/run.sh

[ "$skipped" -eq 0 ] || echo "$skipped skipped: the reasons are above"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
