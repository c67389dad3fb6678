// Examples of the commands of both programs, for help and the manual pages.
#ifndef CREDENTIAL_PROVIDER_CLI_EXAMPLES_H_
#define CREDENTIAL_PROVIDER_CLI_EXAMPLES_H_

namespace credential_provider {

// The name of a command, and after it, indented, what may be typed, with PROGRAM for the program's name; a
// line that begins with # is about the next. One text, and no table of pointers: those would have to be
// relocated whenever a program starts.
inline constexpr char kExamples[] = R"(
get ack
  PROGRAM get ack --cluster-id c0123456789abcdef0123456789abcdef
  # as the role of a pipeline, for a quarter of an hour
  PROGRAM get ack --cluster-id c0123456789abcdef0123456789abcdef --duration 15m --role-arn acs:ram::$ACCOUNT:role/deploy
get ack-token
  PROGRAM get ack-token --cluster-id c0123456789abcdef0123456789abcdef
get exec
  PROGRAM get exec -- aws eks get-token --cluster-name prod
whoami
  PROGRAM whoami
  PROGRAM whoami --profile prod -o json
login
  PROGRAM login --profile sso
  # over ssh: the browser is on another machine
  PROGRAM login --profile sso --no-browser
doctor ack
  PROGRAM doctor ack --cluster-id c0123456789abcdef0123456789abcdef
doctor ack-token
  PROGRAM doctor ack-token --cluster-id c0123456789abcdef0123456789abcdef
status
  PROGRAM status
  # when the first of them expires
  PROGRAM status -o json | jq -r 'map(.expires) | min'
  # for the prompt of a shell: docs/prompt.md
  kubeconfig_writer status --prompt
export-credentials
  PROGRAM export-credentials --role-arn acs:ram::$ACCOUNT:role/deploy -- terraform apply
  # as who asks in a context
  kubeconfig_writer export-credentials --context prod -- ossutil ls
forget ack
  PROGRAM forget ack --cluster-id c0123456789abcdef0123456789abcdef
forget ack-token
  PROGRAM forget ack-token --cluster-id c0123456789abcdef0123456789abcdef
forget exec
  PROGRAM forget exec -- aws eks get-token --cluster-name prod
forget
  PROGRAM forget --all
explain ack
  PROGRAM explain ack --cluster-id c0123456789abcdef0123456789abcdef
explain ack-token
  PROGRAM explain ack-token --cluster-id c0123456789abcdef0123456789abcdef
explain
  PROGRAM explain
  PROGRAM explain prod -o json
doctor
  PROGRAM doctor
  PROGRAM doctor prod
log
  PROGRAM log
  # what the cluster refused
  PROGRAM log -o json | jq 'map(select(.why == "refused"))'
config
  PROGRAM config
  # for this shell alone
  CREDENTIAL_PROVIDER_REGION=cn-hangzhou PROGRAM config
completion
  source <(PROGRAM completion bash)
man
  PROGRAM man | man -l -
clusters
  PROGRAM clusters
  # the names alone, for a script
  PROGRAM clusters --region cn-hangzhou -o name
  PROGRAM clusters --type serverless --state running
get-credentials
  PROGRAM get-credentials prod
  # the cluster is asked for at a terminal
  PROGRAM get-credentials
use
  PROGRAM use prod
install
  PROGRAM install prod
install ack
  # one cluster, which becomes the current context
  PROGRAM install ack --name prod --use
  # every running cluster, under its own name
  PROGRAM install ack --all --context-name '{name}'
  # the same cluster a second time, as somebody else
  PROGRAM install ack --name prod --profile admin --context-name '{name}-{profile}'
  # in a region, those whose name fits and that a tag marks, for two accounts
  PROGRAM install ack --all --region cn-hangzhou --name-pattern 'prod-*' --tag team=web --profile a,b
install ack-token
  PROGRAM install ack-token --name prod
sync
  PROGRAM sync --context-name '{name}'
  # what would be done, and what is gone
  PROGRAM sync --prune --dry-run
  # from cron, for two accounts, by whatever address there is
  PROGRAM sync --prune --profile prod,test --context-name '{name}-{profile}' --endpoint-type auto
install exec
  PROGRAM install exec --user my-eks-user
uninstall
  PROGRAM uninstall prod
  # what would go, of several
  PROGRAM uninstall 'test-*' --dry-run
undo
  PROGRAM undo
list
  PROGRAM list
  # all columns; the names alone
  PROGRAM list -o wide
  PROGRAM list -o name
verify
  PROGRAM verify prod
warm
  # from cron, or when a laptop wakes up
  PROGRAM warm --all
audit
  PROGRAM audit
  # a gate for a repository: the status is 3 when something was found
  PROGRAM audit deploy/*.kubeconfig
export
  PROGRAM export --cluster-id c0123456789abcdef0123456789abcdef --duration 4h -o colleague.kubeconfig
revoke
  PROGRAM revoke --cluster-id c0123456789abcdef0123456789abcdef
states
  PROGRAM states -o yaml
migrate
  # what would change
  PROGRAM migrate prod --dry-run
  PROGRAM migrate prod
)";

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_CLI_EXAMPLES_H_
