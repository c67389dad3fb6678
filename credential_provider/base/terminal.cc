#include "credential_provider/base/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>

#include "absl/strings/str_cat.h"

namespace credential_provider {
namespace {

// How something looks is all that depends on it, so it need not be handed down to whatever may fail.
absl::string_view Variable(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? "" : value;
}

}  // namespace

bool IsTerminal(int descriptor) { return isatty(descriptor) != 0; }

absl::optional<size_t> TerminalColumns(int descriptor) {
  winsize size = {};
  if (!IsTerminal(descriptor) || ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
    return absl::nullopt;
  return size.ws_col;
}

bool WantsColour(const ColourWishes& wishes, bool is_terminal) {
  if (!wishes.no_color.empty()) return false;
  if (!wishes.clicolor_force.empty() && wishes.clicolor_force != "0") return true;
  return is_terminal && !wishes.term.empty() && wishes.term != "dumb";
}

bool ShowsColour(int descriptor) {
  return WantsColour({Variable("NO_COLOR"), Variable("CLICOLOR_FORCE"), Variable("TERM")},
                     IsTerminal(descriptor));
}

std::string Coloured(absl::string_view text, Colour colour) {
  const char* const code = colour == Colour::kRed ? "31" : colour == Colour::kYellow ? "33" : "1";
  return absl::StrCat("\033[", code, "m", text, "\033[0m");
}

}  // namespace credential_provider
