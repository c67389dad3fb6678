#include "credential_provider/base/relocation.h"

namespace credential_provider {

// The loader relocates a page when it is first touched, with no help of ours.
void RelocateDeferred() {}

}  // namespace credential_provider
