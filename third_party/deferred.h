/* Included before each file of OpenSSL and libcurl: their tables of pointers get a section of their own, which
   credential_provider/base/relocation.h is about. */
#pragma clang section relro = "deferred"
