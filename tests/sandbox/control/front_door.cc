#include "tests/sandbox/control/front_door.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "tests/sandbox/wire/rfc3339.h"

namespace sandbox {

FrontDoor::Arrival FrontDoor::Arrive(HttpRequest* request) {
  const std::lock_guard<std::mutex> lock(mutex_);
  request->request_id = absl::StrFormat("00000000-0000-0000-0000-%012d", ++last_request_);
  const Call call = services_.at(request->listener)->Describe(*request);
  return {log_.Arrived(*request, call, world_.Now()), faults_.Take(*request, call)};
}

void FrontDoor::Finish(const HttpRequest& request, const Arrival& arrival, Answer* answer) {
  NameValues& headers = answer->reply.headers;
  if (!Contains(headers, "Date")) headers.emplace_back("Date", FormatHttpDate(world_.Now()));
  if (request.listener != "api_server") headers.emplace_back("x-acs-request-id", request.request_id);
  if (arrival.fault && arrival.fault->retry_after_ms) {
    headers.emplace_back("x-acs-retry-after", absl::StrCat(*arrival.fault->retry_after_ms));
  }
  const bool answered = answer->ending == Ending::kNormal || answer->ending == Ending::kTear;
  if (answered) log_.Answered(arrival.number, answer->reply.status);
}

Answer FrontDoor::Take(HttpRequest request) {
  const Arrival arrival = Arrive(&request);
  Answer answer;
  if (arrival.fault) {
    absl::SleepFor(arrival.fault->delay);
    answer.ending = arrival.fault->ending;
  }
  const std::lock_guard<std::mutex> lock(mutex_);
  if (answer.ending != Ending::kHang && answer.ending != Ending::kReset) {
    const absl::optional<HttpReply> reply = arrival.fault ? arrival.fault->ReplyTo(request) : absl::nullopt;
    answer.reply = reply ? *reply : services_.at(request.listener)->Handle(request);
  }
  Finish(request, arrival, &answer);
  return answer;
}

void FrontDoor::Reset() {
  world_.Reset();
  for (const auto& [listener, service] : services_) service->Reset();
  log_.Clear();
  faults_.Clear();
  last_request_ = 0;
}

}  // namespace sandbox
