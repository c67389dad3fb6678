// The state that all services share: one clock, one set of identities, one ledger of certificates.
#ifndef CREDENTIAL_PROVIDER_TESTS_SANDBOX_WORLD_WORLD_H_
#define CREDENTIAL_PROVIDER_TESTS_SANDBOX_WORLD_WORLD_H_

#include <map>
#include <set>
#include <string>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "tests/sandbox/certificates/certificate_authority.h"
#include "tests/sandbox/certificates/private_keys.h"
#include "tests/sandbox/signing/acs3_verifier.h"
#include "tests/sandbox/signing/identities.h"
#include "tests/sandbox/world/settings.h"

namespace sandbox {

// Where the listeners are, once they are bound.
struct Addresses {
  std::string cloud;
  std::string cloud_tls;
  std::string api_server;         // by address: what ACK would call the intranet endpoint
  std::string api_server_public;  // by name
  std::string control;
};

// A person who has signed in: the role and session that the sign-in stands for.
struct SignIn {
  std::string role;
  std::string session;
};

// A certificate that was minted, for who wants to know where one comes from.
struct Mint {
  std::string access_key_id;
  std::string cluster_id;
  absl::Duration lifetime;
  bool private_address;
};

// Not thread-safe: whoever uses it holds the front door's lock.
struct World {
  // The sandbox's own time: the machine's, moved by what a test asked for.
  absl::Time Now() const { return absl::Now() + skew; }

  // Puts everything that tests can change back to how it was at the start; addresses, CAs and keys stay.
  void Reset();

  Addresses addresses;
  std::string ca_pem;  // of the TLS listeners
  absl::Duration skew = absl::ZeroDuration();
  Settings settings;
  Identities identities;
  Acs3Verifier verifier{identities};
  KeyPool keys;
  ClientCertificateAuthority client_ca;
  std::map<std::string, std::string> tokens;  // bearer tokens of the API server, to the user each stands for
  std::set<std::string> forbidden;            // users that the API server refuses with 403
  std::map<std::string, SignIn> sign_ins;     // that tests have added, by access token and by refresh token
  std::map<std::string, Mint> mints;          // by the SHA-256 of the certificate's DER form
};

}  // namespace sandbox

#endif  // CREDENTIAL_PROVIDER_TESTS_SANDBOX_WORLD_WORLD_H_
