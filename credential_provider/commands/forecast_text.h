// A forecast (answer/forecast.h) in words.
#ifndef CREDENTIAL_PROVIDER_COMMANDS_FORECAST_TEXT_H_
#define CREDENTIAL_PROVIDER_COMMANDS_FORECAST_TEXT_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "credential_provider/answer/forecast.h"

namespace credential_provider {

// "served", "asked", "waits" …: for programs.
absl::string_view NameOf(Outcome outcome);

// What is stored: "in disk, issued 10m ago, expires in 49m".
std::string StoredInWords(const Forecast& forecast, absl::Time now);

// What a kubectl would meet, and the reason: "answered from the store: …".
std::string OutcomeInWords(const Forecast& forecast, int refresh_ahead, absl::Time now);

// What else bears on it: each a line.
std::vector<std::string> RemarksOn(const Forecast& forecast);

// When and why the last one was issued; "" when that is not known.
std::string LastInWords(const Forecast& forecast, absl::Time now);

// What differs from the newest of what there is for the same cluster: each a line.
std::vector<std::string> ChangesInWords(const Forecast& forecast, absl::Time now);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_COMMANDS_FORECAST_TEXT_H_
