#include "credential_provider/crypto/authority_bundle.h"

#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>

#include <memory>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "credential_provider/crypto/der_reader.h"
#include "credential_provider/start/relocation.h"

namespace credential_provider {
namespace {

constexpr absl::string_view kAnyBegin = "-----BEGIN ";
constexpr absl::string_view kBegin = "-----BEGIN CERTIFICATE-----";
constexpr absl::string_view kEnd = "-----END CERTIFICATE-----";

constexpr unsigned char kObjectIdentifier = 0x06;
constexpr unsigned char kUniversalString = 0x1C;  // four bytes a character
constexpr unsigned char kBmpString = 0x1E;        // two

size_t BytesOfCharacter(unsigned char tag) {
  if (tag == kUniversalString) return 4;
  return tag == kBmpString ? 2 : 1;
}

// Adds the letters and digits of ASCII in `text`, in lower case. All bytes of a character but the last are
// zero then.
void AddLetters(absl::string_view text, size_t bytes_of_character, std::string* letters) {
  for (; text.size() >= bytes_of_character; text.remove_prefix(bytes_of_character)) {
    const absl::string_view character = text.substr(0, bytes_of_character);
    const bool ascii = character.find_first_not_of('\0') == bytes_of_character - 1;
    if (ascii && absl::ascii_isalnum(static_cast<unsigned char>(character.back())))
      letters->push_back(absl::ascii_tolower(static_cast<unsigned char>(character.back())));
  }
}

// OpenSSL takes two names for equal whose texts differ in case, in blanks, or in the way they are encoded.
// All of these have the same letters and digits, so most names that are not equal are told apart without
// OpenSSL.
std::string LettersOf(absl::string_view der) {
  std::string letters;
  for (DerReader elements(der); elements.tag() != 0;) {
    const unsigned char tag = elements.tag();
    const absl::string_view content = elements.TakeContent();
    if ((tag & DerReader::kConstructed) != 0) {
      letters += LettersOf(content);
    } else if (tag != kObjectIdentifier) {
      AddLetters(content, BytesOfCharacter(tag), &letters);
    }
  }
  return letters;
}

using Certificate = std::unique_ptr<X509, void (*)(X509*)>;

Certificate Parse(absl::string_view der) {
  const auto* bytes = reinterpret_cast<const unsigned char*>(der.data());
  return Certificate(d2i_X509(nullptr, &bytes, static_cast<long>(der.size())), &X509_free);
}

std::string ToDer(const X509_NAME* name) {
  unsigned char* bytes = nullptr;
  const int size = i2d_X509_NAME(name, &bytes);
  if (size < 0) return "";
  std::string der(reinterpret_cast<const char*>(bytes), static_cast<size_t>(size));
  OPENSSL_free(bytes);
  return der;
}

// OpenSSL calls this for a name that is not in its store of certificates yet, and looks there again for all
// of that name when it returns 1. What goes into `found` is not counted as a use: the store owns it.
int FindBySubject(X509_LOOKUP* lookup, X509_LOOKUP_TYPE type, const X509_NAME* name, X509_OBJECT* found) {
  if (type != X509_LU_X509) return 0;
  const auto* bundle = static_cast<const AuthorityBundle*>(X509_LOOKUP_get_method_data(lookup));
  int result = 0;
  for (const absl::string_view der : bundle->Named(ToDer(name))) {
    const Certificate certificate = Parse(der);
    if (certificate == nullptr || X509_NAME_cmp(X509_get_subject_name(certificate.get()), name) != 0)
      continue;
    if (X509_STORE_add_cert(X509_LOOKUP_get_store(lookup), certificate.get()) != 1) continue;
    if (result == 0 && X509_OBJECT_set1_X509(found, certificate.get()) == 1) {
      X509_free(certificate.get());
      result = 1;
    }
  }
  return result;
}

X509_LOOKUP_METHOD* BySubject() {
  static X509_LOOKUP_METHOD* const method = [] {
    X509_LOOKUP_METHOD* made = X509_LOOKUP_meth_new("subjects of a bundle");
    if (made != nullptr) X509_LOOKUP_meth_set_get_by_subject(made, &FindBySubject);
    return made;
  }();
  return method;
}

}  // namespace

bool AuthorityBundle::CanRead(absl::string_view pem) {
  size_t begin = pem.find(kAnyBegin);
  if (begin == absl::string_view::npos) return false;
  for (; begin != absl::string_view::npos; begin = pem.find(kAnyBegin, begin + 1)) {
    if (!absl::StartsWith(pem.substr(begin), kBegin)) return false;
  }
  return true;
}

AuthorityBundle::AuthorityBundle(absl::string_view pem) {
  for (size_t begin = pem.find(kBegin); begin != absl::string_view::npos; begin = pem.find(kBegin)) {
    pem.remove_prefix(begin + kBegin.size());
    std::string der;
    if (absl::Base64Unescape(pem.substr(0, pem.find(kEnd)), &der)) authorities_.push_back(std::move(der));
  }
}

absl::Status AuthorityBundle::TrustIn(void* ssl_ctx) const {
  RelocateDeferred();
  X509_STORE* const store = SSL_CTX_get_cert_store(static_cast<SSL_CTX*>(ssl_ctx));
  X509_LOOKUP* const lookup = BySubject() == nullptr ? nullptr : X509_STORE_add_lookup(store, BySubject());
  if (lookup == nullptr) return absl::InternalError("OpenSSL: no place for authorities");
  X509_LOOKUP_set_method_data(lookup, const_cast<AuthorityBundle*>(this));
  return absl::OkStatus();
}

std::vector<absl::string_view> AuthorityBundle::Named(absl::string_view name_der) const {
  const std::string letters = LettersOf(name_der);
  std::vector<absl::string_view> named;
  for (const std::string& authority : authorities_) {
    if (LettersOf(OutlineOf(authority).subject) == letters) named.push_back(authority);
  }
  return named;
}

}  // namespace credential_provider
