#!/usr/bin/env bash
# Measures the first credential, in one run, when the servers are 0, 2, 10 and 50 ms away, and prints a table: packets are
# delayed by a TUN device in a network of its own, a connection's first ones too; names come from /etc/hosts. Over https
# with the system's own authorities, its folder and its file, and one more. Needs root and /dev/net/tun. With OTHER=PATH
# another version of credential_provider is measured beside; the peers are those that peers/run.sh has found or built.
set -euo pipefail
cd "$(dirname "$0")/../../.."
cache=${XDG_CACHE_HOME:-$HOME/.cache}/credential_provider_tests/peers
bazel build -c opt //credential_provider //tests/bench/far
bin=$(bazel info -c opt bazel-bin 2>/dev/null)
programs=("credential_provider|$bin/credential_provider/credential_provider|credential_provider")
[ -z "${OTHER:-}" ] || programs+=("credential_provider|$OTHER|other version")
gke=$(type -P gke-gcloud-auth-plugin) && programs+=("gke|$(realpath "$gke")|gke-gcloud-auth-plugin")
for azure in "$cache"/kubelogin-*/kubelogin; do
  [ ! -x "$azure" ] || programs+=("kubelogin|$azure|Azure/kubelogin")
done
cd "$bin/tests/bench/far/far.runfiles/credential_provider"
exec tests/bench/far/far "${programs[@]}"
