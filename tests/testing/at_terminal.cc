#include "tests/testing/at_terminal.h"

#include <pty.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>

namespace credential_provider {
namespace {

constexpr unsigned kTimeLimitSeconds = 60;

[[noreturn]] void BecomeChild(std::vector<std::string> args, const std::map<std::string, std::string>& env) {
  std::vector<std::string> variables;
  for (const auto& [name, value] : env) variables.push_back(name + "=" + value);
  std::vector<char*> argv, envp;
  for (std::string& arg : args) argv.push_back(&arg[0]);
  for (std::string& variable : variables) envp.push_back(&variable[0]);
  argv.push_back(nullptr);
  envp.push_back(nullptr);
  alarm(kTimeLimitSeconds);
  execve(argv[0], argv.data(), envp.data());
  _exit(127);
}

}  // namespace

ProcessResult RunAtTerminal(std::vector<std::string> args, const std::map<std::string, std::string>& env,
                            const std::string& typed, unsigned short columns) {
  int terminal = -1;
  winsize size = {};
  size.ws_col = columns;
  const pid_t child = forkpty(&terminal, nullptr, nullptr, &size);
  if (child < 0) std::abort();
  if (child == 0) BecomeChild(std::move(args), env);
  ProcessResult result;
  // The terminal keeps what is typed until it is asked for.
  if (write(terminal, typed.data(), typed.size()) < 0) kill(child, SIGKILL);
  char buffer[4096];
  for (ssize_t count; (count = read(terminal, buffer, sizeof(buffer))) > 0;)  // an error at the child's end
    result.out.append(buffer, static_cast<size_t>(count));
  int status = 0;
  waitpid(child, &status, 0);
  close(terminal);
  result.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return result;
}

}  // namespace credential_provider
