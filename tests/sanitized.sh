#!/usr/bin/env bash
# The unit tests and what fuzzing has found before, with clang's AddressSanitizer and UndefinedBehaviorSanitizer; or the
# tests that are named:
#
#     tests/sanitized.sh [BAZEL_TARGET]...
#
# The end-to-end tests are not made for this: both programs leave memory to the kernel when they end, and some tests
# measure them or look at what they load. 77: there is no clang.
set -uo pipefail
cd "$(dirname "$0")/.."
has_tools() { ls /usr/lib/llvm-16/lib/clang/*/lib/linux/libclang_rt.asan-x86_64.a /usr/bin/clang-16; } >/dev/null 2>&1
has_tools || { [ "$(id -u)" -eq 0 ] && apt-get install -y -qq --no-install-recommends clang-16 libclang-rt-16-dev; } \
  >/dev/null 2>&1
has_tools ||
  { echo "tests/sanitized.sh: skipped: no clang with sanitizers (apt-get install clang-16 libclang-rt-16-dev)"; exit 77; }
targets=("$@")
[ $# -gt 0 ] || targets=(//tests/credential_provider/... //tests/kubeconfig_writer/... //tests/fuzz/...)

# The toolchain that Bazel finds belongs to an output base: clang's must not meet the other's.
cache=${XDG_CACHE_HOME:-$HOME/.cache}/credential_provider_tests
nice bazel --output_base="$cache/sanitized.$(pwd | cksum | cut -d' ' -f1)" --max_idle_secs=60 \
  test -c opt -k --config=sanitize --symlink_prefix=/ "${targets[@]}"
