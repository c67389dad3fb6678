#!/usr/bin/env bash
# Builds both programs for macOS, where nobody could start them yet, and reads off the files what they are. Ends with
# "N passed, N failed".
set -uo pipefail
cd "$(dirname "$0")/.."
. tests/setup.sh || exit 1
install_packages llvm || exit 1

passed=0 failed=0
is() { # is FACT ACTUAL EXPECTED
  if [ "$2" = "$3" ]; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    echo "$1: it is '$2', not '$3'"
  fi
}

look() { # look FILE PROCESSOR
  local headers
  headers=$(llvm-objdump --macho --private-headers "$1")
  is "$1: a program for this processor" "$(awk '$1 == "MH_MAGIC_64" { print $2, $5 }' <<<"$headers")" "$2 EXECUTE"
  is "$1: can be loaded anywhere" "$(grep -wo -m 1 PIE <<<"$headers")" PIE
  is "$1: starts on the oldest macOS that is promised" "$(awk '$1 == "minos" { print $2 }' <<<"$headers")" 11.0
  is "$1: needs libc alone" "$(llvm-objdump --macho --dylibs-used "$1" | awk 'NR > 1 { print $1 }' | xargs)" /usr/lib/libSystem.B.dylib
}

for cpu in aarch64:ARM64 x86_64:X86_64; do
  name=${cpu#*:} cpu=${cpu%:*}
  # Folders of their own: bazel-bin stays what it is.
  options=("--platforms=//third_party/zig:${cpu}_macos" "--platform_suffix=-${cpu}_macos"
    --experimental_convenience_symlinks=ignore)
  bazel build "${options[@]}" //credential_provider //kubeconfig_writer
  is "$cpu is built" $? 0
  bin=$(bazel info "${options[@]}" bazel-bin 2>/dev/null)
  for program in credential_provider kubeconfig_writer; do
    look "$bin/$program/$program" "$name"
  done
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
