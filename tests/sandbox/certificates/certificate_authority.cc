#include "tests/sandbox/certificates/certificate_authority.h"

#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include "tests/sandbox/certificates/certificate_builder.h"
#include "tests/sandbox/certificates/private_keys.h"
#include "tests/sandbox/signing/digest.h"

namespace sandbox {
namespace {

// CAs and servers outlive every skew of the clock that a test may ask for.
absl::Time LongAgo() { return absl::FromCivil(absl::CivilYear(2020), absl::UTCTimeZone()); }
absl::Time FarAhead() { return absl::FromCivil(absl::CivilYear(2060), absl::UTCTimeZone()); }

CertificateFields CaFields(std::vector<std::pair<const char*, std::string>> subject) {
  return {1,
          std::move(subject),
          {{NID_basic_constraints, "critical,CA:TRUE"},
           {NID_key_usage, "critical,keyCertSign,cRLSign"},
           {NID_subject_key_identifier, "hash"}},
          LongAgo(),
          FarAhead()};
}

CertifiedKey MakeCa(std::vector<std::pair<const char*, std::string>> subject) {
  const KeyPtr key = MakeEcKey();
  return {BuildCertificate(CaFields(std::move(subject)), key, nullptr, key), key};
}

CertificateFields ServerFields() {
  return {2,
          {{"CN", "sandbox server"}},
          {{NID_basic_constraints, "critical,CA:FALSE"},
           {NID_ext_key_usage, "serverAuth"},
           {NID_subject_alt_name, "IP:127.0.0.1,DNS:localhost,DNS:far.sandbox.test"}},
          LongAgo(),
          FarAhead()};
}

}  // namespace

std::string PemOf(const X509* certificate) {
  const BioPtr out(BIO_new(BIO_s_mem()));
  PEM_write_bio_X509(out.get(), certificate);
  return TextOf(out.get());
}

std::string FingerprintOf(const X509* certificate) {
  const BioPtr out(BIO_new(BIO_s_mem()));
  i2d_X509_bio(out.get(), certificate);
  return Sha256Hex(TextOf(out.get()));
}

ServerCertificate MakeServerCertificate() {
  const CertifiedKey ca = MakeCa({{"CN", "sandbox server CA"}});
  ServerCertificate out;
  out.server.key = MakeEcKey();
  out.server.certificate = BuildCertificate(ServerFields(), out.server.key, ca.certificate.get(), ca.key);
  out.ca_pem = PemOf(ca.certificate.get());
  return out;
}

const CertifiedKey& ClientCertificateAuthority::CaFor(absl::string_view cluster_id) {
  const auto found = authorities_.find(cluster_id);
  if (found != authorities_.end()) return found->second;
  const std::string id(cluster_id);
  return authorities_.emplace(id, MakeCa({{"O", id}, {"OU", "default"}, {"CN", id}})).first->second;
}

X509Ptr ClientCertificateAuthority::Issue(absl::string_view cluster_id, absl::string_view owner,
                                          const ClientSubject& subject, const KeyPtr& key,
                                          absl::Time not_before, absl::Time not_after) {
  const CertifiedKey& ca = CaFor(cluster_id);
  const CertificateFields fields = {
      ++last_serial_,
      {{"O", subject.organization}, {"CN", subject.common_name}},
      {{NID_key_usage, "critical,digitalSignature,keyEncipherment"}, {NID_ext_key_usage, "clientAuth"}},
      not_before,
      not_after};
  ledger_[last_serial_] = {std::string(owner), std::string(cluster_id), not_after};
  ++issued_;
  return BuildCertificate(fields, key, ca.certificate.get(), ca.key);
}

absl::optional<KnownClient> ClientCertificateAuthority::Verify(absl::string_view der, absl::Time now) const {
  const X509Ptr certificate = ParseDer(der);
  if (certificate == nullptr) return {};
  const auto entry = ledger_.find(SerialOf(certificate.get()));
  if (entry == ledger_.end() || entry->second.revoked) return {};
  const auto ca = authorities_.find(entry->second.cluster_id);
  if (ca == authorities_.end() || X509_verify(certificate.get(), ca->second.key.get()) != 1) return {};
  if (!IsWithinDates(certificate.get(), now)) return {};
  return KnownClient{SubjectField(certificate.get(), NID_commonName),
                     SubjectField(certificate.get(), NID_organizationName)};
}

int ClientCertificateAuthority::Revoke(absl::string_view owner, absl::string_view cluster_id) {
  int count = 0;
  for (auto& [serial, entry] : ledger_) {
    if (!owner.empty() && entry.owner != owner) continue;
    if (!cluster_id.empty() && entry.cluster_id != cluster_id) continue;
    entry.revoked = true;
    ++count;
  }
  return count;
}

CertificateState ClientCertificateAuthority::LatestOf(absl::string_view owner, absl::string_view cluster_id,
                                                      absl::Time now) const {
  CertificateState latest{"Unissued", absl::InfinitePast()};
  for (const auto& [serial, entry] : ledger_) {
    if (entry.owner != owner || entry.cluster_id != cluster_id) continue;
    latest.not_after = entry.not_after;
    latest.state = entry.revoked ? "Removed" : now < entry.not_after ? "Unexpired" : "Expired";
  }
  return latest;
}

std::string ClientCertificateAuthority::CaBundle(const std::vector<std::string>& cluster_ids) {
  std::string bundle;
  for (const std::string& id : cluster_ids) bundle += PemOf(CaFor(id).certificate.get());
  return bundle;
}

void ClientCertificateAuthority::Reset() {
  ledger_.clear();
  issued_ = 0;
}

}  // namespace sandbox
