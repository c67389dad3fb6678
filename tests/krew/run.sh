#!/usr/bin/env bash
# The real krew (0.4.3) with an index and archives of this machine's: the plugin `ack` is installed, used, upgraded, used
# again through the same kubeconfig, and removed. kubectl and the sandbox are what they are in the other suites.
# $1: the folder with the built programs (bazel-bin), which must be static or run here. krew is built from Go's module
# proxy, once; without go, git or that module the suite is skipped and says so. Ends with "N passed, N failed".
set -uo pipefail
[[ $# == 1 ]] || { echo "usage: run.sh FOLDER_OF_BUILT_PROGRAMS" >&2; exit 2; }
built=$(realpath "$1")
scratch=$(mktemp -d)
sandbox='' server='' passed=0 failed=0

clean_up() {
  [ -z "$sandbox" ] || kill "$sandbox" 2>/dev/null
  [ -z "$server" ] || kill "$server" 2>/dev/null
  wait
  rm -rf "$scratch"
}
trap clean_up EXIT

skip() {
  echo "krew skipped: $1"
  echo "0 passed, 0 failed, 1 skipped"
  exit 0
}

check() { # check FACT COMMAND...
  if "${@:2}" >"$scratch/log" 2>&1; then passed=$((passed + 1)); echo "passed: $1"; return; fi
  failed=$((failed + 1))
  echo "FAILED: $1"
  sed 's/^/  /' "$scratch/log"
}

. "$(dirname "$0")/krew.sh"
reason=$(ensure_krew) || skip "$reason"

# A home in which krew is installed, and an AccessKey. What is not krew's has only the system's PATH, as an editor has.
mkdir -p "$scratch/tools" "$scratch/home" "$scratch/files" "$scratch/index/plugins"
cp "$krew" "$scratch/tools/kubectl-krew"
ln -s "$(type -P kubectl)" "$scratch/tools/kubectl"
"$built/tests/sandbox/sandbox" --dir "$scratch" --lifetime 300 &
sandbox=$!
python3 -u -m http.server --bind 127.0.0.1 --directory "$scratch/files" 0 >"$scratch/server" 2>/dev/null &
server=$!
for _ in $(seq 200); do [ -e "$scratch/sandbox.json" ] && grep -q port "$scratch/server" && break; sleep 0.05; done
value() { sed -n "s/.*\"$1\": *\"\([^\"]*\)\".*/\1/p" "$scratch/sandbox.json"; }
port=$(sed -n 's/.* port \([0-9]*\).*/\1/p' "$scratch/server")

env=(env -i HOME="$scratch/home" LC_ALL=C GIT_CONFIG_NOSYSTEM=1 KREW_NO_UPGRADE_CHECK=1 KREW_ROOT="$scratch/home/.krew"
  ALIBABA_CLOUD_ACCESS_KEY_ID=sandbox-alice ALIBABA_CLOUD_ACCESS_KEY_SECRET=sandbox-alice-secret
  ALIBABA_CLOUD_STS_ENDPOINT="$(value cloud)")
system_path=/usr/local/bin:/usr/bin:/bin
krew_path=$scratch/home/.krew/bin:$scratch/tools:$system_path
with_krew() { "${env[@]}" PATH="$krew_path" "$@"; }
without_krew() { "${env[@]}" PATH="$system_path" "$scratch/tools/kubectl" "$@"; }
git_index() { git -C "$scratch/index" -c user.name=test -c user.email=test@localhost "$@"; }
requests() { curl -sf "$(value control)/counts" | sed -n 's/.*"cs": *\([0-9]*\).*/\1/p'; }

# Makes an archive of the programs as `version`, and the index that names it. Any byte after a program makes it another.
release() { # release VERSION
  local folder=$scratch/release-$1 archive=credential_provider-$1.tar.gz
  mkdir "$folder"
  cp "$built/credential_provider/credential_provider" "$built/kubeconfig_writer/kubeconfig_writer" "$folder"
  chmod u+w "$folder"/* && echo "$1" | tee -a "$folder"/* >/dev/null
  tar -C "$folder" -czf "$scratch/files/$archive" .
  cat >"$scratch/index/plugins/ack.yaml" <<END
apiVersion: krew.googlecontainertools.github.com/v1alpha2
kind: Plugin
metadata:
  name: ack
spec:
  version: v$1
  shortDescription: Short-lived credentials for ACK clusters
  platforms:
  - selector:
      matchLabels: {os: linux}
    uri: http://127.0.0.1:$port/$archive
    sha256: $(sha256sum "$scratch/files/$archive" | cut -d' ' -f1)
    bin: credential_provider
END
  git_index add -A && git_index commit -qm "ack $1"
}

cluster=c00000000000000000000000000000001 context=ack-c00000000000000000000000000000001
link=$scratch/home/.krew/bin/kubectl-ack
kubeconfig=$scratch/home/.kube/config
leads_to() { [ "$(readlink "$link")" = "$scratch/home/.krew/store/ack/v$1/credential_provider" ]; }
only_version() { [ "$(ls "$scratch/home/.krew/store/ack")" = "v$1" ]; }
runs_version() { tail -n 1 "$(realpath "$link")" | grep -qx "$1"; }
install_stanza() {
  with_krew kubectl ack install ack --cluster-id $cluster --region cn-hangzhou --cs-endpoint "$(value cloud)" --store disk
}
stanza_has_the_link() { grep -xF "      command: $link" "$kubeconfig" || { cat "$kubeconfig"; return 1; }; }
namespaces() { without_krew get namespace -o name | grep -x namespace/default; }
says() { # says TEXT COMMAND...
  "${@:2}" >"$scratch/said" 2>&1
  cat "$scratch/said"
  grep -qF -- "$1" "$scratch/said"
}
is_gone() { [ ! -e "$1" ] && [ ! -L "$1" ]; }
namespaces_from_the_store() {
  local before
  before=$(requests)
  namespaces && [ -n "$before" ] && [ "$(requests)" = "$before" ]
}
list_is_content() { says $context with_krew kubectl ack list && ! grep -F warning "$scratch/said"; }
uninstall_stanza() { with_krew kubectl ack uninstall $context && is_gone "$kubeconfig"; }
uninstall_plugin() { with_krew kubectl krew uninstall ack && is_gone "$link"; }

git -C "$scratch/index" init -q -b main
release 0.1.0
check 'krew adds an index of this machine' with_krew kubectl krew index add local "file://$scratch/index"
check 'krew installs the plugin' with_krew kubectl krew install local/ack
check 'krew links one file of it' leads_to 0.1.0
check 'kubectl lists the plugin' says "$link" with_krew kubectl plugin list
check 'kubectl ack install adds a context' says "kubectl runs $link" install_stanza
check 'the stanza has the path of the link' stanza_has_the_link
check 'kubectl signs in through it, without krew on its PATH' namespaces
check 'kubectl ack list knows it' list_is_content
check 'kubectl ack verify walks its way' says 'ok  all is well' with_krew kubectl ack verify $context
check 'kubectl ack whoami, a command of the other program' says sandbox-alice with_krew kubectl ack whoami
check 'kubectl is answered from the store' namespaces_from_the_store

release 0.2.0
check 'krew upgrades the plugin' with_krew kubectl krew upgrade ack
check 'the link leads to the new version' leads_to 0.2.0
check 'the old version is gone' only_version 0.2.0
check 'what runs is the new version' runs_version 0.2.0
check 'kubectl signs in with the same kubeconfig, and with what was stored before' namespaces_from_the_store
check 'list has nothing to warn of' list_is_content
check 'install again changes nothing' says 'nothing to do' install_stanza

check 'kubectl ack uninstall takes the context out, and the kubeconfig that was not there before' uninstall_stanza
check 'the context is there again' install_stanza
check 'krew removes the plugin and its link' uninstall_plugin
check 'kubectl then names the command that it misses' says "$link" without_krew get namespace
check 'list, from another place, says what to do' says 'kubeconfig_writer install' \
  "${env[@]}" PATH="$system_path" "$scratch/release-0.2.0/kubeconfig_writer" list

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
