#!/usr/bin/env bash
# Which promise holds under which fault: prints a matrix and ends with "N passed, N failed, N skipped". See matrix.py.
set -uo pipefail
cd "$(dirname "$0")/../.."
. tests/setup.sh || exit 1
want_packages strace libfaketime
command -v strace >/dev/null || { echo "no strace here: apt-get install strace"; echo "0 passed, 0 failed, 1 skipped"; exit 0; }

bazel build -c opt //credential_provider //kubeconfig_writer //tests/sandbox || { echo "0 passed, 1 failed, 0 skipped"; exit 1; }
bin=$(bazel info -c opt bazel-bin 2>/dev/null)
PYTHONDONTWRITEBYTECODE=1 exec python3 tests/faults/matrix.py "$bin"/{credential_provider/credential_provider,kubeconfig_writer/kubeconfig_writer,tests/sandbox/sandbox}
