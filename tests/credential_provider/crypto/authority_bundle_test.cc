#include "credential_provider/crypto/authority_bundle.h"

#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <memory>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace credential_provider {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

using Key = std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)>;
using Certificate = std::unique_ptr<X509, void (*)(X509*)>;
using Name = std::unique_ptr<X509_NAME, void (*)(X509_NAME*)>;

Key MakeKey() { return Key(EVP_EC_gen("P-256"), &EVP_PKEY_free); }

// `type` is how the text is encoded: MBSTRING_UTF8 lets OpenSSL choose, MBSTRING_FLAG has it as it is.
Name NameOf(const std::string& text, int type = MBSTRING_UTF8) {
  Name name(X509_NAME_new(), &X509_NAME_free);
  X509_NAME_add_entry_by_txt(name.get(), "O", type, reinterpret_cast<const unsigned char*>(text.data()),
                             static_cast<int>(text.size()), -1, 0);
  return name;
}

std::string DerOf(const Name& name) {
  unsigned char* bytes = nullptr;
  const int size = i2d_X509_NAME(name.get(), &bytes);
  std::string der(reinterpret_cast<const char*>(bytes), static_cast<size_t>(size));
  OPENSSL_free(bytes);
  return der;
}

void Extend(X509* certificate, X509* issuer, int extension, const char* value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  const std::unique_ptr<X509_EXTENSION, void (*)(X509_EXTENSION*)> made(
      X509V3_EXT_conf_nid(nullptr, &context, extension, value), &X509_EXTENSION_free);
  X509_add_ext(certificate, made.get(), -1);
}

Certificate Unsigned(const Name& subject, const Key& key, const Name& issuer) {
  Certificate certificate(X509_new(), &X509_free);
  X509_set_version(certificate.get(), X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -60);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
  X509_set_subject_name(certificate.get(), subject.get());
  X509_set_issuer_name(certificate.get(), issuer.get());
  X509_set_pubkey(certificate.get(), key.get());
  return certificate;
}

Certificate Authority(const Name& name, const Key& key) {
  Certificate certificate = Unsigned(name, key, name);
  Extend(certificate.get(), certificate.get(), NID_basic_constraints, "critical,CA:TRUE");
  Extend(certificate.get(), certificate.get(), NID_subject_key_identifier, "hash");
  X509_sign(certificate.get(), key.get(), EVP_sha256());
  return certificate;
}

Certificate Server(const Name& issuer, const Key& issuer_key) {
  Certificate certificate = Unsigned(NameOf("server"), MakeKey(), issuer);
  const Certificate authority = Authority(issuer, issuer_key);
  Extend(certificate.get(), authority.get(), NID_authority_key_identifier, "keyid:always");
  X509_sign(certificate.get(), issuer_key.get(), EVP_sha256());
  return certificate;
}

std::string PemOf(const Certificate& certificate) {
  const std::unique_ptr<BIO, int (*)(BIO*)> bio(BIO_new(BIO_s_mem()), &BIO_free);
  PEM_write_bio_X509(bio.get(), certificate.get());
  char* text = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &text);
  return std::string(text, static_cast<size_t>(size));
}

std::string AuthorityPem(const Name& name) {
  const Key key = MakeKey();
  return PemOf(Authority(name, key));
}

// What OpenSSL says of a server's certificate where only the bundle is trusted.
int Verify(const std::string& bundle_pem, const Certificate& leaf) {
  const AuthorityBundle bundle(bundle_pem);
  const std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)> ssl(SSL_CTX_new(TLS_client_method()), &SSL_CTX_free);
  EXPECT_TRUE(bundle.TrustIn(ssl.get()).ok());
  const std::unique_ptr<X509_STORE_CTX, void (*)(X509_STORE_CTX*)> chain(X509_STORE_CTX_new(),
                                                                         &X509_STORE_CTX_free);
  X509_STORE_CTX_init(chain.get(), SSL_CTX_get_cert_store(ssl.get()), leaf.get(), nullptr);
  X509_verify_cert(chain.get());
  return X509_STORE_CTX_get_error(chain.get());
}

TEST(AuthorityBundleTest, AChainToOneOfManyIsVerified) {
  const Key key = MakeKey();
  const Name name = NameOf("Root 7");
  std::string pem;
  for (int i = 0; i < 7; ++i) pem += AuthorityPem(NameOf(absl::StrCat("Root ", i)));
  absl::StrAppend(&pem, "# Root 7\n", PemOf(Authority(name, key)), AuthorityPem(NameOf("Root 8")));
  const Certificate server = Server(name, key);
  EXPECT_EQ(Verify(pem, server), X509_V_OK);
}

TEST(AuthorityBundleTest, OfTwoWithOneNameTheOneThatHasSignedCounts) {
  const Key key = MakeKey();
  const Name name = NameOf("Root");
  const std::string own = PemOf(Authority(name, key)), other = AuthorityPem(name);
  const Certificate server = Server(name, key);
  EXPECT_EQ(Verify(own + other, server), X509_V_OK);
  EXPECT_EQ(Verify(other + own, server), X509_V_OK);
}

TEST(AuthorityBundleTest, AnotherAuthorityOfThatNameIsNotTrusted) {
  const Key key = MakeKey();
  const Name name = NameOf("Root");
  const Certificate server = Server(name, key);
  EXPECT_NE(Verify(AuthorityPem(name), server), X509_V_OK);
}

TEST(AuthorityBundleTest, AnUnknownAuthorityIsNotTrusted) {
  const Key key = MakeKey();
  const Certificate server = Server(NameOf("Stranger"), key);
  EXPECT_EQ(Verify(AuthorityPem(NameOf("Root")), server), X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY);
}

// As OpenSSL compares names: RFC 5280, section 7.1.
TEST(AuthorityBundleTest, ANameIsFoundWhateverItsCaseBlanksAndEncoding) {
  const std::string zhongguo =
      "\xe4\xb8\xad\xe5\x9b\xbd CA";  // U+4E2D U+56FD: bytes that are letters in two-byte text
  const std::string two_bytes("\x4e\x2d\x56\xfd\x00\x20\x00\x43\x00\x41", 10);
  const std::string four_bytes(
      "\x00\x00\x4e\x2d\x00\x00\x56\xfd\x00\x00\x00\x20\x00\x00\x00\x43\x00\x00\x00\x41", 20);
  const AuthorityBundle bundle(AuthorityPem(NameOf("Root  CA", V_ASN1_UTF8STRING)) +
                               AuthorityPem(NameOf(zhongguo, V_ASN1_UTF8STRING)));
  EXPECT_THAT(bundle.Named(DerOf(NameOf("root ca", V_ASN1_PRINTABLESTRING))), SizeIs(1));
  EXPECT_THAT(bundle.Named(DerOf(NameOf(two_bytes, V_ASN1_BMPSTRING))), SizeIs(1));
  EXPECT_THAT(bundle.Named(DerOf(NameOf(four_bytes, V_ASN1_UNIVERSALSTRING))), SizeIs(1));
  EXPECT_THAT(bundle.Named(DerOf(NameOf("Root CB"))), IsEmpty());
}

TEST(AuthorityBundleTest, WhatIsTornIsNoAuthority) {
  const std::string pem = AuthorityPem(NameOf("Root"));
  const std::string der = DerOf(NameOf("Root"));
  EXPECT_THAT(AuthorityBundle(pem.substr(0, 100)).Named(der), IsEmpty());
  EXPECT_THAT(AuthorityBundle("-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n" + pem).Named(der),
              SizeIs(1));
}

TEST(AuthorityBundleTest, OnlyPlainCertificatesCanBeReadThisWay) {
  const std::string pem = AuthorityPem(NameOf("Root"));
  EXPECT_TRUE(AuthorityBundle::CanRead("# Root\n" + pem + pem));
  EXPECT_FALSE(AuthorityBundle::CanRead(""));
  EXPECT_FALSE(AuthorityBundle::CanRead(pem + "-----BEGIN TRUSTED CERTIFICATE-----\n"));
  EXPECT_FALSE(AuthorityBundle::CanRead("-----BEGIN X509 CRL-----\n" + pem));
}

}  // namespace
}  // namespace credential_provider
