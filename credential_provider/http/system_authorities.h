// The certificate authorities that this machine trusts. The distributions keep them in different places, and
// a program that is linked statically has no library of theirs that knows where.
#ifndef CREDENTIAL_PROVIDER_HTTP_SYSTEM_AUTHORITIES_H_
#define CREDENTIAL_PROVIDER_HTTP_SYSTEM_AUTHORITIES_H_

#include <string>
#include <vector>

namespace credential_provider {

// What is trusted: all that is in any of these. "" where it does not count.
struct Authorities {
  std::string folder;  // a file for each, under the hash of its name: only those that are asked for are read
  std::string file;    // all of them, which takes longer to read than the whole of a request
  std::string pem;
};

// Returns the first hashed folder and then the first file that are there, below `root`, each by itself: an
// authority that the machine's owner has added to the file by hand is not in the folder. Empty where there is
// neither.
std::vector<Authorities> SystemAuthorities(const std::string& root = "");

// Returns the places where SystemAuthorities looks, for an error, in words.
std::string PlacesOfAuthorities();

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_HTTP_SYSTEM_AUTHORITIES_H_
