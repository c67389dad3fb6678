// What answers at the address of the ECS metadata service: token, role's name, key.
#include "tests/fuzz/input.h"
#include "tests/fuzz/source_under_test.h"

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using credential_provider::IdentityOptions;
  static const IdentityOptions options = [] {
    IdentityOptions picked;
    picked.identity = "instance-role";
    return picked;
  }();
  static credential_provider::SourceUnderTest source(options, {}, "http://100.100.100.200/latest/");
  credential_provider::Input input(data, size);
  source.Feed(&input);
  return 0;
}
