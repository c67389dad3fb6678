#!/usr/bin/env bash
# The container image (packaging/image.py): the same bytes twice, what is in it, and the pod of
# examples/pod_with_rrsa.yaml run from it with runc against the sandbox. $1: the folder with the built programs
# (bazel-bin). Ends with "N passed, N failed, N skipped".
set -uo pipefail
[[ $# == 1 ]] || { echo "usage: run.sh FOLDER_OF_BUILT_PROGRAMS" >&2; exit 2; }
built=$(realpath "$1")
cd "$(dirname "$0")/../.."
. tests/setup.sh || exit 1
want_packages python3-yaml skopeo umoci runc
PYTHONPATH=tests/examples exec python3 tests/image/image.py "$built"
