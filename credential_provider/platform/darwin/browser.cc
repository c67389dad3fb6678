#include "credential_provider/platform/browser.h"

namespace credential_provider {

const char* BrowserProgram(const Environment&) { return "open"; }

}  // namespace credential_provider
