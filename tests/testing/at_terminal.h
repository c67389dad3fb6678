// Runs a program at a terminal, with a person who types.
#ifndef CREDENTIAL_PROVIDER_TESTS_TESTING_AT_TERMINAL_H_
#define CREDENTIAL_PROVIDER_TESTS_TESTING_AT_TERMINAL_H_

#include <map>
#include <string>
#include <vector>

#include "tests/testing/process.h"

namespace credential_provider {

// Runs `args[0]`, a path, with the environment `env` at a terminal of its own, where `typed` is typed. What
// the terminal showed, what was typed included, is in `out`. The terminal has so many columns, and with 0
// does not tell.
ProcessResult RunAtTerminal(std::vector<std::string> args, const std::map<std::string, std::string>& env,
                            const std::string& typed, unsigned short columns = 0);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_TESTS_TESTING_AT_TERMINAL_H_
