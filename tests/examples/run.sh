#!/usr/bin/env bash
# Each file of examples/, the GitHub action and the GitLab component, against the sandbox: what is run is read from the files
# themselves. $1: the folder with the built programs (bazel-bin). Ends with "N passed, N failed, N skipped".
set -uo pipefail
[[ $# == 1 ]] || { echo "usage: run.sh FOLDER_OF_BUILT_PROGRAMS" >&2; exit 2; }
built=$(realpath "$1")
cd "$(dirname "$0")/../.."
. tests/setup.sh || exit 1
want_packages python3-yaml yamllint shellcheck dash

# A reader of Terraform's language and the schemas of Kubernetes, in the tests' cache; without one what it is for is skipped.
modules=${XDG_CACHE_HOME:-$HOME/.cache}/credential_provider_tests/examples
[ -d "$modules" ] ||
  python3 -m pip install --quiet --target "$modules" python-hcl2==8.1.4 kubernetes-validate==1.37.0 >/dev/null 2>&1
PYTHONPATH=$modules exec python3 tests/examples/examples.py "$built"
