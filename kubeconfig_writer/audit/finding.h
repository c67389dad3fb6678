// One thing that an audit found.
#ifndef KUBECONFIG_WRITER_AUDIT_FINDING_H_
#define KUBECONFIG_WRITER_AUDIT_FINDING_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace kubeconfig_writer {

struct Finding {
  std::string file;     // the kubeconfig
  std::string entry;    // "user alice"; "" for the file itself
  std::string kind;     // one of those below
  std::string place;    // the field, variable, flag or line, or the path of the file with the secret
  std::string details;  // what is known of it, without its value
  absl::Time ends = absl::InfiniteFuture();  // if it says so
};

// The kinds of findings.
inline constexpr char kClientKey[] = "client key";
inline constexpr char kToken[] = "token";
inline constexpr char kPassword[] = "password";
inline constexpr char kExecSecret[] = "exec secret";            // in a stanza
inline constexpr char kExtensionSecret[] = "extension secret";  // in an extension, wherever that is
inline constexpr char kFieldSecret[] = "field secret";          // in any other field
inline constexpr char kNameSecret[] = "name secret";            // in the name of an entry
inline constexpr char kCommentSecret[] = "comment secret";
inline constexpr char kMode[] = "mode";        // others can read or write a file, or write its folder
inline constexpr char kCommand[] = "command";  // others can replace it
inline constexpr char kUnreadable[] = "unreadable";

// Returns what to do about a finding of this kind.
absl::string_view RemedyFor(absl::string_view kind);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_AUDIT_FINDING_H_
