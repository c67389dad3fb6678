#!/usr/bin/env bash
# Fuzzes for MINUTES, shared equally by all targets of tests/fuzz, or by those that are named:
#
#     tests/fuzz.sh MINUTES [TARGET]...
#
# One process at a time, at the lowest priority. Prints a table, and ends with "N passed, N failed": with 1 when
# something was found, whose input is kept and its path printed. What was learnt is kept for the next run.
# With FUZZ_SEED=N each run tries the same inputs, from testdata/fuzz and this seed, as far as the time allows: so the
# same sources pass or fail again, as a test must. For that addresses stay the same, which abseil's tables hash.
# Skipped, with the reason, where there is no libFuzzer and it cannot be installed either.
set -uo pipefail
cd "$(dirname "$0")/.."
minutes=${1:?usage: tests/fuzz.sh MINUTES [TARGET]...}
shift

has_fuzzer() { ls /usr/lib/llvm-16/lib/clang/*/lib/linux/libclang_rt.fuzzer-x86_64.a /usr/bin/clang-16; } >/dev/null 2>&1
has_fuzzer || { [ "$(id -u)" -eq 0 ] && apt-get install -y -qq --no-install-recommends clang-16 libclang-rt-16-dev; } \
  >/dev/null 2>&1
has_fuzzer || {
  echo "fuzzing skipped: no clang with libFuzzer (apt-get install clang-16 libclang-rt-16-dev)"
  echo "0 passed, 0 failed, 1 skipped"
  exit
}

cache=${XDG_CACHE_HOME:-$HOME/.cache}/credential_provider_tests/fuzz
mkdir -p "$cache/found"
targets=("$@")
[ $# -gt 0 ] || mapfile -t targets < <(find tests/fuzz -name '*_fuzz.cc' -printf '%f\n' | sed 's/_fuzz\.cc$//' | sort)

# The toolchain that Bazel finds belongs to an output base: clang's must not meet the other's.
bin=$cache/bazel-
nice bazel --output_base="$cache/bazel.$(pwd | cksum | cut -d' ' -f1)" --max_idle_secs=60 \
  build --config=fuzz --symlink_prefix="$bin" "${targets[@]/#///tests/fuzz:}" 2>"$cache/build.log" ||
  { cat "$cache/build.log" >&2; exit 1; }

scratch=$(mktemp -d "$([ -w /dev/shm ] && echo /dev/shm || echo "${TMPDIR:-/tmp}")/fuzz.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
statistic() { sed -n "s/^stat::$1: *//p" "$cache/$2.log"; }

# A pair that fits, to start from: it would look like a secret in testdata.
pair=$cache/client_certificate/pair
if [ ! -e "$pair" ] && command -v openssl >/dev/null; then
  mkdir -p "$(dirname "$pair")"
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=fuzz -days 1 \
    -keyout "$scratch/key" -out "$scratch/certificate" 2>/dev/null &&
    { cat "$scratch/certificate"; echo --; cat "$scratch/key"; } >"$pair"
fi

# A time limit is also passed when the machine stands still: what is quick the second time is no finding.
was_standstill() { [[ $2 == */"$1"-timeout-* ]] && "${bin}bin/tests/fuzz/$1" -timeout=10 "$2" >/dev/null 2>&1 && rm "$2"; }

fixed=() seeded=()
if [ -n "${FUZZ_SEED:-}" ]; then
  seeded=(-seed="$FUZZ_SEED" -reload=0)
  if setarch -R true 2>/dev/null; then fixed=(setarch -R); fi
fi

# Prints the folder that `$1` learns in.
corpus_of() {
  if [ -z "${FUZZ_SEED:-}" ]; then echo "$cache/$1"; return; fi
  mkdir -p "$scratch/$1"
  if [ "$1" = client_certificate ] && [ -e "$pair" ]; then cp "$pair" "$scratch/$1"; fi
  echo "$scratch/$1"
}

seconds=$((minutes * 60 / ${#targets[@]}))
failed=0
printf '%-20s %12s %10s %10s %8s  %s\n' target executions exec/s edges corpus found
for target in "${targets[@]}"; do
  corpus=$(corpus_of "$target")
  mkdir -p "$corpus"
  found=none
  ASAN_OPTIONS=malloc_context_size=2:quarantine_size_mb=32 TEST_TMPDIR=$scratch \
    nice -n 19 "${fixed[@]}" "${bin}bin/tests/fuzz/$target" "${seeded[@]}" -max_total_time=$((seconds > 0 ? seconds : 1)) \
    -max_len=2048 -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 -artifact_prefix="$cache/found/$target-" \
    "$corpus" "testdata/fuzz/$target" >"$cache/$target.log" 2>&1 ||
    { found=$(sed -n 's/.*Test unit written to //p' "$cache/$target.log")
      if was_standstill "$target" "$found"; then found="none; stopped when the machine stood still"; else failed=$((failed + 1)); fi; }
  printf '%-20s %12s %10s %10s %8s  %s\n' "$target" "$(statistic number_of_executed_units "$target")" \
    "$(statistic average_exec_per_sec "$target")" "$(grep -o 'cov: [0-9]*' "$cache/$target.log" | tail -n 1 | cut -d' ' -f2)" \
    "$(find "$corpus" -type f | wc -l)" "${found:-see $cache/$target.log}"
done
echo "$((${#targets[@]} - failed)) passed, $failed failed"
[ "$failed" -eq 0 ]
