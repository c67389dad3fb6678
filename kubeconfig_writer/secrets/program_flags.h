// The flags of well-known programs that take a secret under a name that tells nothing.
#ifndef KUBECONFIG_WRITER_SECRETS_PROGRAM_FLAGS_H_
#define KUBECONFIG_WRITER_SECRETS_PROGRAM_FLAGS_H_

#include "absl/strings/string_view.h"

namespace kubeconfig_writer {

// Where in a command line a scan has come to.
class ProgramWords {
 public:
  // `program` is a name or path; "" when a program is still to come, as in a shell's line.
  explicit ProgramWords(absl::string_view program) { Begin(program); }

  // Goes on to the next word. Returns the secret in it, which a flag of the program takes: all of it, or the
  // end of
  // "-pS" or "--user=me:S"; or "". Placeholders are none.
  absl::string_view Next(absl::string_view word);

 private:
  void Begin(absl::string_view word);

  absl::string_view program_;   // "" for one that is not known
  absl::string_view previous_;  // word
  bool login_ = false;          // the word "login" was seen
};

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_SECRETS_PROGRAM_FLAGS_H_
