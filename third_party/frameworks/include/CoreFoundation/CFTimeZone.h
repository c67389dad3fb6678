/* No time zone is set, so abseil takes that of TZ or /etc/localtime, as elsewhere. */
#ifndef THIRD_PARTY_FRAMEWORKS_INCLUDE_COREFOUNDATION_CFTIMEZONE_H_
#define THIRD_PARTY_FRAMEWORKS_INCLUDE_COREFOUNDATION_CFTIMEZONE_H_

#include <CoreFoundation/CoreFoundation.h>

typedef const void* CFTimeZoneRef;
typedef const void* CFStringRef;
typedef long CFIndex;
typedef unsigned CFStringEncoding;

enum { kCFStringEncodingUTF8 = 0 };

static inline CFTimeZoneRef CFTimeZoneCopyDefault(void) { return 0; }
static inline CFStringRef CFTimeZoneGetName(CFTimeZoneRef zone) { return zone; }
static inline CFIndex CFStringGetLength(CFStringRef text) { return text != 0; }
static inline CFIndex CFStringGetMaximumSizeForEncoding(CFIndex length, CFStringEncoding encoding) {
  return length + (CFIndex)encoding;
}
static inline int CFStringGetCString(CFStringRef text, char* buffer, CFIndex size, CFStringEncoding encoding) {
  return text != 0 && buffer != 0 && size > (CFIndex)encoding ? 0 : 0;
}

#endif /* THIRD_PARTY_FRAMEWORKS_INCLUDE_COREFOUNDATION_CFTIMEZONE_H_ */
