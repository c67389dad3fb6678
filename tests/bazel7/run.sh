#!/usr/bin/env bash
# Builds with the Bazel of Debian sid, which reads MODULE.bazel, in a root of its own without any network: the analysis of
# everything, and credential_provider/base. With LONG=1 everything is built, and the unit tests are run. What cannot be
# had is skipped, with the reason; ends with "N passed, N failed, N skipped".
set -uo pipefail
cd "$(dirname "$0")/../.."

cache=${XDG_CACHE_HOME:-$HOME/.cache}/credential_provider_tests
root=$cache/sid-bazel
work=$cache/bazel7  # the sources, always in the same place, and what Bazel made of them
passed=0 failed=0

skip() {
  echo "Bazel 7 skipped: $1"
  echo "0 passed, 0 failed, 1 skipped"
  exit 0
}

# Runs a command in a root, with a /proc and a folder in memory that go away with it, and the cache by the name that it has
# here.
enter() { # enter ROOT COMMAND...
  mkdir -p "$1$cache" "$1/dev/shm" && unshare --mount --pid --fork ${offline:+--net} \
    sh -c 'mount -t proc proc "$0/proc" && mount -t tmpfs shm "$0/dev/shm" && mount --bind "$1" "$0$1" && shift && exec chroot "$0" "$@"' "$1" "$cache" \
    env -i PATH=/usr/bin:/bin:/usr/sbin:/sbin DEBIAN_FRONTEND=noninteractive "${@:2}"
}

# Debian sid with its Bazel and what that depends on, and nothing to read.
make_root() { # make_root FOLDER
  local mirror
  mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep -v security | head -n 1)
  debootstrap --variant=minbase sid "$1" "$mirror" && cp /etc/resolv.conf "$1/etc/resolv.conf" &&
    printf 'path-exclude=/usr/share/%s/*\n' doc man locale >"$1/etc/dpkg/dpkg.cfg.d/bazel7" &&
    echo force-unsafe-io >>"$1/etc/dpkg/dpkg.cfg.d/bazel7" &&
    enter "$1" apt-get install -y -qq --no-install-recommends bazel-bootstrap && enter "$1" apt-get clean
}

ensure_root() {
  [ -d "$root" ] && return
  echo "bazel7: making a root of Debian sid" >&2
  rm -rf "$root.new" && make_root "$root.new" >"$cache/sid-bazel.log" 2>&1 && mv "$root.new" "$root"
}

# The files as they are in the work tree. The compiler and the archives are fetched here, where there is a network.
copy_sources() {
  rm -rf "$work/src" && mkdir -p "$work/src" "$work/home" &&
    git ls-files -z --cached --others --exclude-standard | tar -c --null --ignore-failed-read -T - 2>/dev/null | tar -x -C "$work/src" &&
    (. "$work/src/tests/sources.sh" && ensure_sources)
}

loopback_up="import fcntl, socket, struct; fcntl.ioctl(socket.socket(), 0x8914, struct.pack('16sH22x', b'lo', 1))"

# Runs a script among the sources in the root, with no network but loopback.
inside() { # inside SCRIPT
  offline=1 enter "$root" HOME="$work/home" XDG_CACHE_HOME="${cache%/*}" bash -c "
    python3 -c \"$loopback_up\" && cd '$work/src' && . tests/sources.sh && ensure_sources && $1"
}

check() { # check NAME SCRIPT
  local begin=$SECONDS
  if inside "$2" >"$work/log" 2>&1; then
    passed=$((passed + 1))
    echo "passed: $1 ($((SECONDS - begin)) s)"
  else
    failed=$((failed + 1))
    echo "FAILED: $1 ($((SECONDS - begin)) s)"
    tail -n 40 "$work/log"
  fi
}

bazel="bazel --output_user_root='$work/output'"
options="--disk_cache='$work/disk' --symlink_prefix=/ --noshow_progress"

[ "$(id -u)" -eq 0 ] || skip "needs root"
command -v debootstrap >/dev/null || skip "there is no debootstrap here"
mkdir -p "$work"
exec 9>"$work/lock"
flock 9
ensure_root || skip "no Debian sid with a Bazel: $(tail -n 1 "$cache/sid-bazel.log")"
copy_sources || skip "the compiler or the libraries' sources could not be had"
inside "bazel --version" | grep .

check "analysis of everything" "$bazel build $options --nobuild //... //:dist"
check "build of credential_provider/base" "$bazel build $options //credential_provider/base/..."
if [ -n "${LONG:-}" ]; then
  check "build of everything" "$bazel build $options //..."
  check "unit tests" "$bazel test $options //tests/credential_provider/... //tests/kubeconfig_writer/..."
fi
echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ]
