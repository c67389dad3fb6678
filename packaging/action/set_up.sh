#!/usr/bin/env bash
# What action.yml runs: installs $RELEASE below RUNNER_TEMP, puts it on the PATH of the next steps, and adds a
# context of $CLUSTER, if one is named. The job's token is asked for at each refresh, so nothing of it is written anywhere.
set -euo pipefail

fail() { # fail MESSAGE
  echo "::error title=kubectl ack::$1"
  exit 1
}

# GitHub does not promise these two to a composite action, but unpacks one into _actions/OWNER/REPOSITORY/REF.
if [ -z "$ACTION_REPOSITORY" ] && [[ $ACTION_PATH =~ /_actions/([^/]+/[^/]+)/(.+)/packaging/action$ ]]; then
  ACTION_REPOSITORY=${BASH_REMATCH[1]} ACTION_REF=${BASH_REMATCH[2]}
fi

# The tag that the workflow names in "uses", unless it says a version. A branch or a commit is no version.
version=${RELEASE#v}
if [ -z "$version" ] && [[ $ACTION_REF =~ ^v([0-9]+\.[0-9]+\.[0-9]+)$ ]]; then version=${BASH_REMATCH[1]}; fi
project=${PROJECT_URL:-$GITHUB_SERVER_URL/${ACTION_REPOSITORY:-$GITHUB_REPOSITORY}}
prefix=$RUNNER_TEMP/kubectl-ack${version:+-$version}
# Of this job alone: the machine's own kubeconfig, if it has one, is for the jobs after this one, too.
export KUBECONFIG=$RUNNER_TEMP/kubectl-ack.kubeconfig

# What is downloaded from there is run. Without TLS that may only be this machine itself.
check_address() {
  local host=${project#*://}
  host=${host%%/*}
  case $project in
    *://*@*) [[ $host != *@* ]] || fail "the address of the project has a name or a password in it, which everybody would see" ;;
  esac
  case $project in
    https://?* | http://localhost:* | http://127.0.0.1:*) ;;
    *) fail "$project is no address that begins with https" ;;
  esac
}

# The installer of the release itself: it knows the release's keys, and compares the checksum of what it downloads.
install_release() {
  check_address
  local from=$project/releases/latest/download installer=$RUNNER_TEMP/kubectl-ack.install.sh
  [ -z "$version" ] || from=$project/releases/download/v$version
  curl -fsSL --proto "=${project%%:*}" --proto-redir "=${project%%:*}" --retry 3 -o "$installer" "$from/install.sh" ||
    fail "$from/install.sh could not be downloaded"
  INSTALL_FROM=$project sh "$installer" --prefix "$prefix" ${version:+--version "$version"} ||
    fail "kubectl ack was not installed"
}

install_programs() {
  [ "$RUNNER_OS" != Windows ] || fail "there is no program for Windows: run the job on Linux or macOS"
  [ -x "$prefix/bin/kubeconfig_writer" ] || install_release
  PATH=$prefix/bin:$PATH
  echo "$prefix/bin" >>"$GITHUB_PATH"
}

add_context() {
  local flags=(--duration "$DURATION" --endpoint-type "$ENDPOINT_TYPE" --identity oidc)
  if [ -z "$ROLE_ARN" ] || [ -z "$OIDC_PROVIDER_ARN" ]; then fail "role-arn and oidc-provider-arn are needed beside cluster"; fi
  [ -n "${ACTIONS_ID_TOKEN_REQUEST_URL:-}" ] ||
    fail "the job may not ask for its token: give it \"permissions: id-token: write\""
  flags+=(--role-arn "$ROLE_ARN" --oidc-provider-arn "$OIDC_PROVIDER_ARN")
  [ -z "$REGION" ] || flags+=(--region "$REGION")
  [ -z "$CONTEXT_NAME" ] || flags+=(--context-name "$CONTEXT_NAME")
  kubeconfig_writer get-credentials "${flags[@]}" --use -- "$CLUSTER"
  echo "KUBECONFIG=$KUBECONFIG" >>"$GITHUB_ENV"
}

install_programs
[ -z "$CLUSTER" ] || add_context
