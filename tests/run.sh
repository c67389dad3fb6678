#!/usr/bin/env bash
# Installs what is missing, builds everything and runs all tests. Ends with "N passed, N failed".
set -uo pipefail
cd "$(dirname "$0")/.."
. tests/setup.sh || exit 1

passed=0 failed=0
count() { if [ "$1" -eq 0 ]; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAILED: $2"; fi; }

log=$(mktemp)
trap 'rm -f "$log"' EXIT
bazel build -c opt //... || { echo "0 passed, 1 failed"; exit 1; }
bazel test -c opt --test_env=PATH //... 2>&1 | tee "$log"
status=${PIPESTATUS[0]}
# Each test is a case of gtest's; their logs say how many there were.
for test_log in $(find -L bazel-testlogs -name test.log); do
  passed=$((passed + $(sed -n 's/^\[  PASSED  \] \([0-9]*\) test.*/\1/p' "$test_log" | tail -n 1 | grep . || echo 0)))
  failed=$((failed + $(sed -n 's/^\[  FAILED  \] \([0-9]*\) test.*/\1/p' "$test_log" | tail -n 1 | grep . || echo 0)))
done
[ "$status" -eq 0 ] || [ "$failed" -gt 0 ] || failed=1

tests/quickstart.sh
count $? "tests/quickstart.sh"

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
