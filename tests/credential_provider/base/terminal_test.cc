#include "credential_provider/base/terminal.h"

#include <fcntl.h>
#include <unistd.h>

#include "gtest/gtest.h"

namespace credential_provider {
namespace {

TEST(TerminalTest, WhatIsNoTerminalHasNoColumns) {
  const int file = open("/dev/null", O_RDONLY | O_CLOEXEC);
  EXPECT_FALSE(IsTerminal(file));
  EXPECT_EQ(TerminalColumns(file), absl::nullopt);
  close(file);
}

TEST(WantsColourTest, ATerminalThatKnowsColoursHasThemUnlessAVariableSaysOtherwise) {
  EXPECT_TRUE(WantsColour({"", "", "xterm-256color"}, true));
  EXPECT_FALSE(WantsColour({"", "", "dumb"}, true));
  EXPECT_FALSE(WantsColour({"", "", ""}, true)) << "TERM is not set";
  EXPECT_FALSE(WantsColour({"1", "", "xterm"}, true)) << "NO_COLOR";
}

TEST(WantsColourTest, APipeHasNoneUnlessForced) {
  EXPECT_FALSE(WantsColour({"", "", "xterm"}, false));
  EXPECT_FALSE(WantsColour({"", "0", "xterm"}, false));
  EXPECT_TRUE(WantsColour({"", "1", "dumb"}, false));
  EXPECT_FALSE(WantsColour({"1", "1", "xterm"}, false)) << "NO_COLOR goes first";
}

}  // namespace
}  // namespace credential_provider
