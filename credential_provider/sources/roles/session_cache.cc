#include "credential_provider/sources/roles/session_cache.h"

#include <utility>

#include "credential_provider/alibaba_cloud/sts_session.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/text/json_reader.h"
#include "nlohmann/json.hpp"

namespace credential_provider {
namespace {

Secret Render(const AccessKey& session) {
  const nlohmann::json json = {
      {kStsSession.id, session.id},
      {kStsSession.secret, session.secret.Reveal()},
      {kStsSession.security_token, session.security_token.Reveal()},
      {kStsSession.expiration, absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", session.expires, absl::UTCTimeZone())}};
  return Secret(json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

absl::optional<AccessKey> Find(const CredentialKey& key, const NetworkContext& fetch) {
  if (fetch.renew || !fetch.sessions.find) return absl::nullopt;
  const absl::optional<Entry> entry = fetch.sessions.find(key);
  if (!entry) return absl::nullopt;
  absl::StatusOr<AccessKey> session = ReadSession(JsonReader(entry->payload.Reveal(), "remembered session"));
  if (!session.ok() || session->expires - fetch.clock.Now() < kLeastSessionRemaining) return absl::nullopt;
  return *std::move(session);
}

void Remember(const CredentialKey& key, const AccessKey& session, const NetworkContext& fetch) {
  const bool ends = session.expires != absl::InfiniteFuture();
  if (!ends || session.expires <= fetch.clock.Now() || !fetch.sessions.remember) return;
  absl::Status remembered =
      fetch.sessions.remember(key, {fetch.clock.Now(), session.expires, Render(session)});
  if (!remembered.ok() && fetch.warn)
    fetch.warn(WithContext(remembered, "the role session cannot be stored, so it will be asked for again"));
}

}  // namespace

absl::StatusOr<AccessKey> RememberedSession(absl::string_view who, const NetworkContext& fetch,
                                            absl::FunctionRef<absl::StatusOr<AccessKey>()> get) {
  CredentialKey key;
  key.Add("session", who);
  if (absl::optional<AccessKey> session = Find(key, fetch)) return *std::move(session);
  absl::StatusOr<AccessKey> session = get();
  if (!session.ok()) return session;
  session->expires = fetch.clock.LocalTime(session->expires);
  Remember(key, *session, fetch);
  return session;
}

}  // namespace credential_provider
