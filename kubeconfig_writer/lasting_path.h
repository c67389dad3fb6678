// The path of a program that is still there after an upgrade.
#ifndef KUBECONFIG_WRITER_LASTING_PATH_H_
#define KUBECONFIG_WRITER_LASTING_PATH_H_

#include <string>

#include "credential_provider/base/environment.h"

namespace kubeconfig_writer {

struct LastingPath {
  enum class Kind {
    kStarted,    // in the folder from which the running program was started
    kOwn,        // the program's own file, which no part of names a version
    kLink,       // a link to it, where the one who installed it, the PATH or the system keeps links
    kVersioned,  // its own file, which names a version: there is no link to it that lasts
  };

  std::string path;
  Kind kind;
};

// Returns where `provider`, the file of credential_provider without links, should be started from when
// `started` is the path by which the running program was. Package managers put each version into a folder of
// its own and lead a link there, which is what lasts. A link counts when it leads to that very file, or is
// called kubectl-ack and leads to a program beside it, when no part of it names a version, and when nobody
// else could lead it elsewhere. Where others could replace the file itself, as in a Homebrew that belongs to
// another user, the link from which it was started is no worse.
LastingPath FindLastingPath(const std::string& provider, const std::string& started,
                            const credential_provider::Environment& environment);

}  // namespace kubeconfig_writer

#endif  // KUBECONFIG_WRITER_LASTING_PATH_H_
