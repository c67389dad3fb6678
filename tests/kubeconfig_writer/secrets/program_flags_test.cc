#include "kubeconfig_writer/secrets/program_flags.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "gtest/gtest.h"

namespace kubeconfig_writer {
namespace {

// The secrets in the words of `line`, the first of which is the program.
std::string Found(const std::string& line) {
  const std::vector<std::string> words = absl::StrSplit(line, ' ');
  ProgramWords program(words[0]);
  std::string found;
  for (size_t i = 1; i < words.size(); ++i) {
    const absl::string_view secret = program.Next(words[i]);
    if (!secret.empty()) absl::StrAppend(&found, "[", secret, "]");
  }
  return found;
}

TEST(ProgramWordsTest, AFlagTakesASecretWhereItsProgramSaysSo) {
  EXPECT_EQ(Found("curl -s -u me:S https://a.example"), "[S]");
  EXPECT_EQ(Found("/usr/bin/curl --user=me:S"), "[S]");
  EXPECT_EQ(Found("curl -b session=S"), "[S]");
  EXPECT_EQ(Found("sshpass -p S ssh -p 22 host"), "[S]");
  EXPECT_EQ(Found("sshpass -pS ssh host"), "[S]");
  EXPECT_EQ(Found("mysql -u me -pS db"), "[S]");
  EXPECT_EQ(Found("openssl pkeyutl -passin pass:S -keyform PEM"), "[S]");
  EXPECT_EQ(Found("az login --service-principal -u id -p S"), "[S]");
  EXPECT_EQ(Found("machine a.example login me password S"), "[S]");
}

TEST(ProgramWordsTest, OtherValuesAreNone) {
  for (const char* line : {"curl -u me https://a.example", "curl -u : x", "curl -u me:$PW x",
                           "curl -b /home/me/cookies -E client.pem", "ssh -p 2222 host",
                           "docker run -p 8000:8000 image", "mysql -p db", "openssl pkeyutl -passin file:/x",
                           "az network -p x", "plugin -u me:S", "sshpass -f file ssh -p 22 host"})
    EXPECT_EQ(Found(line), "") << line;
}

TEST(ProgramWordsTest, EachCommandOfALineHasItsOwnFlags) {
  EXPECT_EQ(Found("echo -p x; sshpass -p S ssh host | mysql -pT"), "[S][T]");
  EXPECT_EQ(Found("oc login -p S && oc whoami -p x"), "[S]");
}

}  // namespace
}  // namespace kubeconfig_writer
