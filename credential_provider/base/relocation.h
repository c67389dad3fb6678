// A static program relocates itself when it starts: each pointer in a table of constants is written, which copies
// the table's page. Nine in ten of ours are in OpenSSL's tables, which no hit looks at, and cost it more than all
// else that it does. So they are left alone until OpenSSL or libcurl is called.
#ifndef CREDENTIAL_PROVIDER_BASE_RELOCATION_H_
#define CREDENTIAL_PROVIDER_BASE_RELOCATION_H_

namespace credential_provider {

// Relocates what the start of the program has left, once, and makes it read-only. REQUIRES: one thread.
void RelocateDeferred();

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_BASE_RELOCATION_H_
