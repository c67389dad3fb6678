#!/usr/bin/env bash
# The form of all C++ that is ours: clang-format 14 with .clang-format, and in a header one include guard: its path in
# capitals, with CREDENTIAL_PROVIDER_ in front below tests/.
#
#     tests/format.sh          # names the files that are otherwise
#     tests/format.sh --fix    # formats them first; a guard is for people to mend
#
# Ends with "N passed, N failed": each file by its format, each header by its guard too. Without clang-format 14, which is
# installed where that is possible, the formats are skipped.
set -uo pipefail
cd "$(dirname "$0")/.."

mapfile -t files < <(git ls-files --cached --others --exclude-standard -- credential_provider kubeconfig_writer tests |
  grep -E '\.(cc|h)$' | while read -r file; do [ ! -e "$file" ] || echo "$file"; done)
mapfile -t headers < <(printf '%s\n' "${files[@]}" | grep '\.h$')
[ ${#files[@]} -gt 0 ] || { echo "tests/format.sh: no sources here"; exit 1; }

has_format() { command -v clang-format-14 >/dev/null; }
has_format || { [ "$(id -u)" -eq 0 ] && apt-get install -y -qq --no-install-recommends clang-format-14; } >/dev/null 2>&1
skipped=0
unformatted=
if has_format; then
  [ "${1:-}" != --fix ] || clang-format-14 -i "${files[@]}"
  unformatted=$(clang-format-14 --dry-run "${files[@]}" 2>&1 | sed -nE 's/^([^:]+):[0-9]+:[0-9]+: .*/\1/p' | sort -u)
else
  skipped=${#files[@]}
  echo "tests/format.sh: skipped: no clang-format 14 (apt-get install clang-format-14)"
fi

# The first two lines and the last, but for comments and blank ones, are those of the guard.
unguarded=$(awk '
  function finish() {
    if (first != "#ifndef " guard || second != "#define " guard || last != "#endif  // " guard)
      print file ": its include guard is not " guard
  }
  FNR == 1 {
    if (file != "") finish()
    file = FILENAME
    guard = toupper(file) "_"
    gsub(/[^A-Z0-9]/, "_", guard)
    if (file ~ /^tests\//) guard = "CREDENTIAL_PROVIDER_" guard
    first = second = last = ""
  }
  /^(\/\/.*)?$/ { next }
  first == "" { first = $0; next }
  second == "" { second = $0; next }
  { last = $0 }
  END { finish() }' "${headers[@]}")

[ -z "$unformatted" ] || sed 's/$/: not as clang-format 14 has it: tests\/format.sh --fix/' <<<"$unformatted"
[ -z "$unguarded" ] || echo "$unguarded"
failed=$(grep -c . <<<"$unformatted"$'\n'"$unguarded")
passed=$((${#files[@]} + ${#headers[@]} - skipped - failed))
if [ "$skipped" -gt 0 ]; then
  echo "$passed passed, $failed failed, $skipped skipped"
else
  echo "$passed passed, $failed failed"
fi
[ "$failed" -eq 0 ]
