#include "tests/sandbox/cloud/cs_service.h"

#include <openssl/pem.h>

#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "tests/sandbox/signing/signed_request.h"
#include "tests/sandbox/wire/openssl_ptr.h"

namespace sandbox {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::StartsWith;

constexpr char kDev[] = "c00000000000000000000000000000001";
constexpr char kWithoutPublicEndpoint[] = "c00000000000000000000000000000002";

class CsServiceTest : public testing::Test {
 protected:
  CsServiceTest() {
    world_.addresses = {"", "", "https://127.0.0.1:6443", "https://localhost:6443", ""};
    world_.ca_pem = "fake CA";
    world_.settings.key_type = "ec";  // fast
  }

  HttpReply Call(const std::string& path, const std::string& query, const std::string& action,
                 const Signer& signer = Signer(), const std::string& method = "GET") {
    return service_.Handle(
        Sign(UnsignedRequest(method, path, query, action, kCsVersion, world_.Now()), signer));
  }
  HttpReply Mint(const std::string& minutes, const Signer& signer = Signer(),
                 const std::string& cluster = kDev) {
    return Call(absl::StrCat("/k8s/", cluster, "/user_config"),
                absl::StrCat("PrivateIpAddress=false&TemporaryDurationMinutes=", minutes),
                "DescribeClusterUserKubeconfig", signer);
  }
  std::string CodeOf(const HttpReply& reply) { return json::parse(reply.body).value("code", ""); }

  World world_;
  CsService service_{world_};
};

// The PEM text after a "…-data:" line of a kubeconfig.
std::string DataOf(const std::string& config, const std::string& name) {
  const size_t start = config.find(name + ": ") + name.size() + 2;
  std::string pem;
  absl::Base64Unescape(config.substr(start, config.find('\n', start) - start), &pem);
  return pem;
}

X509Ptr ParsePem(const std::string& pem) {
  const BioPtr in(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  return X509Ptr(PEM_read_bio_X509(in.get(), nullptr, nullptr, nullptr));
}

TEST_F(CsServiceTest, MintedKubeconfigHasTheDocumentedShape) {
  const HttpReply reply = Mint("15");
  ASSERT_EQ(reply.status, 200) << reply.body;
  const std::string config = json::parse(reply.body)["config"];
  EXPECT_THAT(config,
              StartsWith("\napiVersion: v1\nclusters:\n- cluster:\n    server: https://localhost:6443\n"));
  EXPECT_THAT(config, HasSubstr("  name: kubernetes\n"));
  EXPECT_THAT(config, HasSubstr("    user: \"200000000000000001\"\n"));
  EXPECT_THAT(config, HasSubstr(absl::StrCat("current-context: 200000000000000001-", kDev, "\n")));
}

TEST_F(CsServiceTest, MintedCertificateLastsAsAskedAndFitsItsKey) {
  const json answer = json::parse(Mint("20").body);
  const X509Ptr certificate = ParsePem(DataOf(answer["config"], "client-certificate-data"));
  ASSERT_NE(certificate, nullptr);
  int days = 0;
  int seconds = 0;
  ASN1_TIME_diff(&days, &seconds, X509_get0_notBefore(certificate.get()),
                 X509_get0_notAfter(certificate.get()));
  EXPECT_EQ(seconds, 25 * 60);  // it begins five minutes back
  const std::string key_pem = DataOf(answer["config"], "client-key-data");
  const BioPtr in(BIO_new_mem_buf(key_pem.data(), static_cast<int>(key_pem.size())));
  const KeyPtr key(PEM_read_bio_PrivateKey(in.get(), nullptr, nullptr, nullptr), OpensslDeleter());
  EXPECT_EQ(X509_check_private_key(certificate.get(), key.get()), 1);
}

TEST_F(CsServiceTest, MismatchedKeyIsMintedWhenAskedFor) {
  world_.settings.mismatched_key = true;
  const json answer = json::parse(Mint("15").body);
  const X509Ptr certificate = ParsePem(DataOf(answer["config"], "client-certificate-data"));
  const std::string key_pem = DataOf(answer["config"], "client-key-data");
  const BioPtr in(BIO_new_mem_buf(key_pem.data(), static_cast<int>(key_pem.size())));
  const KeyPtr key(PEM_read_bio_PrivateKey(in.get(), nullptr, nullptr, nullptr), OpensslDeleter());
  EXPECT_EQ(X509_check_private_key(certificate.get(), key.get()), 0);
}

TEST_F(CsServiceTest, EachKeyTypeHasItsPemHeader) {
  const std::pair<const char*, const char*> cases[] = {{"rsa-pkcs1", "-----BEGIN RSA PRIVATE KEY-----"},
                                                       {"rsa-pkcs8", "-----BEGIN PRIVATE KEY-----"},
                                                       {"ec", "-----BEGIN EC PRIVATE KEY-----"},
                                                       {"ec-pkcs8", "-----BEGIN PRIVATE KEY-----"}};
  for (const auto& [type, header] : cases) {
    world_.settings.key_type = type;
    EXPECT_THAT(DataOf(json::parse(Mint("15").body)["config"], "client-key-data"), StartsWith(header))
        << type;
  }
}

TEST_F(CsServiceTest, DurationOutsideItsLimitsIsRefused) {
  for (const char* minutes : {"14", "4321", "0", "-15", "15.0", "x", ""}) {
    EXPECT_EQ(CodeOf(Mint(minutes)), "InvalidParameter.TemporaryDurationMinutes") << minutes;
  }
  EXPECT_EQ(Mint("4320").status, 200);
}

TEST_F(CsServiceTest, ClusterWithoutPublicEndpointAnswersWithItsPrivateOne) {
  EXPECT_THAT(Mint("15", Signer(), kWithoutPublicEndpoint).body, HasSubstr("server: https://127.0.0.1:6443"));
}

TEST_F(CsServiceTest, RefusalsHaveTheirCodes) {
  EXPECT_EQ(CodeOf(Mint("15", SignerFor("norights"))), "StatusForbidden");
  EXPECT_EQ(CodeOf(Mint("16", SignerFor("shortonly"))), "StatusForbidden");
  EXPECT_EQ(Mint("15", SignerFor("shortonly")).status, 200);
  EXPECT_EQ(CodeOf(Mint("15", SignerFor("stranger"))), "ErrorClusterNotFound");
  EXPECT_EQ(CodeOf(Mint("15", Signer(), "c00000000000000000000000000000004")), "ErrorClusterState");
  EXPECT_EQ(CodeOf(Mint("15", Signer(), "c00000000000000000000000000000099")), "ErrorClusterNotFound");
}

TEST_F(CsServiceTest, ActionMustFitThePath) {
  EXPECT_EQ(Call(absl::StrCat("/clusters/", kDev), "", "DescribeClustersV1").status, 404);
}

TEST_F(CsServiceTest, MasterUrlIsAStringOfJson) {
  const json detail = json::parse(Call(absl::StrCat("/clusters/", kDev), "", "DescribeClusterDetail").body);
  const json url = json::parse(detail["master_url"].get<std::string>());
  EXPECT_EQ(url["api_server_endpoint"], "https://localhost:6443");
  EXPECT_EQ(url["intranet_api_server_endpoint"], "https://127.0.0.1:6443");
}

TEST_F(CsServiceTest, ListsAreCutIntoPages) {
  for (int number = 0; number < 20; ++number) world_.settings.clusters.push_back(ExtraCluster(number));
  const json page = json::parse(
      Call("/api/v1/clusters", "page_number=3&page_size=10&region_id=", "DescribeClustersV1").body);
  EXPECT_EQ(page["clusters"].size(), 5u);
  EXPECT_EQ(page["page_info"], json({{"page_number", 3}, {"page_size", 10}, {"total_count", 25}}));
  const json region =
      json::parse(Call("/regions/ap-southeast-1/clusters", "", "DescribeClustersForRegion").body);
  ASSERT_EQ(region["clusters"].size(), 1u);
  EXPECT_FALSE(region["clusters"][0].contains("master_url"));
}

TEST_F(CsServiceTest, RevocationEndsCertificatesOfTheCallerOnly) {
  const auto accepted = [&](const json& answer) {
    unsigned char* der = nullptr;
    const X509Ptr certificate = ParsePem(DataOf(answer["config"], "client-certificate-data"));
    const int size = i2d_X509(certificate.get(), &der);
    const std::string bytes(reinterpret_cast<char*>(der), static_cast<size_t>(size));
    OPENSSL_free(der);
    return world_.client_ca.Verify(bytes, world_.Now()).has_value();
  };
  const json alice = json::parse(Mint("15").body);
  const json bob = json::parse(Mint("15", SignerFor("bob")).body);
  EXPECT_TRUE(accepted(alice));
  EXPECT_EQ(
      Call(absl::StrCat("/k8s/", kDev, "/certs"), "", "RevokeK8sClusterKubeConfig", Signer(), "DELETE").body,
      "{}");
  EXPECT_FALSE(accepted(alice));
  EXPECT_TRUE(accepted(bob));
  world_.skew = absl::Minutes(16);
  EXPECT_FALSE(accepted(bob));
}

}  // namespace
}  // namespace sandbox
