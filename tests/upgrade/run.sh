#!/usr/bin/env bash
# The files that 0.1.0 has left (testdata/upgrade/0.1.0) under today's programs: stanzas, stored entries, records; and
# what today's programs write in the words of 0.1.0. $1: the folder with the built programs (bazel-bin). Ends with
# "N passed, N failed, N skipped".
set -uo pipefail
[[ $# == 1 ]] || { echo "usage: run.sh FOLDER_OF_BUILT_PROGRAMS" >&2; exit 2; }
built=$(realpath "$1")
cd "$(dirname "$0")/../.."
. tests/setup.sh || exit 1
want_packages python3-yaml
PYTHONPATH=tests/examples exec python3 tests/upgrade/upgrade.py "$built"
