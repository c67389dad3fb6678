#!/usr/bin/env bash
# clang-tidy, with the checks of .clang-tidy, over all sources or those that are named:
#
#     tests/lint.sh [FILE]...
#
# Prints each warning once, and ends with 1 when there was one; those in headers of others are counted only.
# 77: there is no clang-tidy and it cannot be installed. Older versions than 22 take ten times as long, because they
# look into every header of the system as well.
set -uo pipefail
cd "$(dirname "$0")/.."
has_tidy() { command -v clang-tidy-22 >/dev/null; }
has_tidy || { [ "$(id -u)" -eq 0 ] && apt-get install -y -qq --no-install-recommends clang-tidy-22; } >/dev/null 2>&1
has_tidy || { echo "tests/lint.sh: skipped: no clang-tidy (apt-get install clang-tidy-22)"; exit 77; }

# The headers of the libraries: some are only there once they were made.
bazel build //third_party/... //packaging:commit 2>/dev/null || { echo "tests/lint.sh: the libraries cannot be built"; exit 1; }
external=$(bazel info output_base 2>/dev/null)/external
made=$(bazel info bazel-bin 2>/dev/null)
export HEADERS="-I$made -isystem$external/absl -isystem$external/nlohmann_json/single_include -isystem$external/libyaml/include
  -isystem$external/curl/include -isystem$external/googletest/googletest/include
  -isystem$external/googletest/googlemock/include -isystem$made/external/openssl/include -isystem$made/third_party/httplib"

files=("$@")
# What is for macOS alone needs its headers.
[ $# -gt 0 ] ||
  mapfile -t files < <(find credential_provider kubeconfig_writer tests -name '*.cc' -not -path '*/darwin/*' | sort)
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# Of the flags in .bazelrc those that decide what the code means; the others are about what becomes of it.
printf '%s\0' "${files[@]}" | nice xargs -0 -n 4 -P "$(nproc)" sh -c \
  'clang-tidy-22 --quiet "$@" -- -std=c++17 -I. $HEADERS -DNDEBUG -DCPPHTTPLIB_OPENSSL_SUPPORT \
    -DCREDENTIAL_PROVIDER_VERSION=\"0\" -DCREDENTIAL_PROVIDER_RELEASED=\"0\"' tidy >"$log" 2>/dev/null
status=$?
[ "$status" -le 123 ] || { echo "tests/lint.sh: clang-tidy was ended by a signal"; exit 1; }
warnings=$(grep -E '(error|warning): ' "$log" | sed "s|^$PWD/||; s|^\./||" | sort -u)
ours=$(grep -v '^/' <<<"$warnings")
[ -z "$ours" ] || echo "$ours"
echo "${#files[@]} files, $(grep -c . <<<"$ours") warnings; skipped: $(grep -c '^/' <<<"$warnings") in headers of others"
[ -z "$ours" ]
