#include "credential_provider/sources/who.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "credential_provider/store/credential_key.h"

namespace credential_provider {
namespace {

constexpr char kPlain[] =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~:/@+=,%?&#*!|()[]";

}  // namespace

Who& Who::Add(absl::string_view name, absl::string_view value) {
  if (value.empty()) return *this;
  const bool plain = value.find_first_not_of(kPlain) == absl::string_view::npos;
  absl::StrAppend(&text_, text_.empty() ? "" : " ", name, " ",
                  plain ? std::string(value) : absl::StrCat("\"", absl::CEscape(value), "\""));
  return *this;
}

Who& Who::AddHashed(absl::string_view name, absl::string_view value) {
  if (value.empty()) return *this;
  return Add(name, absl::StrCat("#", CredentialKey().Add(name, value).FileName()));
}

}  // namespace credential_provider
