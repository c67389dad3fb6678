# For ~/.bashrc: the context, who asks in it and how long the credential is good for, in front of the prompt. docs/prompt.md has
# zsh, fish and starship.
kube_prompt() {
  local status=$? line
  line=$(kubeconfig_writer status --prompt 2>/dev/null)
  printf '%s' "${line:+($line) }"
  return "$status"
}
PS1='$(kube_prompt)'"$PS1"
