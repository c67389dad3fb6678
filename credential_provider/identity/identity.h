// Who asks: an identity that was found on this machine, and how to get its key.
#ifndef CREDENTIAL_PROVIDER_IDENTITY_IDENTITY_H_
#define CREDENTIAL_PROVIDER_IDENTITY_IDENTITY_H_

#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "credential_provider/alibaba_cloud/access_key.h"
#include "credential_provider/alibaba_cloud/endpoint.h"
#include "credential_provider/base/clock.h"
#include "credential_provider/base/environment.h"
#include "credential_provider/http/http_transport.h"
#include "credential_provider/identity/session_store.h"
#include "credential_provider/text/visible_text.h"

namespace credential_provider {

// What getting a key may use.
struct NetworkContext {
  HttpTransport& transport;
  Clock& clock;
  const Environment& environment;  // for a child process
  absl::Duration time_limit;       // of each call on the network, its retries included
  SessionStore sessions = {};
  // Is told what went wrong but is not in the way; may be null.
  std::function<void(const absl::Status&)> warn = nullptr;
  // Takes no remembered session: after Alibaba Cloud refused one that is not at its end.
  bool renew = false;
};

// Where a source has found it, for people; "" for what there is not. Neither is part of a key.
struct FoundIn {
  std::string file;
  std::string profile;         // or section
  const char* chosen_by = "";  // what said that it is this one: "--profile", a variable
};

struct Identity {
  std::string source;  // the name of the source that found it: "environment"
  // The principal whose credential comes out: "access-key sandbox-alice". Part of the store's key: two
  // identities that differ here never share a stored credential. What is a hash in it is not shown, see
  // who.h.
  std::string who;
  // Gets the key. Only called when a credential has to be issued; may take seconds and use the network.
  std::function<absl::StatusOr<AccessKey>(const NetworkContext&)> access_key;
  FoundIn found_in = {};
  // The region that the user has set beside it, "" for none: a default for endpoints.
  std::string region = "";
  // Returns a fingerprint of the secrets or tokens that the key is made of, as they are now: it changes when
  // a wrong one is mended, and `who` may not. Not part of the store's key, never shown. Only called when a
  // credential has to be issued. Null where nothing on this machine tells.
  std::function<std::string()> proof = nullptr;
  // The endpoint of Container Service that the user has set beside it, and by what; empty for none.
  FoundValue endpoint = {};
  // What says that endpoints inside a VPC are meant: a field or a variable; "" when nothing does.
  std::string vpc_from = "";
  // Where a file says that STS is.
  StsEndpointOptions sts = {};
  // False when nobody was asked whom a place stands for (principal.h): `who` names the place then, and no key
  // of the store may be made of it.
  bool resolved = true;
  // From when on somebody has to sign in again before a key can be had, but for one that is remembered.
  absl::Time sign_in_end = absl::InfiniteFuture();
};

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_IDENTITY_IDENTITY_H_
