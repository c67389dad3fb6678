// The user's browser.
#ifndef CREDENTIAL_PROVIDER_PLATFORM_BROWSER_H_
#define CREDENTIAL_PROVIDER_PLATFORM_BROWSER_H_

#include "credential_provider/base/environment.h"

namespace credential_provider {

// Returns the program that shows an address in it, for a name on the PATH; "" where there is no desktop to
// show it on. Linux: xdg-open, where DISPLAY or WAYLAND_DISPLAY is set: without, it would start a browser
// for terminals in this one. macOS: open.
const char* BrowserProgram(const Environment& environment);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_PLATFORM_BROWSER_H_
