#include "kubeconfig_writer/secrets/argument_secrets.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace kubeconfig_writer {
namespace {

using Arguments = std::vector<std::string>;

// "1 --token: a secret by its flag's name", a line for each that is sure.
std::string Found(const Arguments& arguments) {
  std::string lines;
  for (const ArgumentSecret& secret : FindArgumentSecrets(arguments)) {
    if (!secret.in_doubt) absl::StrAppend(&lines, secret.argument, " ", secret.flag, ": ", secret.why, "\n");
  }
  return lines;
}

constexpr char kByFlag[] = ": a secret by its flag's name\n";
constexpr char kByVariable[] = ": a secret by its variable's name\n";

TEST(ArgumentSecretTest, AFlagTells) {
  EXPECT_EQ(Found({"--api-key", "S"}), absl::StrCat("1 --api-key", kByFlag));
  EXPECT_EQ(Found({"--passphrase=S"}), absl::StrCat("0 --passphrase", kByFlag));
  EXPECT_EQ(Found({"-secret-id", "S S"}), absl::StrCat("1 -secret-id", kByFlag));
  EXPECT_EQ(Found({"--token", "-starts-with-dash"}), absl::StrCat("1 --token", kByFlag));
  EXPECT_EQ(Found({"--password==S"}), absl::StrCat("0 --password", kByFlag));
}

TEST(ArgumentSecretTest, AVariableTells) {
  EXPECT_EQ(Found({"API_KEY=S", "plugin"}), absl::StrCat("0 ", kByVariable));
  EXPECT_EQ(Found({"--set", "auth.token=S"}), absl::StrCat("1 ", kByVariable));
  EXPECT_EQ(Found({"https://a.example/?x=y&access_token=S"}), absl::StrCat("0 ", kByVariable));
}

TEST(ArgumentSecretTest, AHeaderTells) {
  for (const Arguments& arguments :
       {Arguments{"-H", "Authorization: Bearer S"}, Arguments{"-H", "authorization:Basic S"},
        Arguments{"--header=Authorization: Bearer S"}, Arguments{"-HAuthorization: Bearer S"},
        Arguments{"-H", "X-Api-Key: S"}, Arguments{"-c", "curl -H 'Private-Token: S' https://a.example"}})
    EXPECT_TRUE(absl::StrContains(Found(arguments), "header's name")) << arguments.back();
}

TEST(ArgumentSecretTest, ALineForAShellIsLookedAtWordByWord) {
  EXPECT_EQ(Found({"-c", "plugin --password S"}), absl::StrCat("1 --password", kByFlag));
  EXPECT_EQ(Found({"-c", "X=1 API_TOKEN=S plugin"}), absl::StrCat("1 ", kByVariable));
  EXPECT_EQ(Found({"-c", "exec sh -c 'plugin --token S --pass=S'"}),
            absl::StrCat("1 --token", kByFlag, "1 --pass", kByFlag));
  EXPECT_EQ(Found({"-c", "it's open: plugin --token S"}), absl::StrCat("1 --token", kByFlag)) << "a quote is";
}

TEST(ArgumentSecretTest, AFieldOfJsonTells) {
  EXPECT_EQ(Found({"{\"a\": 1, \"token\" : \"S\"}"}), "0 : a secret by its field's name\n");
  EXPECT_EQ(Found({"{\\\"clientSecret\\\":\\\"S\\\"}"}), "0 : a secret by its field's name\n");
  EXPECT_EQ(Found({"{\"token\": \"\", \"password\": null, \"secret\": {}}"}), "");
}

TEST(ArgumentSecretTest, AShapeAndAnAddressTell) {
  EXPECT_EQ(Found({"-c", "echo '{\"x\":\"eyJmYWtlIjo.eyJmYWtlIjo.ZmFrZQ\"}'"}),
            "1 -c: a secret by its shape\n");
  EXPECT_EQ(Found({"--at", "http://me:fake@proxy"}), "1 : a password in an address\n");
  EXPECT_EQ(Found({"--proxy=me:fake@proxy"}), "0 : a password in an address\n");
}

TEST(ArgumentSecretTest, AFlagIsNotShownWhereItMayBeASecret) {
  EXPECT_EQ(Found({"-eyJmYWtlIjo.eyJmYWtlIjo.ZmFrZQ"}), "0 : a secret by its shape\n");
  EXPECT_EQ(Found({"--token", "--my-token=fake"}), absl::StrCat("1 ", kByFlag));
}

// A shell puts in what is meant, or it is a file, another flag, a word of the plugin's: hidden in doubt.
TEST(ArgumentSecretTest, OtherThingsAreNoSecrets) {
  for (const Arguments& arguments :
       {Arguments{"-c", "plugin --token \"$TOKEN\" --password=$(cat file)"},
        Arguments{"-c", "TOKEN=$(plugin get-token); printf '{\"token\":\"%s\"}' \"$TOKEN\""},
        Arguments{"-c", "curl -H \"Authorization: Bearer $TOKEN\" http://me:$PASSWORD@a.example"},
        Arguments{"-c", "curl -H \"Authorization: Basic $(echo me:$PASSWORD | base64)\""},
        Arguments{"--api-key", "/etc/key"}, Arguments{"--client-key=client.key"},
        Arguments{"--print-token", "--x"}, Arguments{"--use-token=true"}}) {
    EXPECT_EQ(Found(arguments), "") << arguments.back();
    EXPECT_FALSE(FindArgumentSecrets(arguments).empty()) << arguments.back();
  }
  for (const Arguments& arguments :
       {Arguments{"--access-key-id", "LTAIfakefake"}, Arguments{"--token-file", "x"},
        Arguments{"--key-env", "X"}, Arguments{"eks", "get-token", "--name=a=b"},
        Arguments{"--secret-name", "x"}, Arguments{"get-token", "x"},
        Arguments{"arn:aws:secretsmanager:x:1:secret:name"}, Arguments{"-c", "exec plugin get-token | jq ."},
        Arguments{"--query", "a[?name=='x']"}, Arguments{"--password="}, Arguments{"EMPTY_TOKEN="},
        Arguments{"--token"}, Arguments{""}})
    EXPECT_TRUE(FindArgumentSecrets(arguments).empty()) << arguments.back();
}

TEST(VariableSecretTest, NameAndValueTell) {
  EXPECT_EQ(WhySecretVariable("API_KEY", "S"), "a secret by its name");
  EXPECT_EQ(WhySecretVariable("PLUGIN_ARGS", "--x --token S"), "a secret by its flag's name");
  EXPECT_EQ(WhySecretVariable("CONNECTION", "Name=x;AccountKey=S"), "a secret by its variable's name");
  EXPECT_EQ(WhySecretVariable("HTTPS_PROXY", "me:fake@proxy"), "a password in an address");
  EXPECT_EQ(WhySecretVariable("GOOGLE_APPLICATION_CREDENTIALS", "/etc/file"), "");
  EXPECT_EQ(WhySecretVariable("NO_PROXY", "a.example"), "");
}

}  // namespace
}  // namespace kubeconfig_writer
