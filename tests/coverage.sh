#!/usr/bin/env bash
# Line coverage of both programs by the unit tests and the end-to-end tests, or by the tests that are named:
#
#     tests/coverage.sh [BAZEL_TARGET]...
#
# Prints a line a folder and the total; then each line where an error is made or handed on that no test has
# reached. A process that is killed leaves no counts. 77: there is no clang.
set -euo pipefail
cd "$(dirname "$0")/.."
has_tools() { command -v clang-16 && command -v llvm-cov-16 && command -v llvm-profdata-16; } >/dev/null
has_tools || { [ "$(id -u)" -eq 0 ] && apt-get install -y -qq --no-install-recommends clang-16 libclang-rt-16-dev llvm-16; } \
  >/dev/null 2>&1 || true
has_tools ||
  { echo "tests/coverage.sh: skipped: no clang or llvm-cov (apt-get install clang-16 libclang-rt-16-dev llvm-16)"; exit 77; }
targets=("$@")
[ $# -gt 0 ] || targets=(//tests/credential_provider/... //tests/kubeconfig_writer/... //tests/end_to_end/...)

cache=${XDG_CACHE_HOME:-$HOME/.cache}/credential_provider_tests/coverage
rm -rf "$cache/raw"
mkdir -p "$cache/raw"
# The programs that a test starts inherit nothing, so they have to know by themselves where to count: one file
# for each program, which its processes share.
counts=-fprofile-instr-generate=$cache/raw/%m.profraw
# The toolchain that Bazel finds belongs to an output base: clang's must not meet the other's.
run=(nice bazel --output_base="$cache/bazel.$(pwd | cksum | cut -d' ' -f1)" --max_idle_secs=60)
status=0
"${run[@]}" test --config=coverage --copt="$counts" --linkopt="$counts" --symlink_prefix="$cache/bazel-" -k \
  --nocache_test_results --sandbox_writable_path="$cache/raw" --test_env=PATH "${targets[@]}" \
  >"$cache/test.log" 2>&1 || status=$?
[ "$status" -eq 0 ] || [ "$status" -eq 3 ] || { grep -E 'error:|ERROR:' "$cache/test.log" >&2; exit 1; }
# Those that measure the programs, or look at what they load, are misled by the counting.
sed -nE 's/^(\/\/[^ ]+) +(FAILED|TIMEOUT).*/failed while counted: \1/p' "$cache/test.log"
nice llvm-profdata-16 merge -sparse "$cache"/raw/*.profraw -o "$cache/profile"

objects=()
while read -r object; do objects+=(-object "$object"); done < <(
  find -L "$cache/bazel-bin" -path '*.runfiles' -prune -o -type f -perm -u+x \
    \( -name '*_test' -o -name credential_provider -o -name kubeconfig_writer \) -print)
nice llvm-cov-16 export -format=lcov -instr-profile "$cache/profile" "${objects[@]}" 2>/dev/null |
  sed -E 's,^SF:(.*/execroot/[^/]*|/proc/self/cwd)/,SF:,' >"$cache/lcov"

awk -F'[:,]' '
  # Programs of tests that are gone may still be there: what they were made of is not.
  /^SF:/ {
    file = $2; ours = file ~ /^(credential_provider|kubeconfig_writer)\// && (getline text < file) >= 0
    close(file)
  }
  ours && /^DA:/ { count[file, $2] += $3 }
  END {
    for (key in count) {
      split(key, part, SUBSEP)
      folder = part[1]; sub(/[^\/]*$/, "", folder)
      lines[folder]++; total++
      if (count[key] > 0) { reached[folder]++; all++ } else missed[part[1], part[2]] = 1
    }
    for (folder in lines)
      printf "%6.1f %%  %5d of %5d  %s\n", 100 * reached[folder] / lines[folder], reached[folder], lines[folder], folder | "sort -k6"
    close("sort -k6")
    printf "%6.1f %%  %5d of %5d  all\n\nerror paths that no test has reached:\n", 100 * all / total, all, total
    for (key in missed) {
      split(key, part, SUBSEP)
      if (!(part[1] in read)) {
        read[part[1]] = 1; number = 0
        while ((getline text < part[1]) > 0) source[part[1], ++number] = text
        close(part[1])
      }
      text = source[part[1], part[2]]
      if (text ~ /Error|status\(\)|WithContext|WithHint|failed/) printf "%s:%d:%s\n", part[1], part[2], text | "sort -t: -k1,1 -k2,2n"
    }
  }' "$cache/lcov"
