#!/usr/bin/env bash
# For any two worlds A and B: what a store that was warmed in A gives in B is whose no store would give in B. Prints
# which pairs of source and dimension were tried, and ends with "N passed, N failed". See README.md.
#   run.sh                            each cell of the table with seed 1, and the faults planted on purpose
#   run.sh PAIRS|SECONDSs [SEED]      as many pairs, or for as long
#   run.sh --pair SEED.NUMBER         one pair again
set -uo pipefail
cd "$(dirname "$0")/../.."
. tests/setup.sh || exit 1
if ! unshare --user --map-root-user --net --mount --uts true 2>/dev/null; then
  echo "no namespaces of one's own here: user namespaces have to be allowed"
  echo "0 passed, 0 failed, 1 skipped"
  exit 0
fi

bazel build -c opt //credential_provider //tests/sandbox //tests/testing:later //tests/property:planted_fault ||
  { echo "0 passed, 1 failed"; exit 1; }
bin=$(bazel info -c opt bazel-bin 2>/dev/null)
export PYTHONDONTWRITEBYTECODE=1
[ $# -gt 0 ] || set -- --all "$bin/tests/property/planted_fault"
exec python3 tests/property/property.py "$bin/credential_provider/credential_provider" "$bin/tests/sandbox/sandbox" \
  "$bin/tests/testing/later" "$@"
