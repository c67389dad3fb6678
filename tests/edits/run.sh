#!/usr/bin/env bash
# Generated kubeconfigs through every command that changes them: see README.md. Ends with "N passed, N failed".
#   run.sh FILES [--seed SEED] [--first NUMBER] [--judged-every FILES]
set -uo pipefail
cd "$(dirname "$0")/../.."
. tests/setup.sh || exit 1
bazel build -c opt //credential_provider //kubeconfig_writer //tests/sandbox || { echo "0 passed, 1 failed"; exit 1; }
bin=$(bazel info -c opt bazel-bin 2>/dev/null)
export PYTHONDONTWRITEBYTECODE=1
exec python3 tests/edits/edits.py "$bin"/{credential_provider/credential_provider,kubeconfig_writer/kubeconfig_writer,tests/sandbox/sandbox} "$@"
