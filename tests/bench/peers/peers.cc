// Compares credential_provider with its peers in one run and prints a table. See run.sh, which finds them.
// Arguments: "NAME|PATH|LABEL|ON DISK" for each program, credential_provider among them.
#include <cstdio>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_split.h"
#include "tests/bench/peers/comparison.h"
#include "tests/testing/own_keyring.h"

int main(int argc, char** argv) {
  std::map<std::string, credential_provider::Program> programs;
  for (int i = 1; i < argc; ++i) {
    const std::vector<std::string> parts = absl::StrSplit(argv[i], '|');
    if (parts.size() != 4) return 2;
    programs[parts[0]] = {parts[1], parts[2], parts[3]};
  }
  if (programs.count("credential_provider") == 0) return 2;
  if (!credential_provider::HasOwnKeyring())
    std::printf("No keyring of its own for this run: credentials are kept on disk.\n\n");
  credential_provider::Comparison comparison(programs);
  if (!comparison.LeaveOutWhatFails()) return 1;
  comparison.Measure();
  comparison.PrintTable();
  comparison.PrintNotes();
  return 0;
}
