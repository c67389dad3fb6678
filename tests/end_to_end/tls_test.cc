// With whom the programs can speak TLS: the keys that servers and private authorities have, what is agreed
// on, and the client keys that are in kubeconfigs.
#include <openssl/ssl.h>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/end_to_end/world.h"
#include "tests/testing/loopback_listener.h"

namespace credential_provider {
namespace {

using testing::HasSubstr;

constexpr char kRsa[] = "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048";
constexpr char kP256[] = "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256";
constexpr char kP384[] = "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384";
constexpr char kP521[] = "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-521";
constexpr char kEd25519[] = "genpkey -algorithm ED25519";

// A server with a key that signs its own certificate, which says 403 to every request.
class TlsTest : public testing::Test {
 protected:
  ~TlsTest() override { SSL_CTX_free(context_); }

  // Makes `name`.key with a command of OpenSSL's, and `name`.pem, a certificate of 127.0.0.1.
  void MakePair(const std::string& name, const std::string& command) {
    const std::string script = "cd '" + folder_.path() + "' && openssl " + command + " >" + name +
                               ".key 2>/dev/null && openssl req -x509 -new -key " + name +
                               ".key -subj /CN=" + name + " -addext subjectAltName=IP:127.0.0.1 -out " +
                               name + ".pem";
    const ProcessResult made = world_.Run({"sh", "-c", script});
    ASSERT_EQ(made.status, 0) << made.err;
  }

  void UseServerKey(const std::string& command) {
    MakePair("server", command);
    ASSERT_EQ(SSL_CTX_use_certificate_file(context_, Pem("server").c_str(), SSL_FILETYPE_PEM), 1);
    ASSERT_EQ(SSL_CTX_use_PrivateKey_file(context_, folder_.Path("server.key").c_str(), SSL_FILETYPE_PEM), 1);
  }

  std::string Pem(const std::string& name) const { return folder_.Path(name + ".pem"); }

  void Serve(int connection) {
    SSL* const ssl = SSL_new(context_);
    SSL_set_fd(ssl, connection);
    char request[4096];
    if (SSL_accept(ssl) == 1 && SSL_read(ssl, request, sizeof(request)) > 0) {
      constexpr char kReply[] = "HTTP/1.1 403 Forbidden\r\ncontent-length: 2\r\n\r\n{}";
      if (SSL_get0_peer_certificate(ssl) != nullptr) ++client_certificates_;
      SSL_write(ssl, kReply, sizeof(kReply) - 1);
      SSL_shutdown(ssl);
    }
    SSL_free(ssl);
  }

  World world_{SharedSandbox()};
  TempDir folder_;
  SSL_CTX* const context_ = SSL_CTX_new(TLS_server_method());
  std::atomic<int> client_certificates_{0};
};

struct Agreement {
  const char* name;
  const char* key;
  int version;
  const char* cipher;
  const char* group;
};

class TlsServerTest : public TlsTest, public testing::WithParamInterface<Agreement> {};

TEST_P(TlsServerTest, IsUnderstood) {
  UseServerKey(GetParam().key);
  SSL_CTX_set_min_proto_version(context_, GetParam().version);
  SSL_CTX_set_max_proto_version(context_, GetParam().version);
  ASSERT_EQ(GetParam().version == TLS1_3_VERSION ? SSL_CTX_set_ciphersuites(context_, GetParam().cipher)
                                                 : SSL_CTX_set_cipher_list(context_, GetParam().cipher),
            1);
  ASSERT_EQ(SSL_CTX_set1_groups_list(context_, GetParam().group), 1);
  LoopbackListener server([this](int connection) { Serve(connection); });
  const ProcessResult result =
      world_.Run({"credential_provider", "get", "ack", "--cluster-id", kCluster, "--store", "none",
                  "--cs-endpoint", "https://" + server.authority(), "--ca-file", Pem("server")});
  EXPECT_THAT(result.err, HasSubstr("HTTP 403"));
}

INSTANTIATE_TEST_SUITE_P(
    Agreements, TlsServerTest,
    testing::Values(Agreement{"RsaGcm128", kRsa, TLS1_2_VERSION, "ECDHE-RSA-AES128-GCM-SHA256", "P-256"},
                    Agreement{"RsaGcm256", kRsa, TLS1_2_VERSION, "ECDHE-RSA-AES256-GCM-SHA384", "X25519"},
                    Agreement{"RsaChaCha20", kRsa, TLS1_3_VERSION, "TLS_CHACHA20_POLY1305_SHA256", "X25519"},
                    Agreement{"P256Cbc", kP256, TLS1_2_VERSION, "ECDHE-ECDSA-AES128-SHA", "P-256"},
                    Agreement{"P256ChaCha20", kP256, TLS1_2_VERSION, "ECDHE-ECDSA-CHACHA20-POLY1305",
                              "X25519"},
                    Agreement{"P384", kP384, TLS1_3_VERSION, "TLS_AES_256_GCM_SHA384", "P-384"},
                    Agreement{"P521", kP521, TLS1_3_VERSION, "TLS_AES_128_GCM_SHA256", "P-521"},
                    Agreement{"Ed25519", kEd25519, TLS1_3_VERSION, "TLS_AES_128_GCM_SHA256", "X25519"},
                    Agreement{"Hybrid", kP256, TLS1_3_VERSION, "TLS_AES_128_GCM_SHA256", "X25519MLKEM768"}),
    [](const auto& test) { return std::string(test.param.name); });

struct ClientKey {
  const char* name;
  const char* key;
  const char* format;  // the first line of the key's file
};

class TlsClientTest : public TlsTest, public testing::WithParamInterface<ClientKey> {};

TEST_P(TlsClientTest, ProvesItselfWithAKeyOfThisFormat) {
  UseServerKey(kP256);
  SSL_CTX_set_verify(context_, SSL_VERIFY_PEER, [](int, X509_STORE_CTX*) { return 1; });
  MakePair("client", GetParam().key);
  ASSERT_THAT(Slurp(folder_.Path("client.key")), HasSubstr(GetParam().format));
  LoopbackListener server([this](int connection) { Serve(connection); });
  Spill(world_.home.Path("kubeconfig"),
        "clusters: [{name: a, cluster: {server: \"https://" + server.authority() +
            "\", certificate-authority: \"" + Pem("server") +
            "\"}}]\nusers: [{name: a, user: {client-certificate: \"" + Pem("client") + "\", client-key: \"" +
            folder_.Path("client.key") + "\"}}]\ncontexts: [{name: a, context: {cluster: a, user: a}}]\n");
  const ProcessResult result =
      world_.Run({"kubeconfig_writer", "verify", "a", "--kubeconfig", world_.home.Path("kubeconfig")});
  EXPECT_THAT(result.err, HasSubstr("HTTP 403"));
  EXPECT_GT(client_certificates_, 0);
}

INSTANTIATE_TEST_SUITE_P(
    Keys, TlsClientTest,
    testing::Values(ClientKey{"RsaPkcs8", kRsa, "BEGIN PRIVATE KEY"},
                    ClientKey{"RsaPkcs1", "genrsa -traditional 2048", "BEGIN RSA PRIVATE KEY"},
                    ClientKey{"EcPkcs8", kP384, "BEGIN PRIVATE KEY"},
                    ClientKey{"EcSec1", "ecparam -name prime256v1 -genkey -noout", "BEGIN EC PRIVATE KEY"},
                    ClientKey{"Ed25519", kEd25519, "BEGIN PRIVATE KEY"}),
    [](const auto& test) { return std::string(test.param.name); });

}  // namespace
}  // namespace credential_provider
