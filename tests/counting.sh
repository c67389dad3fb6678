#!/usr/bin/env bash
# What run.sh and long.sh share: one suite after the other, their seconds, and their counts added up. Sourced.

passed=0 failed=0 skipped=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT

# Adds the counts of a run. $1: its name; $2: its exit status; $3 to $5: passed, failed, skipped; $6: when it began.
count() {
  passed=$((passed + $3)) failed=$((failed + $4)) skipped=$((skipped + $5))
  if [ "$2" -ne 0 ] && [ "$4" -eq 0 ]; then failed=$((failed + 1)); fi
  if [ "$2" -ne 0 ] || [ "$4" -ne 0 ]; then echo "FAILED: $1"; fi
  echo "== $1: $((SECONDS - $6)) s"
}

# Runs a program that ends with "N passed, N failed", ", N skipped" after it or not. One that does not has failed.
suite() { # suite COMMAND...
  local begin=$SECONDS status counts
  echo "== $*"
  "$@" 2>&1 </dev/null | tee "$log"
  status=${PIPESTATUS[0]}
  counts=$(sed -nE 's/^([0-9]+) passed, ([0-9]+) failed(, ([0-9]+) skipped)?$/\1 \2 0\4/p' "$log" | tail -n 1)
  # shellcheck disable=SC2086
  count "$*" "$status" ${counts:-0 1 0} "$begin"
}

# Runs a program that is one case: 0 when it passes, 77 when it cannot be run here.
check() { # check COMMAND...
  local begin=$SECONDS status=0
  echo "== $*"
  "$@" </dev/null || status=$?
  case $status in
    0) count "$*" 0 1 0 0 "$begin" ;;
    77) count "$*" 0 0 0 1 "$begin" ;;
    *) count "$*" "$status" 0 1 0 "$begin" ;;
  esac
}

# Prints "PASSED FAILED SKIPPED" of the cases in the logs of gtest programs below the folder $1, one for each of the
# labels after it, and "LABEL: ends with no count" on stderr for each that has died or said nothing: a failed case.
cases() { # cases FOLDER LABEL...
  local folder=$1 label logs counts sum=(0 0 0)
  shift
  for label in "$@"; do
    # What --runs_per_test has left is of another day.
    mapfile -t logs < <(find -L "$folder/$(sed 's,^//,,; s,:,/,' <<<"$label")" -name test.log \
      -not -path '*/run_*_of_*' 2>/dev/null)
    counts=
    [ ${#logs[@]} -eq 0 ] || counts=$(awk '
      FNR == 1 && NR > 1 && !counted { silent = 1 }
      FNR == 1 { counted = 0 }
      match($0, /^\[  (PASSED|FAILED|SKIPPED) *\] [0-9]+ tests?[,.]/) {
        sub(/^\[  /, ""); word = $1; sub(/^[A-Z]+ *\] /, ""); sum[word] += $1
        if (word == "PASSED") counted = 1
      }
      END { if (counted && !silent) print sum["PASSED"] + 0, sum["FAILED"] + 0, sum["SKIPPED"] + 0 }' "${logs[@]}")
    [ -n "$counts" ] || { echo "$label: ends with no count" >&2; counts="0 1 0"; }
    # shellcheck disable=SC2086
    set -- $counts
    sum=($((sum[0] + $1)) $((sum[1] + $2)) $((sum[2] + $3)))
  done
  echo "${sum[@]}"
}

# Runs tests of Bazel's. Each is a gtest program, whose log says how many cases there were.
bazel_tests() { # bazel_tests TARGETS
  local begin=$SECONDS status labels
  echo "== bazel test $1"
  bazel test -c opt --test_env=PATH "$1" 2>&1 | tee "$log"
  status=${PIPESTATUS[0]}
  mapfile -t labels < <(bazel query "tests($1) except attr(tags, manual, tests($1))" 2>/dev/null)
  # shellcheck disable=SC2046
  count "bazel test $1" "$status" $(cases "$(bazel info -c opt bazel-testlogs 2>/dev/null)" "${labels[@]}") "$begin"
}

# Ends with what all of them have counted.
finish() {
  [ "$skipped" -eq 0 ] || echo "$skipped skipped: the reasons are above"
  echo "$passed passed, $failed failed"
  [ "$failed" -eq 0 ]
  exit
}
