// What commands that ask about many things have in common: how many at a time, and one line of progress.
#ifndef CREDENTIAL_PROVIDER_CLI_MANY_AT_ONCE_H_
#define CREDENTIAL_PROVIDER_CLI_MANY_AT_ONCE_H_

#include <cstddef>
#include <string>

#include "absl/status/statusor.h"
#include "credential_provider/cli/command_line.h"
#include "credential_provider/process/parallel_work.h"

namespace credential_provider {

// Container Service's limit is not published (docs/fleet_year.md). Eight answers of 300 ms at a time are 27 a
// second.
inline constexpr FlagSpec kParallelFlag = {"--parallel", "N",
                                           "how many are asked about at a time: 1 to 16 (default: 8)"};
inline constexpr FlagSpec kCallsPerSecondFlag = {
    "--calls-per-second", "N", "the most calls that are begun in a second: 1 to 100 (default: 30)"};

// What these flags stand for. InvalidArgument names the flag.
absl::StatusOr<ParallelLimits> ParseParallelLimits(const ParsedFlags& flags);

// One line on stderr that says how far a command is, where that is a terminal; it is gone with the object.
class ProgressLine {
 public:
  // `doing` begins the line: "asking about clusters".
  ProgressLine(std::string doing, size_t of);
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  // Shows that so many are done.
  void Show(size_t done) const;

 private:
  const std::string doing_;
  const size_t of_;
  const bool is_shown_;
};

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_CLI_MANY_AT_ONCE_H_
