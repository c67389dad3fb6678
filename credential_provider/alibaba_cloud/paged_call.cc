#include "credential_provider/alibaba_cloud/paged_call.h"

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "credential_provider/base/status_context.h"
#include "credential_provider/text/json_reader.h"

namespace credential_provider {
namespace {

constexpr int64_t kPageSize = 50;  // taken by all list operations
constexpr int64_t kMostPages = 400;
constexpr char kReplyHint[] = "check the endpoint and HTTPS_PROXY: this is no answer of Container Service's";

using Take = absl::FunctionRef<absl::Status(const nlohmann::json&)>;

// Takes the items of one page. Returns the number of items that all pages have.
absl::StatusOr<int64_t> ReadPage(const std::string& text, absl::string_view action, const PagedReply& reply,
                                 Take take) {
  const std::string subject = absl::StrCat(action, "'s reply");
  JsonReader in(text, subject);
  JsonReader page = in.Object(reply.page);
  const int64_t total = page.OptionalInteger("total_count");
  if (!page.status().ok()) return page.status();
  const auto list = in.json().find(reply.items);
  if (list == in.json().end() || !list->is_array())
    return absl::InvalidArgumentError(absl::StrCat(subject, ": no list of ", reply.items));
  for (const nlohmann::json& item : *list) {
    absl::Status taken = take(item);
    if (!taken.ok()) return taken;
  }
  return list->empty() ? 0 : total;
}

}  // namespace

absl::Status CallAllPages(AcsClient& client, const AccessKey& key, AcsCall call, const PagedReply& reply,
                          Take take) {
  call.query["page_size"] = absl::StrCat(kPageSize);
  for (int64_t number = 1; number <= kMostPages; ++number) {
    call.query["page_number"] = absl::StrCat(number);
    absl::StatusOr<std::string> text = client.Call(call, key);
    if (!text.ok()) return text.status();
    absl::StatusOr<int64_t> total = ReadPage(*text, call.action, reply, take);
    if (!total.ok()) return WithHint(total.status(), kReplyHint);
    if (number * kPageSize >= *total) return absl::OkStatus();
  }
  return absl::ResourceExhaustedError(
      absl::StrCat(call.action, ": more than ", kMostPages * kPageSize, " ", reply.items));
}

}  // namespace credential_provider
