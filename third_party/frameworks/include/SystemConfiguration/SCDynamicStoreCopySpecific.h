/* No proxy is set: libcurl uses none of the system's, but asks, so that addresses such as 192.0.2.1 are reached from a
   network that has IPv6 alone. They are not, without. */
#ifndef THIRD_PARTY_FRAMEWORKS_INCLUDE_SYSTEMCONFIGURATION_SCDYNAMICSTORECOPYSPECIFIC_H_
#define THIRD_PARTY_FRAMEWORKS_INCLUDE_SYSTEMCONFIGURATION_SCDYNAMICSTORECOPYSPECIFIC_H_

#include <CoreFoundation/CoreFoundation.h>

typedef const void* CFDictionaryRef;

static inline CFDictionaryRef SCDynamicStoreCopyProxies(const void* store) { return store; }

#endif /* THIRD_PARTY_FRAMEWORKS_INCLUDE_SYSTEMCONFIGURATION_SCDYNAMICSTORECOPYSPECIFIC_H_ */
