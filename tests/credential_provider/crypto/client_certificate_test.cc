#include "credential_provider/crypto/client_certificate.h"

#include "gtest/gtest.h"

namespace credential_provider {
namespace {

// Pairs that match are tested end to end, with what the sandbox mints; here is what must be refused.
TEST(ClientCertificateTest, TextThatIsNoCertificateIsRefused) {
  const auto dates = CheckClientCertificate("no PEM", Secret("no PEM"));
  EXPECT_EQ(dates.status().message(), "client certificate: not a PEM certificate");
}

TEST(ClientCertificateTest, EmptyTextIsRefused) { EXPECT_FALSE(CheckClientCertificate("", Secret()).ok()); }

}  // namespace
}  // namespace credential_provider
