#include "credential_provider/identity/session_variables.h"

#include <algorithm>

#include "absl/strings/match.h"

namespace credential_provider {
namespace {

// In order. What is left out on purpose, because an account may hang on it: SSH_AUTH_SOCK and
// DBUS_SESSION_BUS_ADDRESS (an agent's keys, a keyring), KUBECONFIG, SUDO_USER, LC_* (which shared accounts
// use to say who has logged in), CREDENTIALS_DIRECTORY.
// clang-format off
constexpr absl::string_view kNames[] = {
    "ATUIN_HISTORY_ID", "ATUIN_SESSION", "BYOBU_TTY", "COLORFGBG", "COLORTERM", "COLUMNS",
    "CREDENTIAL_PROVIDER_LOG", "CREDENTIAL_PROVIDER_LOG_FILE", "CREDENTIAL_PROVIDER_LOG_FORMAT",
    "CURSOR_TRACE_ID",
    "DESKTOP_STARTUP_ID", "DISPLAY", "FIGTERM_SESSION_ID", "GITHUB_ACTION", "GITHUB_ENV", "GITHUB_OUTPUT",
    "GITHUB_PATH", "GITHUB_STATE", "GITHUB_STEP_SUMMARY", "GNOME_TERMINAL_SCREEN", "GNOME_TERMINAL_SERVICE",
    "GPG_TTY", "GUAKE_TAB_UUID", "HISTFILE", "INSIDE_EMACS", "INVOCATION_ID", "JEDITERM_SOURCE",
    "JOURNAL_STREAM", "KUBERNETES_EXEC_INFO", "LC_TERMINAL", "LC_TERMINAL_VERSION", "LINES",
    "LISTEN_FDNAMES", "LISTEN_FDS", "LISTEN_PID", "LS_COLORS", "MAKEFLAGS", "MAKELEVEL", "MAKE_TERMERR",
    "MAKE_TERMOUT", "MANAGERPID", "MCFLY_SESSION_ID", "MEMORY_PRESSURE_WATCH", "MEMORY_PRESSURE_WRITE",
    "MFLAGS", "NOTIFY_SOCKET", "NVIM", "NVIM_LISTEN_ADDRESS", "NVIM_LOG_FILE", "OLDPWD", "P9K_SSH",
    "P9K_TTY", "PARALLEL_JOBSLOT", "PARALLEL_PID", "PARALLEL_SEQ", "PLUGIN_CLIENT_CERT", "POSH_PID",
    "POSH_SESSION_ID", "PROMPT_COMMAND", "PS1", "PWD", "PYTEST_CURRENT_TEST", "QTERM_SESSION_ID",
    "SESSION_MANAGER", "SHELL_SESSION_ID", "SHLVL", "SSH_CLIENT", "SSH_CONNECTION", "SSH_TTY",
    "STARSHIP_SESSION_KEY", "STARSHIP_SHELL", "STY", "SUDO_COMMAND", "SYSTEMD_EXEC_PID", "TERM", "TERMCAP",
    "TERMINAL_EMULATOR", "TERMINATOR_DBUS_NAME", "TERMINATOR_DBUS_PATH", "TERMINATOR_UUID", "TERMINFO",
    "TERM_FEATURES", "TERM_PROGRAM", "TERM_PROGRAM_VERSION", "TERM_SESSION_ID", "TILIX_ID", "TMUX",
    "TMUX_PANE", "TRACEPARENT", "TRACESTATE", "VTE_VERSION", "WATCHDOG_PID", "WATCHDOG_USEC",
    "WAYLAND_DISPLAY", "WINDOW", "WINDOWID", "WINDOWPATH", "WSL_INTEROP", "WT_PROFILE_ID", "WT_SESSION",
    "XAUTHORITY", "XDG_ACTIVATION_TOKEN", "XDG_SEAT", "XDG_SEAT_PATH", "XDG_SESSION_CLASS",
    "XDG_SESSION_DESKTOP", "XDG_SESSION_ID", "XDG_SESSION_PATH", "XDG_SESSION_TYPE", "XDG_VTNR",
    "XTERM_LOCALE", "XTERM_SHELL", "XTERM_VERSION", "ZELLIJ", "ZELLIJ_PANE_ID", "ZELLIJ_SESSION_NAME", "_",
    "_P9K_SSH_TTY", "_P9K_TTY", "__INTELLIJ_COMMAND_HISTFILE__",
};

constexpr absl::string_view kPrefixes[] = {
    "ALACRITTY_", "ASCIINEMA_", "DIRENV_", "GHOSTTY_", "GIO_LAUNCHED_", "ITERM_", "KITTY_", "KONSOLE_",
    "PTYXIS_", "VSCODE_", "WEZTERM_",
};
// clang-format on

constexpr bool IsInOrder() {
  for (size_t i = 1; i < std::size(kNames); ++i) {
    if (kNames[i].compare(kNames[i - 1]) <= 0) return false;
  }
  return true;
}
static_assert(IsInOrder(), "kNames is searched by halves");

}  // namespace

bool TellsOfSession(absl::string_view name) {
  return std::binary_search(std::begin(kNames), std::end(kNames), name) ||
         std::any_of(std::begin(kPrefixes), std::end(kPrefixes),
                     [name](absl::string_view prefix) { return absl::StartsWith(name, prefix); });
}

}  // namespace credential_provider
