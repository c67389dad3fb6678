#include "credential_provider/sign_in/browser.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "credential_provider/http/url.h"
#include "credential_provider/platform/browser.h"
#include "credential_provider/process/ending_signals.h"
#include "credential_provider/process/executable.h"
#include "credential_provider/text/shell_words.h"

namespace credential_provider {
namespace {

constexpr char kAddressMark[] = "%s";
constexpr size_t kLongestAddress = 1000;  // what is longer is cut where it is shown

// Only what is safe after a fork.
[[noreturn]] void BecomeBrowser(const std::string& file, char* const* argv, const Environment& environment) {
  setsid();
  DefaultSignals();
  const int null = open("/dev/null", O_RDWR);
  for (int fd = 0; fd <= STDERR_FILENO; ++fd) dup2(null, fd);
  if (null > STDERR_FILENO) close(null);
  execve(file.c_str(), argv, const_cast<char* const*>(environment.entries()));
  _exit(127);
}

// A process between this one and the browser ends at once, so that nobody here has to wait for the browser.
// Returns false when no process can be had.
bool StartAlone(const std::string& file, std::vector<std::string> words, const Environment& environment) {
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(&word[0]);
  argv.push_back(nullptr);
  const pid_t between = fork();
  if (between == 0) {
    const pid_t browser = fork();
    if (browser == 0) BecomeBrowser(file, argv.data(), environment);
    _exit(browser > 0 ? 0 : 1);
  }
  int status = 0;
  while (between > 0 && waitpid(between, &status, 0) < 0 && errno == EINTR) continue;
  return between > 0 && status == 0;
}

std::vector<std::string> WordsFor(absl::string_view command, const std::string& address) {
  absl::StatusOr<std::vector<std::string>> split = SplitCommand(command);
  if (!split.ok()) return {};
  std::vector<std::string> words = *std::move(split);
  bool placed = false;
  for (std::string& word : words) {
    const std::string with = absl::StrReplaceAll(word, {{kAddressMark, address}});
    placed = placed || with != word;
    word = with;
  }
  if (!placed) words.push_back(address);
  return words;
}

}  // namespace

absl::Status CheckPageAddress(absl::string_view address) {
  const auto is_visible = [](char c) { return absl::ascii_isgraph(static_cast<unsigned char>(c)); };
  const bool names_scheme = absl::StartsWith(address, "https://") || absl::StartsWith(address, "http://");
  if (address.size() > kLongestAddress)
    return absl::InvalidArgumentError("too long an address for a browser");
  if (!names_scheme || !std::all_of(address.begin(), address.end(), is_visible))
    return absl::InvalidArgumentError("not an address for a browser");
  return ParseUrl(address.substr(0, address.find('#'))).status();
}

bool OpenBrowser(const std::string& address, const Environment& environment) {
  std::vector<std::string> commands = absl::StrSplit(environment.Get("BROWSER"), ':', absl::SkipEmpty());
  if (commands.empty()) commands.emplace_back(BrowserProgram(environment));
  for (const std::string& command : commands) {
    const std::vector<std::string> words = WordsFor(command, address);
    if (words.empty()) continue;
    const std::string file = FindExecutable(words[0], environment.Get("PATH"));
    if (file.empty() || !IsExecutable(file)) continue;
    return StartAlone(file, words, environment);
  }
  return false;
}

}  // namespace credential_provider
