#include "credential_provider/http/system_trust.h"

#include <sys/stat.h>

#include <cstdlib>

#include "credential_provider/base/status_context.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/temp_dir.h"

namespace credential_provider {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

std::string Pem(const std::string& name) {
  return "-----BEGIN CERTIFICATE-----\n" + name + "\n-----END CERTIFICATE-----\n";
}

class SystemTrustTest : public testing::Test {
 protected:
  SystemTrustTest() {
    unsetenv("SSL_CERT_FILE");
    unsetenv("SSL_CERT_DIR");
    for (const char* const folder : {"one", "two", "three", "four"})
      std::filesystem::create_directory(dir_.Path(folder));
    Spill(dir_.Path("bundle"), "# the company's\n" + Pem("file"));
    Spill(dir_.Path("one/a.pem"),
          Pem("first") + "-----BEGIN PRIVATE KEY-----\nk\n-----END PRIVATE KEY-----\n");
    Spill(dir_.Path("two/b"), "rubbish " + Pem("second"));
    Spill(dir_.Path("three/readme"), "no certificate");
  }

  TempDir dir_;
};

TEST_F(SystemTrustTest, NothingSetLeavesTheSystems) {
  const absl::StatusOr<SystemTrust> trust = FindSystemTrust();
  ASSERT_TRUE(trust.ok());
  EXPECT_EQ(trust->file + trust->pem, "");
}

TEST_F(SystemTrustTest, AFileStandsForTheSystemsFile) {
  setenv("SSL_CERT_FILE", dir_.Path("bundle").c_str(), 1);
  const absl::StatusOr<SystemTrust> trust = FindSystemTrust();
  ASSERT_TRUE(trust.ok()) << trust.status();
  EXPECT_EQ(trust->file, dir_.Path("bundle"));
  EXPECT_EQ(trust->pem, "");
}

TEST_F(SystemTrustTest, FoldersAreAListAndEachOfTheirFilesCounts) {
  setenv("SSL_CERT_FILE", dir_.Path("bundle").c_str(), 1);
  setenv("SSL_CERT_DIR", (dir_.Path("one") + ":" + dir_.Path("nowhere") + "::" + dir_.Path("two")).c_str(),
         1);
  mkfifo(dir_.Path("two/pipe").c_str(), 0600);  // would be waited for
  const absl::StatusOr<SystemTrust> trust = FindSystemTrust();
  ASSERT_TRUE(trust.ok()) << trust.status();
  EXPECT_EQ(trust->file, "");
  EXPECT_EQ(trust->pem, Pem("file") + Pem("first") + Pem("second"));
}

TEST_F(SystemTrustTest, FoldersStandBesideTheSystemsFile) {
  setenv("SSL_CERT_DIR", dir_.Path("two").c_str(), 1);
  const absl::StatusOr<SystemTrust> trust = FindSystemTrust();
  ASSERT_TRUE(trust.ok()) << trust.status();
  EXPECT_THAT(trust->pem, testing::EndsWith(Pem("second")));
  const bool has_system_file = std::filesystem::exists("/etc/ssl/certs/ca-certificates.crt");
  EXPECT_EQ(trust->pem.size() > Pem("second").size(), has_system_file);
}

TEST_F(SystemTrustTest, WhatCannotBeUsedIsNamedWithItsVariable) {
  setenv("SSL_CERT_FILE", dir_.Path("nowhere").c_str(), 1);
  EXPECT_THAT(std::string(FindSystemTrust().status().message()),
              StartsWith("SSL_CERT_FILE: " + dir_.Path("nowhere")));
  EXPECT_THAT(HintOf(FindSystemTrust().status()), HasSubstr("correct SSL_CERT_FILE or unset it"));
  setenv("SSL_CERT_FILE", dir_.Path("three/readme").c_str(), 1);
  EXPECT_THAT(std::string(FindSystemTrust().status().message()), HasSubstr("readme: holds no certificate"));
  unsetenv("SSL_CERT_FILE");
  setenv("SSL_CERT_DIR", (dir_.Path("three") + ":" + dir_.Path("four")).c_str(), 1);
  EXPECT_THAT(std::string(FindSystemTrust().status().message()), StartsWith("SSL_CERT_DIR: "));
  EXPECT_THAT(std::string(FindSystemTrust().status().message()),
              HasSubstr("no certificate in " + dir_.Path("three")));
}

}  // namespace
}  // namespace credential_provider
