#include "credential_provider/platform/browser.h"

namespace credential_provider {

const char* BrowserProgram(const Environment& environment) {
  const bool has_desktop = !environment.Get("DISPLAY").empty() || !environment.Get("WAYLAND_DISPLAY").empty();
  return has_desktop ? "xdg-open" : "";
}

}  // namespace credential_provider
