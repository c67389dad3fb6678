#include "credential_provider/crypto/certificate_facts.h"

#include <ctime>
#include <memory>

namespace credential_provider {
namespace {

using Bio = std::unique_ptr<BIO, int (*)(BIO*)>;

std::string Part(const OpenSslLibrary& openssl, X509_NAME* name, int part) {
  char buffer[256];
  const int size = openssl.X509NameGetTextByNid(name, part, buffer, sizeof(buffer));
  return size > 0 ? std::string(buffer, static_cast<size_t>(size)) : "";
}

std::string TextOf(const OpenSslLibrary& openssl, X509_NAME* name) {
  constexpr unsigned long kReadable =
      (XN_FLAG_ONELINE & ~ASN1_STRFLGS_ESC_MSB & ~XN_FLAG_SPC_EQ) | ASN1_STRFLGS_UTF8_CONVERT;
  const Bio bio(openssl.BioNew(openssl.BioMemory()), openssl.BioFree);
  char buffer[1024];
  if (openssl.X509NamePrint(bio.get(), name, 0, kReadable) < 0) return "";
  const int size = openssl.BioRead(bio.get(), buffer, sizeof(buffer));
  return size > 0 ? std::string(buffer, static_cast<size_t>(size)) : "";
}

CertificateName NameOf(const OpenSslLibrary& openssl, X509_NAME* name) {
  return {Part(openssl, name, NID_organizationName), Part(openssl, name, NID_commonName),
          TextOf(openssl, name)};
}

}  // namespace

absl::StatusOr<CertificateFacts> ReadCertificate(const OpenSslLibrary& openssl, absl::string_view pem) {
  const Bio bio(openssl.BioNewMemBuf(pem.data(), static_cast<int>(pem.size())), openssl.BioFree);
  const std::unique_ptr<X509, void (*)(X509*)> certificate(
      openssl.PemReadX509(bio.get(), nullptr, nullptr, nullptr), openssl.X509Free);
  std::tm utc = {};
  if (certificate == nullptr || openssl.Asn1TimeToTm(openssl.X509NotAfter(certificate.get()), &utc) != 1)
    return absl::InvalidArgumentError("not a PEM certificate");
  return CertificateFacts{NameOf(openssl, openssl.X509SubjectName(certificate.get())),
                          NameOf(openssl, openssl.X509IssuerName(certificate.get())),
                          absl::FromTM(utc, absl::UTCTimeZone())};
}

}  // namespace credential_provider
