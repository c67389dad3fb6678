#!/usr/bin/env bash
# usage: RELEASED= pages.sh TAR PROGRAM...    packs the manual pages of the programs and what completes their commands
set -euo pipefail
export LC_ALL=C
umask 022

tar=$1
shift
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT

add() { mkdir -p "$tree/$(dirname "$1")" && cat >"$tree/$1"; }  # a file below share/, from stdin

# The link kubectl-ack to kubeconfig_writer is both programs, with a page and a completion of its own.
links=$(mktemp -d)
trap 'rm -rf "$tree" "$links"' EXIT
for program; do
  [ "${program##*/}" != kubeconfig_writer ] || ln -s "$(realpath "$program")" "$links/kubectl-ack"
done

for program in "$@" "$links/kubectl-ack"; do
  name=${program##*/}
  "$program" man | gzip -9n | add "man/man1/$name.1.gz"
  "$program" completion bash | add "bash-completion/completions/$name"
  "$program" completion zsh | add "zsh/site-functions/_$name"
  "$program" completion fish | add "fish/vendor_completions.d/$name.fish"
done
tar -C "$tree" --sort=name --owner=0 --group=0 --numeric-owner --format=ustar --mtime="$RELEASED UTC" -cf "$tar" .
