#include "credential_provider/sources/roles/instance_role_source.h"

#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "credential_provider/alibaba_cloud/sts_session.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/crypto/acs3_signature.h"
#include "credential_provider/http/url.h"
#include "credential_provider/identity/fetch_body.h"
#include "credential_provider/identity/identity_text.h"
#include "credential_provider/identity/source_names.h"
#include "credential_provider/process/machine.h"
#include "credential_provider/sources/roles/key_owner.h"
#include "credential_provider/text/visible_text.h"

namespace credential_provider {
namespace {

constexpr char kService[] = "http://100.100.100.200";  // link-local: leaves the machine's host for nowhere
constexpr char kServiceVariable[] = "ALIBABA_CLOUD_IMDS_ENDPOINT";
constexpr char kRoleFolder[] = "/latest/meta-data/ram/security-credentials/";
constexpr char kSubject[] = "ECS metadata";
constexpr absl::Duration kStepTimeout = absl::Seconds(1);

struct Metadata {
  std::string origin;
  bool token_only;
};

// What the service answers goes into a header, a URL and perhaps an error, so it must look as it should.
bool IsPlain(absl::string_view text) {
  constexpr size_t kLongest = 512;
  constexpr char kCharacters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.@_=+/-";
  return !text.empty() && text.size() <= kLongest &&
         text.find_first_not_of(kCharacters) == absl::string_view::npos;
}

bool IsTrue(absl::string_view value) { return absl::EqualsIgnoreCase(value, "true"); }

absl::StatusOr<Metadata> FindService(const Environment& environment) {
  Metadata metadata{kService, IsTrue(environment.Get("ALIBABA_CLOUD_IMDSV1_DISABLED"))};
  const absl::string_view other = environment.Get(kServiceVariable);
  if (other.empty() || other == kService) return metadata;
  absl::StatusOr<ServiceUrl> url = ParseServiceUrl(other);
  if (!url.ok()) return WithContext(url.status(), kServiceVariable);
  metadata.origin = absl::StrCat(url->scheme, "://", url->authority);
  return metadata;
}

HttpRequest MetadataRequest(absl::string_view method, absl::string_view url) {
  HttpRequest request;
  request.method = std::string(method);
  request.url = std::string(url);
  request.use_proxy = false;
  request.connect_timeout = kStepTimeout;
  request.timeout = kStepTimeout;
  return request;
}

// Returns the token of a session with the service; "" when it has none to give and may be asked without.
absl::StatusOr<Secret> GetToken(const Metadata& metadata, const NetworkContext& fetch) {
  HttpRequest request = MetadataRequest("PUT", absl::StrCat(metadata.origin, "/latest/api/token"));
  request.headers["x-aliyun-ecs-metadata-token-ttl-seconds"] = "60";
  const absl::StatusOr<HttpResponse> response = fetch.transport.Send(request);
  if (!response.ok()) return response.status();  // without an answer there is no older mode either
  if (response->status == 200 && IsPlain(response->body)) return Secret(response->body);
  if (!metadata.token_only) return Secret();
  return absl::UnavailableError(absl::StrCat(metadata.origin, ": no token (HTTP ", response->status, ")"));
}

absl::StatusOr<std::string> Get(const Metadata& metadata, absl::string_view path, const Secret& token,
                                const NetworkContext& fetch) {
  HttpRequest request = MetadataRequest("GET", absl::StrCat(metadata.origin, path));
  if (!token.empty()) request.headers["x-aliyun-ecs-metadata-token"] = token.Reveal();
  return FetchBody(std::move(request), token, fetch);
}

// Returns the name of the role that is attached to the instance.
absl::StatusOr<std::string> GetRoleName(const Metadata& metadata, const Secret& token,
                                        const NetworkContext& fetch) {
  absl::StatusOr<std::string> name = Get(metadata, kRoleFolder, token, fetch);
  const bool none = name.ok() ? absl::StripAsciiWhitespace(*name).empty() : absl::IsNotFound(name.status());
  if (none) {
    return WithHint(absl::FailedPreconditionError("no RAM role is attached to this instance"),
                    "attach a RAM role to the ECS instance, or sign in another way");
  }
  if (!name.ok()) return name;
  absl::StripAsciiWhitespace(&*name);
  if (!IsPlain(*name)) return absl::InvalidArgumentError("the answer is not the name of a role");
  return name;
}

// Returns what the service says about the instance itself.
absl::StatusOr<std::string> GetFact(const Metadata& metadata, const char* name, const Secret& token,
                                    const NetworkContext& fetch) {
  absl::StatusOr<std::string> fact = Get(metadata, absl::StrCat("/latest/meta-data/", name), token, fetch);
  if (!fact.ok()) return fact;
  absl::StripAsciiWhitespace(&*fact);
  if (!IsPlain(*fact)) return absl::InvalidArgumentError(absl::StrCat("the answer is not an ", name));
  return fact;
}

// Returns which role this is: of which instance, in which account, by which service.
absl::StatusOr<Principal> GetOwner(const Metadata& metadata, const std::string& role, const Secret& token,
                                   const NetworkContext& fetch) {
  absl::StatusOr<std::string> instance = GetFact(metadata, "instance-id", token, fetch);
  if (!instance.ok()) return instance.status();
  absl::StatusOr<std::string> account = GetFact(metadata, "owner-account-id", token, fetch);
  if (!account.ok()) return account.status();
  return Principal{IdentityText()
                       .Add("instance-role", role)
                       .Add("instance", *instance)
                       .Add("account", *account)
                       .Add("at", metadata.origin)
                       .text()};
}

// Stand-ins for the service that know of roles alone are asked whose the key is in the usual way.
absl::StatusOr<Principal> OwnerOfSession(const Metadata& metadata, const std::string& role,
                                         const Secret& token, const AccessKey& key,
                                         const NetworkContext& fetch) {
  absl::StatusOr<Principal> owner = GetOwner(metadata, role, token, fetch);
  if (absl::IsNotFound(owner.status())) return OwnerOf(key, fetch);
  return owner;
}

absl::StatusOr<SignIn> GetSession(const Metadata& metadata, std::string role_name,
                                  const NetworkContext& fetch) {
  const absl::StatusOr<Secret> token = GetToken(metadata, fetch);
  if (!token.ok()) return token.status();
  if (role_name.empty()) {
    absl::StatusOr<std::string> attached = GetRoleName(metadata, *token, fetch);
    if (!attached.ok()) return attached.status();
    role_name = *std::move(attached);
  }
  absl::StatusOr<std::string> body =
      Get(metadata, absl::StrCat(kRoleFolder, PercentEncode(role_name)), *token, fetch);
  if (!body.ok()) return WithContext(body.status(), absl::StrCat("role ", Printable(role_name, 64)));
  absl::StatusOr<AccessKey> key = ReadSession(JsonReader(*body, "metadata reply"));
  if (!key.ok()) return key.status();
  return SignIn{*key, [metadata, role_name, token = *token, key = *key](const NetworkContext& later) {
                  absl::StatusOr<Principal> owner = OwnerOfSession(metadata, role_name, token, key, later);
                  if (!owner.ok()) owner = WithContext(owner.status(), kSubject);
                  return owner;
                }};
}

Place PlaceOf(const Metadata& metadata, absl::string_view role_name) {
  Place place;
  place.shown = IdentityText().Add("instance-role", role_name.empty() ? "default" : role_name).text();
  place.text = CredentialKey()
                   .Add("instance-role", role_name)
                   .Add("at", metadata.origin)
                   .Add("machine", MachineText())
                   .text();
  return place;
}

}  // namespace

absl::StatusOr<Identity> InstanceRole(absl::string_view source, absl::string_view role_name,
                                      const Environment& environment, const Resolver& resolve) {
  constexpr char kDisabled[] = "ALIBABA_CLOUD_ECS_METADATA_DISABLED";
  if (IsTrue(environment.Get(kDisabled)))
    return absl::FailedPreconditionError(absl::StrCat(kDisabled, " is true"));
  absl::StatusOr<Metadata> metadata = FindService(environment);
  if (!metadata.ok()) return metadata.status();
  const auto sign_in = [metadata = *metadata, role = std::string(role_name)](const NetworkContext& fetch) {
    absl::StatusOr<SignIn> session = GetSession(metadata, role, fetch);
    if (!session.ok()) session = WithContext(session.status(), kSubject);
    return session;
  };
  return IdentityAt(source, PlaceOf(*metadata, role_name), sign_in, resolve);
}

absl::StatusOr<Identity> FindInstanceRole(const IdentityOptions& options, const Environment& environment,
                                          const Resolver& resolve) {
  constexpr char kRole[] = "ALIBABA_CLOUD_ECS_METADATA";
  const absl::StatusOr<std::string> role = VisibleText({kRole, std::string(environment.Get(kRole))});
  if (!role.ok()) return role.status();
  if (role->empty() && options.identity != kInstanceRoleSource)
    return absl::NotFoundError("ALIBABA_CLOUD_ECS_METADATA is not set");
  return InstanceRole(kInstanceRoleSource, *role, environment, resolve);
}

}  // namespace credential_provider
