#include "tests/sandbox/certificates/certificate_builder.h"

#include <openssl/x509v3.h>

namespace sandbox {
namespace {

void SetSubject(X509* certificate, const CertificateFields& fields) {
  X509_NAME* name = X509_get_subject_name(certificate);
  for (const auto& [field, value] : fields.subject) {
    X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char*>(value.data()),
                               static_cast<int>(value.size()), -1, 0);
  }
}

void AddExtensions(X509* certificate, const CertificateFields& fields) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
  for (const auto& [nid, text] : fields.extensions) {
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, nid, text);
    if (extension == nullptr) continue;
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
  }
}

// Ed25519 signs without a separate digest.
const EVP_MD* DigestFor(const KeyPtr& key) {
  return EVP_PKEY_id(key.get()) == EVP_PKEY_ED25519 ? nullptr : EVP_sha256();
}

}  // namespace

X509Ptr BuildCertificate(const CertificateFields& fields, const KeyPtr& subject_key, const X509* issuer,
                         const KeyPtr& issuer_key) {
  X509Ptr certificate(X509_new());
  X509_set_version(certificate.get(), X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), fields.serial);
  ASN1_TIME_set(X509_getm_notBefore(certificate.get()), absl::ToTimeT(fields.not_before));
  ASN1_TIME_set(X509_getm_notAfter(certificate.get()), absl::ToTimeT(fields.not_after));
  SetSubject(certificate.get(), fields);
  X509_set_issuer_name(certificate.get(),
                       X509_get_subject_name(issuer == nullptr ? certificate.get() : issuer));
  X509_set_pubkey(certificate.get(), subject_key.get());
  AddExtensions(certificate.get(), fields);
  X509_sign(certificate.get(), issuer_key.get(), DigestFor(issuer_key));
  return certificate;
}

std::string SubjectField(const X509* certificate, int nid) {
  X509_NAME* name = X509_get_subject_name(certificate);
  const int index = X509_NAME_get_index_by_NID(name, nid, -1);
  if (index < 0) return "";
  const ASN1_STRING* value = X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, index));
  return std::string(reinterpret_cast<const char*>(ASN1_STRING_get0_data(value)),
                     static_cast<size_t>(ASN1_STRING_length(value)));
}

long SerialOf(const X509* certificate) { return ASN1_INTEGER_get(X509_get0_serialNumber(certificate)); }

bool IsWithinDates(const X509* certificate, absl::Time now) {
  time_t seconds = absl::ToTimeT(now);
  return X509_cmp_time(X509_get0_notBefore(certificate), &seconds) < 0 &&
         X509_cmp_time(X509_get0_notAfter(certificate), &seconds) > 0;
}

X509Ptr ParseDer(absl::string_view der) {
  const auto* bytes = reinterpret_cast<const unsigned char*>(der.data());
  return X509Ptr(d2i_X509(nullptr, &bytes, static_cast<long>(der.size())));
}

}  // namespace sandbox
