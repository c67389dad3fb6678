#include "tests/testing/sandbox_process.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "httplib.h"
#include "tests/testing/runfiles.h"

namespace credential_provider {
namespace {

constexpr int kStartTries = 200;
constexpr useconds_t kStartPause = 50000;  // 10 seconds in all

nlohmann::json Checked(const httplib::Result& result, const std::string& path) {
  if (!result || result->status >= 300) {
    std::fprintf(stderr, "sandbox control %s failed: %s\n", path.c_str(),
                 result ? result->body.c_str() : "no answer");
    std::abort();
  }
  return result->body.empty() ? nlohmann::json() : nlohmann::json::parse(result->body);
}

}  // namespace

SandboxProcess::SandboxProcess() {
  const std::string program = Runfile("tests/sandbox/sandbox");
  pid_ = fork();
  if (pid_ == 0) {
    execl(program.c_str(), program.c_str(), "--dir", dir_.path().c_str(), "--lifetime", "600", nullptr);
    _exit(127);
  }
  for (int i = 0; i < kStartTries && access(dir_.Path("sandbox.json").c_str(), R_OK) != 0; ++i)
    usleep(kStartPause);
  info_ = nlohmann::json::parse(Slurp(dir_.Path("sandbox.json")), nullptr, false);
  if (!info_.is_object()) {
    std::fprintf(stderr, "the sandbox did not start\n");
    std::abort();
  }
}

SandboxProcess::~SandboxProcess() {
  kill(pid_, SIGTERM);
  waitpid(pid_, nullptr, 0);
}

nlohmann::json SandboxProcess::Post(const std::string& path, const nlohmann::json& body) const {
  return Checked(httplib::Client(Value("control")).Post(path, body.dump(), "application/json"), path);
}

nlohmann::json SandboxProcess::Get(const std::string& path) const {
  return Checked(httplib::Client(Value("control")).Get(path), path);
}

int SandboxProcess::Count(const std::string& product) const { return Get("/counts").value(product, 0); }

}  // namespace credential_provider
