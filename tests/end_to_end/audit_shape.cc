#include "tests/end_to_end/audit_shape.h"

#include <random>
#include <regex>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "tests/testing/runfiles.h"
#include "tests/testing/temp_dir.h"

namespace credential_provider {
namespace {

constexpr char kLower[] = "abcdefghijklmnopqrstuvwxyz";
constexpr char kUpper[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr char kDigits[] = "0123456789";

// Makes up the values of one shape.
class Values {
 public:
  explicit Values(const std::string& seed) {
    std::seed_seq seeds(seed.begin(), seed.end());
    random_.seed(seeds);
  }

  // What "N40" or "JWT" stands for.
  std::string Make(const std::string& name) {
    if (name == "PASSWORD") return absl::StrCat("Blue-", Text(kLower, 6), "-", Text(kDigits, 4));
    if (name == "UUID") return Uuid();
    if (name == "JWT") return Jwt();
    if (name == "KEYPEM") return Pem("EC PRIVATE KEY");
    if (name == "KEY64") return absl::Base64Escape(Pem("EC PRIVATE KEY"));
    if (name == "RSAKEY64") return absl::Base64Escape(Pem("RSA PRIVATE KEY"));
    if (name == "CERT64") return absl::Base64Escape(Pem("CERTIFICATE"));
    if (name == "CERTKEY64") return absl::Base64Escape(Pem("CERTIFICATE") + Pem("PRIVATE KEY"));
    if (name == "KUBECONFIG64") return absl::Base64Escape(Kubeconfig());
    const size_t digits = name.find_first_of(kDigits);
    return Text(Alphabet(name.substr(0, digits)), std::stoul(name.substr(digits)));
  }

 private:
  static std::string Alphabet(const std::string& name) {
    if (name == "n") return absl::StrCat(kLower, kDigits);
    if (name == "U") return absl::StrCat(kUpper, kDigits);
    if (name == "H") return absl::StrCat(kDigits, "abcdef");
    return absl::StrCat(kLower, kUpper, kDigits, name == "NU" ? "_-" : name == "B" ? "+/" : "");
  }

  std::string Text(const std::string& alphabet, size_t size) {
    std::string text;
    while (text.size() < size) text += alphabet[random_() % alphabet.size()];
    return text;
  }

  std::string Uuid() {
    const std::string hex = Alphabet("H");
    return absl::StrCat(Text(hex, 8), "-", Text(hex, 4), "-4", Text(hex, 3), "-8", Text(hex, 3), "-",
                        Text(hex, 12));
  }

  std::string Jwt() {
    return absl::StrCat(absl::WebSafeBase64Escape(R"({"alg":"RS256","kid":"key"})"), ".",
                        absl::WebSafeBase64Escape(R"({"iss":"kubernetes/serviceaccount","sub":"ci"})"), ".",
                        Text(Alphabet("NU"), 342));
  }

  std::string Pem(const std::string& label) {
    std::string pem = absl::StrCat("-----BEGIN ", label, "-----\n");
    for (int i = 0; i < 3; ++i) absl::StrAppend(&pem, Text(Alphabet("B"), 64), "\n");
    return absl::StrCat(pem, "-----END ", label, "-----\n");
  }

  std::string Kubeconfig() {
    return absl::StrCat("apiVersion: v1\nkind: Config\nusers:\n- name: u\n  user:\n    token: ",
                        Text(Alphabet("N"), 40), "\n");
  }

  std::mt19937 random_;
};

const std::regex& Placeholder() {
  static const auto* const regex = new std::regex(
      R"(\{((?:NU|[NnUHB])[0-9]+|PASSWORD|UUID|JWT|KEYPEM|KEY64|RSAKEY64|CERT64|CERTKEY64|KUBECONFIG64)\})");
  return *regex;
}

std::string IndentOfLastLine(const std::string& text) {
  const std::string line = text.substr(text.rfind('\n') + 1);
  return line.find_first_not_of(' ') == std::string::npos ? line : "";
}

template <typename Make>
std::string Fill(std::string text, const Make& make) {
  std::string filled;
  for (std::smatch found; std::regex_search(text, found, Placeholder()); text = found.suffix()) {
    filled += found.prefix();
    std::string value = make(found[1].str());
    const std::string indent = IndentOfLastLine(filled);
    if (absl::EndsWith(value, "\n")) value.pop_back();
    filled += absl::StrReplaceAll(value, {{"\n", "\n" + indent}});
  }
  return filled + text;
}

std::string Whole(const std::string& kubeconfig) {
  std::string text = kubeconfig;
  if (absl::StartsWith(text, "user:"))
    text = absl::StrCat("users:\n- name: dev\n  ", absl::StrReplaceAll(text, {{"\n", "\n  "}}), "\n");
  return absl::StrCat("apiVersion: v1\nkind: Config\n", text);
}

template <typename Make>
FilledShape FillWith(const AuditShape& shape, const Make& make) {
  FilledShape filled;
  const auto remember = [&](const std::string& name) {
    filled.values.push_back(make(name));
    return filled.values.back();
  };
  filled.files["config"] = Fill(Whole(shape.kubeconfig), remember);
  for (const auto& [path, text] : shape.files) filled.files[path] = Fill(text, remember);
  return filled;
}

// `text` is one shape without the "=== " in front.
AuditShape ParseShape(const std::string& text) {
  const size_t line_end = text.find('\n');
  const std::vector<std::string> head = absl::StrSplit(text.substr(0, line_end), absl::MaxSplits(" | ", 1));
  const std::vector<std::string> parts = absl::StrSplit(text.substr(line_end), "\n+++ ");
  AuditShape shape{head.at(0), head.at(1), parts[0].substr(1), {}};
  for (size_t i = 1; i < parts.size(); ++i) {
    const std::vector<std::string> file = absl::StrSplit(parts[i], absl::MaxSplits('\n', 1));
    shape.files[file.at(0)] = file.at(1);
  }
  return shape;
}

}  // namespace

std::vector<AuditShape> ReadAuditShapes(const std::string& path) {
  std::vector<AuditShape> shapes;
  for (const std::string& file : FilesIn(path)) {
    const std::vector<std::string> texts = absl::StrSplit("\n" + Slurp(file), "\n=== ");
    for (const std::string& text : texts) {
      if (!text.empty()) shapes.push_back(ParseShape(text));
    }
  }
  return shapes;
}

FilledShape FillShape(const AuditShape& shape) {
  Values values(absl::StrCat(shape.place, shape.writer));
  return FillWith(shape, [&values](const std::string& name) { return values.Make(name); });
}

FilledShape RedactShape(const AuditShape& shape) {
  return FillWith(shape, [](const std::string&) { return std::string("REDACTED"); });
}

}  // namespace credential_provider
