// What tells the sandbox's secrets, so that every test can look for them where they must not be.
#ifndef CREDENTIAL_PROVIDER_TESTS_TESTING_SECRET_MARKS_H_
#define CREDENTIAL_PROVIDER_TESTS_TESTING_SECRET_MARKS_H_

#include <string>

namespace credential_provider {

// Returns the first secret in `text`, or "": an AccessKey secret, a security or sign-in token, a private key,
// a JSON Web Token or a token for ack-ram-authenticator.
std::string FindSecret(const std::string& text);

}  // namespace credential_provider

#endif  // CREDENTIAL_PROVIDER_TESTS_TESTING_SECRET_MARKS_H_
