#include "credential_provider/crypto/certificate_facts.h"

#include <openssl/x509.h>

#include <ctime>
#include <memory>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "credential_provider/crypto/der_reader.h"
#include "credential_provider/start/relocation.h"

namespace credential_provider {
namespace {

using Bio = std::unique_ptr<BIO, int (*)(BIO*)>;

constexpr absl::string_view kBegin = "-----BEGIN CERTIFICATE-----";
constexpr absl::string_view kEnd = "-----END CERTIFICATE-----";

std::string Part(X509_NAME* name, int part) {
  char buffer[256];
  const int size = X509_NAME_get_text_by_NID(name, part, buffer, sizeof(buffer));
  return size > 0 ? std::string(buffer, static_cast<size_t>(size)) : "";
}

std::string TextOf(X509_NAME* name) {
  constexpr unsigned long kReadable =
      (XN_FLAG_ONELINE & ~ASN1_STRFLGS_ESC_MSB & ~XN_FLAG_SPC_EQ) | ASN1_STRFLGS_UTF8_CONVERT;
  const Bio bio(BIO_new(BIO_s_mem()), &BIO_free);
  char buffer[1024];
  if (X509_NAME_print_ex(bio.get(), name, 0, kReadable) < 0) return "";
  const int size = BIO_read(bio.get(), buffer, sizeof(buffer));
  return size > 0 ? std::string(buffer, static_cast<size_t>(size)) : "";
}

// Reads what `decode`, one of OpenSSL's, makes of `der`.
template <typename T, typename Decode, typename Free>
std::unique_ptr<T, Free> Decoded(absl::string_view der, Decode decode, Free free) {
  const auto* bytes = reinterpret_cast<const unsigned char*>(der.data());
  return std::unique_ptr<T, Free>(decode(nullptr, &bytes, static_cast<long>(der.size())), free);
}

bool ReadName(absl::string_view der, CertificateName* result) {
  const auto name = Decoded<X509_NAME>(der, d2i_X509_NAME, X509_NAME_free);
  if (name == nullptr) return false;
  *result = {Part(name.get(), NID_organizationName), Part(name.get(), NID_commonName), TextOf(name.get())};
  return true;
}

bool ReadTime(absl::string_view der, absl::Time* result) {
  const auto time = Decoded<ASN1_TIME>(der, d2i_ASN1_TIME, ASN1_TIME_free);
  std::tm utc = {};
  if (time == nullptr || ASN1_TIME_to_tm(time.get(), &utc) != 1) return false;
  *result = absl::FromTM(utc, absl::UTCTimeZone());
  return true;
}

// Returns the first certificate in `pem`, decoded; "" when there is none.
std::string ToDer(absl::string_view pem) {
  const size_t begin = pem.find(kBegin);
  const size_t end = begin == absl::string_view::npos ? begin : pem.find(kEnd, begin);
  std::string der;
  if (end == absl::string_view::npos ||
      !absl::Base64Unescape(pem.substr(begin + kBegin.size(), end - begin - kBegin.size()), &der)) {
    return "";
  }
  return der;
}

// Zero bytes in front only say that the number is not negative.
std::string HexOf(absl::string_view number) {
  while (number.size() > 1 && number[0] == '\0') number.remove_prefix(1);
  return absl::AsciiStrToUpper(absl::BytesToHexString(number));
}

}  // namespace

std::string SerialOf(absl::string_view pem) {
  const std::string der = ToDer(pem);
  return HexOf(OutlineOf(der).serial);
}

absl::StatusOr<CertificateFacts> ReadCertificate(absl::string_view pem) {
  RelocateDeferred();
  const std::string der = ToDer(pem);
  const CertificateOutline outline = OutlineOf(der);
  DerReader validity(DerReader(outline.validity).TakeContent());
  validity.Take();  // not before
  CertificateFacts facts;
  if (!ReadName(outline.issuer, &facts.issuer) || !ReadTime(validity.Take(), &facts.not_after) ||
      !ReadName(outline.subject, &facts.subject)) {
    return absl::InvalidArgumentError("not a PEM certificate");
  }
  return facts;
}

}  // namespace credential_provider
