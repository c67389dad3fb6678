#!/usr/bin/env bash
# usage: licences.sh FILE...    prints the licences of what is linked into the programs, each under where it is from
set -euo pipefail

echo 'The programs contain parts of these works:'
for file; do
  title=${file#external/}
  printf '\n%s\n%s\n\n' "$title" "${title//?/-}"
  cat "$file"
done
