#include "credential_provider/crypto/certificate_facts.h"

#include "gtest/gtest.h"

namespace credential_provider {
namespace {

// Of the shape that ACK issues, signed by a throw-away key.
constexpr char kCertificate[] = R"(-----BEGIN CERTIFICATE-----
MIIBkjCCATgCAhAAMAoGCCqGSM49BAMCMGoxKjAoBgNVBAoMIWMwMDAwMDAwMDAw
MDAwMDAwMDAwMDAwMDAwMDAwMDAwMTEQMA4GA1UECwwHZGVmYXVsdDEqMCgGA1UE
AwwhYzAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAxMB4XDTIwMDEwMTAw
MDAwMFoXDTIzMDEwMTAwMDAwMFowPzEVMBMGA1UECgwMc3lzdGVtOnVzZXJzMSYw
JAYDVQQDDB0yMDAwMDAwMDAwMDAwMDAwMDEtMTYwMDAwMDAwMDBZMBMGByqGSM49
AgEGCCqGSM49AwEHA0IABB+xl1jWEaybJ20T1U/E0uGPlc6i2xHGQsu2Dk19aN8P
gI0Fr/XDX1wGWqdXl9Wz0uJ6yqQoQUgmJMYhG60C44UwCgYIKoZIzj0EAwIDSAAw
RQIgah7veX//XQWIyQkcc01olWJXwsIstfcxGZgx9WcRy3sCIQC7CBd+FGNjuLiM
0s7gsSskIK0vl9fVT//B3pT4YlM0EQ==
-----END CERTIFICATE-----
)";

TEST(CertificateFactsTest, NamesAndEndAreRead) {
  const auto facts = ReadCertificate(kCertificate);
  ASSERT_TRUE(facts.ok()) << facts.status();
  EXPECT_EQ(facts->subject.text, "O=system:users, CN=200000000000000001-1600000000");
  EXPECT_EQ(facts->subject.organization, "system:users");
  EXPECT_EQ(facts->subject.common_name, "200000000000000001-1600000000");
  EXPECT_EQ(facts->issuer.organization, "c00000000000000000000000000000001");
  EXPECT_EQ(facts->issuer.common_name, "c00000000000000000000000000000001");
  EXPECT_EQ(facts->not_after, absl::FromUnixSeconds(1672531200));
}

TEST(CertificateFactsTest, TheSerialNumberIsReadInHexDigits) {
  EXPECT_EQ(SerialOf(kCertificate), "1000");
  EXPECT_EQ(SerialOf("no PEM"), "");
}

TEST(CertificateFactsTest, TextAroundItDoesNotMatter) {
  EXPECT_TRUE(ReadCertificate(std::string("subject=x\n") + kCertificate + kCertificate).ok());
}

TEST(CertificateFactsTest, WhatIsTornIsRefused) {
  const std::string whole(kCertificate);
  for (const std::string& text :
       {std::string(), std::string("no PEM"), whole.substr(0, whole.size() / 2),
        std::string("-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"),
        std::string("-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n")}) {
    EXPECT_EQ(ReadCertificate(text).status().message(), "not a PEM certificate");
  }
}

// Whatever byte is wrong, the answer is an error or names, never a crash.
TEST(CertificateFactsTest, AnyByteMayBeWrong) {
  const std::string whole(kCertificate);
  for (size_t i = 0; i < whole.size(); ++i) {
    for (const char byte : {'A', '/', 'g', '8'}) {
      std::string text = whole;
      text[i] = byte;
      ReadCertificate(text).status().IgnoreError();
      SerialOf(text);
    }
  }
}

}  // namespace
}  // namespace credential_provider
