#!/usr/bin/env bash
# The real aliyun-cli signs in to the sandbox, by both of its flows; then `login` does, in the file that it has written; then
# aliyun-cli reads that file and writes it again. $1: the folder with the built programs (bazel-bin). $2: a checkout of
# aliyun-cli (https://github.com/aliyun/aliyun-cli), whose modules Go's proxy has; without it the test is skipped and says so.
# With a third argument, a file, what aliyun-cli has written goes there: that is how testdata/aliyun_cli was made.
#
# Two things of the checkout are changed in a copy: the addresses of the OAuth site, which are constants, and the descriptions of
# all APIs, which are another repository's and of no use here.
set -euo pipefail
[[ $# -ge 1 ]] || { echo "usage: run.sh FOLDER_OF_BUILT_PROGRAMS [CHECKOUT_OF_ALIYUN_CLI [FILE]]" >&2; exit 2; }
bin=$(realpath "$1")
here=$(cd "$(dirname "$0")" && pwd)

skip() {
  echo "aliyun-cli conformance skipped: $1"
  echo "0 passed, 0 failed, 1 skipped"
  exit 0
}
[[ -n ${2-} ]] || skip "no checkout of aliyun-cli was given"
for program in go curl python3; do
  [[ -n $(type -P $program) ]] || skip "there is no $program on the PATH"
done

work=$(mktemp -d)
trap 'kill "${sandbox-}" 2>/dev/null || true; rm -rf "$work"' EXIT
"$bin/tests/sandbox/sandbox" --dir "$work/sandbox" --lifetime 300 --name recorded &
sandbox=$!
for ((i = 0; i < 100; ++i)); do [[ -s $work/sandbox/sandbox.json ]] && break; sleep 0.1; done
cloud=$(python3 -c 'import json,sys; print(json.load(open(sys.argv[1]))["cloud"])' "$work/sandbox/sandbox.json")

cp -r "$2" "$work/source"
sed -i -E "s#https://(oauth|signin)\.(aliyun|alibabacloud)\.com#$cloud#" "$work/source/config/configure.go"
mkdir -p "$work/source/aliyun-openapi-meta/metadatas"
echo '{"products":[]}' >"$work/source/aliyun-openapi-meta/metadatas/products.json"
printf 'package aliyunopenapimeta\n\nimport "embed"\n\n//go:embed metadatas\nvar Metadatas embed.FS\n' \
  >"$work/source/aliyun-openapi-meta/meta.go"
(cd "$work/source" && GOFLAGS=-mod=mod go build -o "$work/bin/aliyun" ./main) || skip "it cannot be built"

# What both start as the browser: it signs in as alice.
printf '#!/bin/sh\nexec curl -sfL "$1" >/dev/null\n' >"$work/bin/xdg-open"
chmod 755 "$work/bin/xdg-open"
export HOME=$work/home PATH=$work/bin:$bin/credential_provider:$PATH BROWSER=$work/bin/xdg-open
export CREDENTIAL_PROVIDER_OAUTH_ENDPOINT=$cloud ALIBABA_CLOUD_STS_ENDPOINT=$cloud ALIBABA_CLOUD_ECS_METADATA_DISABLED=true
# Nothing here leaves this machine: aliyun greets a region after it has written its file.
export HTTPS_PROXY=http://127.0.0.1:9 NO_PROXY=127.0.0.1
mkdir "$HOME"
config=$HOME/.aliyun/config.json

passed=0 failed=0
check() {
  if "${@:2}" >"$work/out" 2>&1; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    echo "FAILED: $1" && sed 's/^/  /' "$work/out"
  fi
}
field() { python3 - "$config" "$1" "$2" <<'END'
import json, sys
profiles = json.load(open(sys.argv[1]))["profiles"]
print(next(p for p in profiles if p["name"] == sys.argv[2]).get(sys.argv[3], ""))
END
}
current() { python3 -c 'import json,sys; print(json.load(open(sys.argv[1]))["current"])' "$config"; }

aliyun configure set --profile main --mode AK --access-key-id sandbox-bob --access-key-secret 'odd <&> "sign"' \
  --region cn-hangzhou >/dev/null
printf '%s\n\n\n\n' "$cloud/login" >"$work/answers"
aliyun configure --profile sso --mode CloudSSO <"$work/answers" >"$work/sso.out" 2>&1 || true
printf '0\ncn-hangzhou\n\n\n' >"$work/answers"
aliyun configure --profile oauth --mode OAuth <"$work/answers" >"$work/oauth.out" 2>&1 || true
aliyun configure set --profile chained --mode ChainableRamRoleArn --source-profile sso --ram-role-arn \
  acs:ram::1000000000000001:role/ack-reader --role-session-name chained --region cn-hangzhou >/dev/null
aliyun configure switch --profile main >/dev/null
check "aliyun has signed in to CloudSSO" test -n "$(field sso access_token)"
check "aliyun has signed in to OAuth" test -n "$(field oauth oauth_refresh_token)"
if [[ -n ${3-} ]]; then
  sed -E "s#$cloud#{cloud}#; s#(\"sandbox-(cloudsso|oauth|refresh)-token[a-z-]*)[0-9]+#\\1recorded#" "$config" >"$3"
  echo "written: $3"
fi

for profile in sso oauth; do
  before=$(cat "$config")
  check "login --profile $profile" credential_provider login --profile "$profile"
  check "whoami --profile $profile" credential_provider whoami --profile "$profile"
  check "only owned fields of $profile have changed" python3 "$here/compare.py" "$config" "$profile" <<<"$before"
  # aliyun reads it and writes it again, which it does in a form of its own: byte for byte what is there.
  cp "$config" "$work/ours"
  aliyun configure switch --profile main >/dev/null
  check "aliyun would have written the same bytes" cmp "$config" "$work/ours"
done
check "the current profile is the same" test "$(current)" = main
echo "$passed passed, $failed failed"
((failed == 0))
