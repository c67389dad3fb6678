#include "kubeconfig_writer/schema/user_fields.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "credential_provider/base/status_context.h"
#include "kubeconfig_writer/schema/text_field.h"

namespace kubeconfig_writer {
namespace {

using credential_provider::WithHint;
using nlohmann::json;

constexpr const char* kStaticFields[] = {"token",      "tokenFile",          "username",
                                         "password",   "client-certificate", "client-certificate-data",
                                         "client-key", "client-key-data"};

absl::Status RefuseBoth(absl::string_view one, absl::string_view other) {
  return WithHint(absl::FailedPreconditionError(
                      absl::StrCat(one, " and ", other, " are both set, which kubectl refuses")),
                  "take one of them out of the entry");
}

// kubectl wants one way to sign in that a header carries.
absl::Status CheckHeaders(const json& user) {
  const char* const name = !TextAt(user, "username").empty() ? "username" : "password";
  if (!TextAt(user, "token").empty() && !TextAt(user, name).empty()) return RefuseBoth("token", name);
  if (!TextAt(user, "tokenFile").empty() && !TextAt(user, "username").empty())
    return RefuseBoth("tokenFile", "username");
  return CheckHeaderText("as", TextAt(user, "as"));
}

}  // namespace

std::string StaticFieldOf(const json& user) {
  for (const char* const field : kStaticFields) {
    if (!TextAt(user, field).empty()) return field;
  }
  return "";
}

bool HasStaticCredential(const json& user) { return !StaticFieldOf(user).empty(); }

json WithoutCredentials(const json& user) {
  json rest = user.is_object() ? user : json::object();
  for (const char* const field : kStaticFields) rest.erase(field);
  rest.erase("exec");
  rest.erase("auth-provider");
  return rest;
}

absl::Status CheckDataOrFile(const json& content, const char* file) {
  const std::string data = absl::StrCat(file, "-data");
  const bool both = !TextAt(content, file).empty() && !TextAt(content, data.c_str()).empty();
  return both ? RefuseBoth(file, data) : absl::OkStatus();
}

// A line break or another control character would end the header, or be taken out of it on the way.
absl::Status CheckHeaderText(absl::string_view field, absl::string_view value) {
  const auto breaks = [](char c) { return absl::ascii_iscntrl(static_cast<unsigned char>(c)) && c != '\t'; };
  if (std::none_of(value.begin(), value.end(), breaks)) return absl::OkStatus();
  return WithHint(absl::FailedPreconditionError(
                      absl::StrCat(field, ": a line break or control character, which kubectl refuses")),
                  "take it out of the user's entry");
}

absl::Status CheckUserFields(const json& user) {
  for (const char* const field : {"as-uid", "as-groups", "as-user-extra"}) {
    if (user.is_object() && user.contains(field) && !user.at(field).empty())
      return WithHint(absl::UnimplementedError(absl::StrCat(field, ": only `as` is understood here")),
                      "let kubectl itself say whom the cluster sees: kubectl auth whoami --context CONTEXT");
  }
  if (user.is_object() && user.contains("exec") && user.contains("auth-provider"))
    return RefuseBoth("auth-provider", "exec");
  for (const char* const file : {"client-certificate", "client-key"}) {
    absl::Status one = CheckDataOrFile(user, file);
    if (!one.ok()) return one;
  }
  return CheckHeaders(user);
}

}  // namespace kubeconfig_writer
