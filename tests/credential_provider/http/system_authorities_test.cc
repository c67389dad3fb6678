#include "credential_provider/http/system_authorities.h"

#include <filesystem>
#include <fstream>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/temp_dir.h"

namespace credential_provider {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;

class SystemAuthoritiesTest : public testing::Test {
 protected:
  std::string Put(const std::string& path) {
    const std::filesystem::path file = root_.path() + path;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file) << "certificate";
    return file;
  }

  auto Folder(const std::string& path) {
    return AllOf(Field(&Authorities::folder, root_.path() + path), Field(&Authorities::file, ""));
  }
  auto File(const std::string& path) {
    return AllOf(Field(&Authorities::file, root_.path() + path), Field(&Authorities::folder, ""));
  }

  TempDir root_;
};

TEST_F(SystemAuthoritiesTest, AHashedFolderComesBeforeTheFile) {
  Put("/etc/ssl/certs/002c0b4f.0");
  Put("/etc/ssl/certs/ca-certificates.crt");
  EXPECT_THAT(SystemAuthorities(root_.path()),
              ElementsAre(Folder("/etc/ssl/certs"), File("/etc/ssl/certs/ca-certificates.crt")));
}

TEST_F(SystemAuthoritiesTest, AFolderWithoutHashesIsPassedOver) {
  Put("/etc/ssl/certs/ca-certificates.crt");
  Put("/etc/ssl/certs/ISRG_Root_X1.pem");
  Put("/etc/ssl/certs/002c0b4f.r0");  // a revocation list
  EXPECT_THAT(SystemAuthorities(root_.path()), ElementsAre(File("/etc/ssl/certs/ca-certificates.crt")));
}

TEST_F(SystemAuthoritiesTest, RedHatsPlacesAreKnown) {
  Put("/etc/pki/ca-trust/extracted/pem/directory-hash/002c0b4f.0");
  Put("/etc/pki/tls/certs/ca-bundle.crt");
  EXPECT_THAT(SystemAuthorities(root_.path()),
              ElementsAre(Folder("/etc/pki/ca-trust/extracted/pem/directory-hash"),
                          File("/etc/pki/tls/certs/ca-bundle.crt")));
}

TEST_F(SystemAuthoritiesTest, OfAMacTheSystemsComeBeforeHomebrews) {
  Put("/opt/homebrew/etc/ca-certificates/cert.pem");
  EXPECT_THAT(SystemAuthorities(root_.path()),
              ElementsAre(File("/opt/homebrew/etc/ca-certificates/cert.pem")));
  Put("/etc/ssl/cert.pem");
  EXPECT_THAT(SystemAuthorities(root_.path()), ElementsAre(File("/etc/ssl/cert.pem")));
}

TEST_F(SystemAuthoritiesTest, AnEmptyMachineHasNone) {
  EXPECT_THAT(SystemAuthorities(root_.path()), IsEmpty());
  EXPECT_THAT(PlacesOfAuthorities(), HasSubstr("/etc/ssl/certs, "));
}

}  // namespace
}  // namespace credential_provider
