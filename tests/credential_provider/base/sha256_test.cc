#include "credential_provider/base/sha256.h"

#include <string>

#include "absl/strings/escaping.h"
#include "credential_provider/crypto/digest.h"
#include "gtest/gtest.h"

namespace credential_provider {
namespace {

std::string Hex(const std::string& data) {
  const Sha256Digest digest = Sha256(data);
  return absl::BytesToHexString({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

// The examples of FIPS 180-4 and of its companion document.
TEST(Sha256Test, GivesThePublishedDigests) {
  EXPECT_EQ("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", Hex(""));
  EXPECT_EQ("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", Hex("abc"));
  EXPECT_EQ("248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
            Hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"));
  EXPECT_EQ("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0",
            Hex(std::string(1000000, 'a')));
}

// Every length around the ends of the first blocks, against libcrypto.
TEST(Sha256Test, AgreesWithLibcrypto) {
  std::string data;
  for (int size = 0; size <= 300; ++size) {
    EXPECT_EQ(Sha256Hex(data), Hex(data)) << size;
    data.push_back(static_cast<char>(size * 167 + 13));
  }
}

TEST(FingerprintTest, IsTheBeginningOfTheDigest) {
  EXPECT_EQ("ba7816bf8f01cfea414140de5dae2223", Fingerprint("abc"));
}

}  // namespace
}  // namespace credential_provider
