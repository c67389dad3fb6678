#include "credential_provider/cli/self/man_page.h"

#include "credential_provider/cli/version.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace credential_provider {
namespace {

using testing::HasSubstr;
using testing::Not;

std::vector<FlagSpec> Flags(const Command&) {
  return {{"--name", "TEXT", "a text"}, {"--all", nullptr, ".all"}};
}

absl::StatusOr<Output> Run(const Command&, const ParsedFlags&, const Environment&) { return Output{}; }

constexpr Command kShown = {"get one", "-- WORD...", "gets", "Gets one. Uses\n--name.\n\nA\\b.",
                            &Flags,    &Run};
constexpr Command kStatus = {"status", "", "shows", "Shows.", &Flags, &Run};
constexpr Command kHidden = {"internal", "", "", "Hidden.", &Flags, &Run};
std::vector<Command> Commands() { return {kShown, kStatus, kHidden}; }
constexpr Program kProgram = {"program", "program shows a page.", "", &Commands};

TEST(ManPageTest, SaysWhatTheProgramIsAndWhichVersion) {
  EXPECT_THAT(ManPage(kProgram), HasSubstr(".Dt PROGRAM 1\n.Os\n.Sh NAME\n.Nm program\n.Nd shows a page\n"));
  EXPECT_THAT(ManPage(kProgram), HasSubstr(kVersion));
}

TEST(ManPageTest, ShowsEachCommandThatIsNotHiddenWithItsFlags) {
  EXPECT_THAT(ManPage(kProgram), HasSubstr(".Ss get one \\-\\- WORD...\\&\n"
                                           "Gets one.\nUses \\-\\-name.\n.Pp\nA\\eb.\n"
                                           ".Bl -tag -width Ds\n.It Fl -name Ar TEXT\na text\n"
                                           ".It Fl -all\n\\&.all\n.El\n"));
  EXPECT_THAT(ManPage(kProgram), Not(HasSubstr("internal")));
}

TEST(ManPageTest, ShowsExamplesFilesVariablesAndEveryExitStatus) {
  EXPECT_THAT(ManPage(kProgram),
              HasSubstr(".Sh EXAMPLES\n.Bd -literal -offset indent\nprogram status\n# when"));
  EXPECT_THAT(ManPage(kProgram), HasSubstr(".It Pa ~/.kube/config\n"));
  EXPECT_THAT(ManPage(kProgram), HasSubstr(".It Ev KUBECONFIG\n"));
  EXPECT_THAT(ManPage(kProgram), HasSubstr("3 when\n.Ic audit\nhas found something.\n"));
}

}  // namespace
}  // namespace credential_provider
