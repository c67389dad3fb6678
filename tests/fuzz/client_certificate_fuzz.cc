// PEM texts from a server: a certificate, and after a line "--" the key.
#include "credential_provider/crypto/client_certificate.h"
#include "tests/fuzz/input.h"
#include "tests/fuzz/require.h"

namespace credential_provider {
namespace {

void Check(absl::string_view certificate, const Secret& key) {
  const absl::StatusOr<CertificateDates> dates = CheckClientCertificate(certificate, key);
  if (!dates.ok()) RequireShowable(dates.status());
}

}  // namespace
}  // namespace credential_provider

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  credential_provider::Input input(data, size);
  const absl::string_view certificate = input.Until("--\n");
  credential_provider::Check(certificate, credential_provider::Secret(std::string(input.Rest())));
  return 0;
}
