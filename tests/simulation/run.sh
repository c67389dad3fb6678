#!/usr/bin/env bash
# Tries schedules with the product's own code, and whether each rule of the protocol, taken out of it, is missed. Ends
# with "N passed, N failed". See README.md.
#   run.sh                       20,000 schedules, and the rules
#   run.sh SCHEDULES [SEED]      as many from that seed on, on every processor
#   run.sh --seed SEED           one again, step by step
set -uo pipefail
cd "$(dirname "$0")/../.."
. tests/setup.sh || exit 1

readonly schedules=20000       # without a fault planted
readonly most_for_a_rule=150000  # after so many it counts as not missed
fail() { echo "0 passed, 1 failed"; exit 1; }

bazel build -c opt //tests/simulation || fail
bin=$(bazel info -c opt bazel-bin 2>/dev/null)/tests/simulation
[ "${1:-}" != --seed ] || exec "$bin/simulation" --seed "$2"

# Prints what was tried. Returns 1 when a rule was broken.
try_schedules() { # try_schedules COUNT FIRST
  local processors part pids=() status=0
  processors=$(nproc)
  part=$((($1 + processors - 1) / processors))
  for ((i = 0; i < processors; ++i)); do
    "$bin/simulation" --schedules "$part" --first $(($2 + i * part)) &
    pids+=($!)
  done
  for pid in "${pids[@]}"; do wait "$pid" || status=1; done
  return $status
}

if [ $# -gt 0 ]; then
  try_schedules "$1" "${2:-1}" || fail
  echo "$1 passed, 0 failed"
  exit 0
fi

try_schedules "$schedules" 1 || fail
mapfile -t rules < <(bazel query 'kind(cc_binary, //tests/simulation:all) except //tests/simulation:simulation' 2>/dev/null)
bazel build -c opt "${rules[@]}" || fail
passed=1 failed=0
for rule in "${rules[@]}"; do
  name=${rule#*:without_}
  said=$("$bin/without_$name" --schedules "$most_for_a_rule" --violations 1)
  if [ $? -eq 1 ]; then
    passed=$((passed + 1))
    echo "without $name: $(grep -m 1 '^seed' <<<"$said")"
  else
    failed=$((failed + 1))
    echo "without $name: NOT MISSED in $most_for_a_rule schedules"
  fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
