// Answers lines LIST<tab>HOST<tab>PORT with "past" or "through": which way a request to that host and port
// takes when NO_PROXY is that list.
#include <iostream>
#include <string>
#include <vector>

#include "absl/strings/str_split.h"
#include "credential_provider/http/no_proxy.h"

int main() {
  for (std::string line; std::getline(std::cin, line);) {
    const std::vector<std::string> parts = absl::StrSplit(line, '\t');
    const bool past = parts.size() == 3 && credential_provider::GoesPastProxy(parts[0], parts[1], parts[2]);
    std::cout << (past ? "past\n" : "through\n");
  }
}
