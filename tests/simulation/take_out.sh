#!/usr/bin/env bash
# Prints a source with one text in it replaced by another. Fails unless the text is there exactly once.
set -euo pipefail
source=$1 old=$2 new=$3
text=$(cat "$source"; echo x)
rest=${text#*"$old"}
if [ "$rest" = "$text" ] || [ "${rest#*"$old"}" != "$rest" ]; then
  echo "$source: not exactly once: $old" >&2
  exit 1
fi
printf '%s' "${text%%"$old"*}$new${rest%x}"
