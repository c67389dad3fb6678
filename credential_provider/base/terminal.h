// What a terminal can show, and whoever sits at it wants to see.
#ifndef CREDENTIAL_PROVIDER_BASE_TERMINAL_H_
#define CREDENTIAL_PROVIDER_BASE_TERMINAL_H_

#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"

namespace credential_provider {

bool IsTerminal(int descriptor);

// Returns how many columns the terminal at `descriptor` has; nothing when it is none or does not tell.
absl::optional<size_t> TerminalColumns(int descriptor);

// The variables by which colour is chosen: https://no-color.org and https://bixense.com/clicolors.
struct ColourWishes {
  absl::string_view no_color, clicolor_force, term;  // "" for what is not set
};

// Whether there is to be colour: NO_COLOR says no, else CLICOLOR_FORCE yes, else there is at a terminal that
// knows colours.
bool WantsColour(const ColourWishes& wishes, bool is_terminal);

// The same for `descriptor` of this process, with the variables of its environment.
bool ShowsColour(int descriptor);

enum class Colour { kRed, kYellow, kBold };

// Returns `text` between what makes a terminal show it so.
std::string Coloured(absl::string_view text, Colour colour);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_BASE_TERMINAL_H_
