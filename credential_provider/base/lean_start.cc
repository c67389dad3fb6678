// Two things that the static archives of abseil and libstdc++ bring along, that no hit uses, and that every
// start would pay for: a quarter of its system calls and a fifth of its instructions. Linked into
// credential_provider alone; store_hit_test measures what is left.

// The standard streams. Every file that includes <iostream>, as some headers of abseil do, has them set up,
// and with them the locale, before main. Nothing here uses them: streams are written with write(2). The
// build replaces the two functions that do it (--wrap).
// NOLINTBEGIN(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp): the linker makes these names.
extern "C" void __wrap__ZNSt8ios_base4InitC1Ev(void*);
extern "C" void __wrap__ZNSt8ios_base4InitD1Ev(void*);

void __wrap__ZNSt8ios_base4InitC1Ev(void*) {}
void __wrap__ZNSt8ios_base4InitD1Ev(void*) {}
// NOLINTEND(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp)

// libm. abseil names three functions of it: for parsing "nan", and for choosing which Cords to sample. With
// them here the library need not be found, mapped and searched for each of two hundred symbols. libraries
// that are loaded later bring libm themselves. On other processors libm is linked.
#if defined(__x86_64__)
extern "C" double nan(const char*);
extern "C" float nanf(const char*);
extern "C" double log2(double);

double nan(const char*) { return __builtin_nan(""); }

float nanf(const char*) { return __builtin_nanf(""); }

double log2(double x) {
  long double result;
  asm("fyl2x" : "=t"(result) : "0"(static_cast<long double>(x)), "u"(1.0L) : "st(1)");
  return static_cast<double>(result);
}
#endif
