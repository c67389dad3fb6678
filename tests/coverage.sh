#!/usr/bin/env bash
# Line coverage of both programs by the unit tests, or by the tests that are named:
#
#     tests/coverage.sh [BAZEL_TARGET]...
#
# Prints a line a file and the total; then where an error is made or handed on that no test has reached. 77:
# there is no clang.
set -euo pipefail
cd "$(dirname "$0")/.."
command -v clang-16 >/dev/null && command -v llvm-cov-16 >/dev/null ||
  { echo "tests/coverage.sh: skipped: no clang or llvm-cov (apt-get install clang-16 libclang-rt-16-dev llvm-16)"; exit 77; }
targets=("${@:-//tests/credential_provider/...}")
[ $# -gt 0 ] || targets+=(//tests/kubeconfig_writer/...)

cache=${XDG_CACHE_HOME:-$HOME/.cache}/credential_provider_tests/coverage
rm -rf "$cache/raw"
mkdir -p "$cache/raw"
# The toolchain that Bazel finds belongs to an output base: clang's must not meet the other's.
run=(bazel --output_base="$cache/bazel.$(pwd | cksum | cut -d' ' -f1)" --max_idle_secs=60)
nice "${run[@]}" test --config=coverage --symlink_prefix="$cache/bazel-" --nocache_test_results \
  --sandbox_writable_path="$cache/raw" --test_env=LLVM_PROFILE_FILE="$cache/raw/%m.profraw" "${targets[@]}" >&2
llvm-profdata-16 merge -sparse "$cache"/raw/*.profraw -o "$cache/profile"

objects=()
while read -r test; do objects+=(-object "$test"); done \
  < <(find -L "$cache/bazel-bin/tests" -name '*_test' -type f -perm -u+x -newer "$cache/raw")
llvm-cov-16 export -format=lcov -instr-profile "$cache/profile" "${objects[@]}" >"$cache/lcov" 2>/dev/null

awk -F'[:,]' '
  /^SF:/ { file = $2; sub(/^.*\/execroot\/[^\/]*\//, "", file); ours = file ~ /^(credential_provider|kubeconfig_writer)\//  }
  ours && /^DA:/ { line[file, $2] += $3; if (!((file, $2) in seen)) { seen[file, $2] = 1; lines[file]++ } }
  END {
    for (key in seen) { split(key, part, SUBSEP); if (line[key] > 0) covered[part[1]]++; else missed[key] = 1 }
    for (file in lines) {
      printf "%6.1f %%  %4d of %4d  %s\n", 100 * covered[file] / lines[file], covered[file], lines[file], file | "sort -k6"
      total += lines[file]; reached += covered[file]
    }
    close("sort -k6")
    printf "%6.1f %%  %4d of %4d  all\n\nerror paths that no test has reached:\n", 100 * reached / total, reached, total
    for (key in missed) {
      split(key, part, SUBSEP); number = 0
      while ((getline text < part[1]) > 0)
        if (++number == part[2] && text ~ /Error|status\(\)|WithContext|WithHint|failed/) printf "%s:%d:%s\n", part[1], part[2], text | "sort -t: -k1,1 -k2,2n"
      close(part[1])
    }
  }' "$cache/lcov"
