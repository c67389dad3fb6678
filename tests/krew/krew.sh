# The real krew (0.4.3), built once from Go's module proxy. Sourced.

krew=${XDG_CACHE_HOME:-$HOME/.cache}/credential_provider_tests/krew/krew

# ensure_krew : says on stdout why there is none
ensure_krew() {
  local tool
  for tool in go git kubectl python3; do [ -n "$(type -P $tool)" ] || { echo "there is no $tool on the PATH"; return 1; }; done
  [ ! -x "$krew" ] || return 0
  mkdir -p "${krew%/*}"
  # Go's own output may name the proxy: it stays in a file of the cache.
  GOBIN=${krew%/*} GOTOOLCHAIN=local GOFLAGS=-mod=mod GOWORK=off timeout 900 nice -n 15 \
    go install sigs.k8s.io/krew/cmd/krew@v0.4.3 >"${krew%/*}/go.log" 2>&1 ||
    { echo "sigs.k8s.io/krew v0.4.3 could not be had (see go.log in the test cache)"; return 1; }
}
