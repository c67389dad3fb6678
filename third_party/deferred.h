/* Included before each file of OpenSSL and libcurl: their tables of pointers get a section of their own, which
   credential_provider/base/relocation.h is about. */
#ifdef __ELF__
#pragma clang section relro = "deferred"
#endif
