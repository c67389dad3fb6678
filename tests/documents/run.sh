#!/usr/bin/env bash
# Every command line of the documents, run against the sandbox, and what they name: tests/documents/documents.py.
# $1: the folder with the built programs (bazel-bin); pages after it for these alone. Ends with "N passed, N failed, N skipped".
set -uo pipefail
[[ $# -ge 1 ]] || { echo "usage: run.sh FOLDER_OF_BUILT_PROGRAMS [PAGE]..." >&2; exit 2; }
built=$(realpath "$1")
cd "$(dirname "$0")/../.." || exit 1
. tests/setup.sh || exit 1
want_packages python3-yaml minisign
exec python3 tests/documents/documents.py "$built" "${@:2}"
