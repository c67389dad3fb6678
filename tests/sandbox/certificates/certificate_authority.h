// Certificates: of the sandbox's servers, and of the clients that clusters know.
#ifndef CREDENTIAL_PROVIDER_TESTS_SANDBOX_CERTIFICATES_CERTIFICATE_AUTHORITY_H_
#define CREDENTIAL_PROVIDER_TESTS_SANDBOX_CERTIFICATES_CERTIFICATE_AUTHORITY_H_

#include <map>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "tests/sandbox/wire/openssl_ptr.h"

namespace sandbox {

// A certificate with the key that belongs to it.
struct CertifiedKey {
  X509Ptr certificate;
  KeyPtr key;
};

// Renders a certificate as PEM.
std::string PemOf(const X509* certificate);

// Returns the SHA-256 of a certificate's DER form, in hexadecimal.
std::string FingerprintOf(const X509* certificate);

// What the TLS listeners present, and the CA that clients need to trust them.
struct ServerCertificate {
  CertifiedKey server;  // for 127.0.0.1, localhost and far.sandbox.test
  std::string ca_pem;
};
ServerCertificate MakeServerCertificate();

// What a client certificate is to say.
struct ClientSubject {
  std::string organization;
  std::string common_name;
};

// The subject of a client certificate that a cluster accepts.
struct KnownClient {
  std::string user;   // the common name
  std::string group;  // the organization
};

// What a list of kubeconfig states tells about the newest certificate of someone.
struct CertificateState {
  std::string state;  // "Unissued", "Unexpired", "Expired" or "Removed"
  absl::Time not_after;
};

// The client CAs, one per cluster, and the ledger of what they signed.
class ClientCertificateAuthority {
 public:
  // Signs a certificate for `key`, issued by the CA of `cluster_id` and noted as belonging to `owner`.
  X509Ptr Issue(absl::string_view cluster_id, absl::string_view owner, const ClientSubject& subject,
                const KeyPtr& key, absl::Time not_before, absl::Time not_after);

  // Returns whom `der` stands for at `now`, or nothing when it is not ours, out of its dates or revoked.
  absl::optional<KnownClient> Verify(absl::string_view der, absl::Time now) const;

  // Revokes what `owner` got for `cluster_id`; "" stands for any. Returns how many certificates that hits.
  int Revoke(absl::string_view owner, absl::string_view cluster_id);

  // Returns the state of the newest certificate that `owner` got for `cluster_id`.
  CertificateState LatestOf(absl::string_view owner, absl::string_view cluster_id, absl::Time now) const;

  // Returns the CA certificates of `cluster_ids` as PEM.
  std::string CaBundle(const std::vector<std::string>& cluster_ids);

  // Returns how many certificates were issued.
  int issued() const { return issued_; }

  // Forgets what was issued: those certificates are unknown from now on. The CAs stay.
  void Reset();

 private:
  struct Entry {
    std::string owner;
    std::string cluster_id;
    absl::Time not_after;
    bool revoked = false;
  };

  const CertifiedKey& CaFor(absl::string_view cluster_id);

  std::map<std::string, CertifiedKey, std::less<>> authorities_;  // by cluster id
  std::map<long, Entry> ledger_;                                  // by serial number
  long last_serial_ = 1000;
  int issued_ = 0;
};

}  // namespace sandbox

#endif  // CREDENTIAL_PROVIDER_TESTS_SANDBOX_CERTIFICATES_CERTIFICATE_AUTHORITY_H_
