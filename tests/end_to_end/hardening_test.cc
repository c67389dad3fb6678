// What the two files are, read off them: one static file each, and what keeps an error in it from being of
// use.
#include <elf.h>
#include <link.h>
#include <signal.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>
#include <string>
#include <vector>

#include "credential_provider/cli/version.h"
#include "gtest/gtest.h"
#include "tests/end_to_end/world.h"

namespace credential_provider {
namespace {

class HardeningTest : public testing::TestWithParam<const char*> {
 protected:
  template <typename T>
  std::vector<T> Read(size_t offset, size_t count) const {
    std::vector<T> items(count);
    std::memcpy(items.data(), bytes_.data() + offset, count * sizeof(T));
    return items;
  }

  ElfW(Ehdr) Header() const { return Read<ElfW(Ehdr)>(0, 1)[0]; }

  std::vector<ElfW(Phdr)> Segments(uint32_t type) const {
    std::vector<ElfW(Phdr)> found;
    for (const ElfW(Phdr) & segment : Read<ElfW(Phdr)>(Header().e_phoff, Header().e_phnum)) {
      if (segment.p_type == type) found.push_back(segment);
    }
    return found;
  }

  std::vector<ElfW(Dyn)> Dynamic(ElfW(Sxword) tag) const {
    std::vector<ElfW(Dyn)> found;
    const ElfW(Phdr) segment = Segments(PT_DYNAMIC).at(0);
    for (const ElfW(Dyn) & entry : Read<ElfW(Dyn)>(segment.p_offset, segment.p_filesz / sizeof(ElfW(Dyn)))) {
      if (entry.d_tag == tag) found.push_back(entry);
    }
    return found;
  }

  ElfW(Xword) Flags() const { return Dynamic(DT_FLAGS_1).empty() ? 0 : Dynamic(DT_FLAGS_1)[0].d_un.d_val; }

  int CountOf(const std::string& code) const {
    int count = 0;
    for (size_t at = bytes_.find(code); at != std::string::npos; at = bytes_.find(code, at + 1)) ++count;
    return count;
  }

  const std::string path_ = Runfile(std::string(GetParam()) + "/" + GetParam());
  const std::string bytes_ = Slurp(path_);
};

TEST_P(HardeningTest, NeedsNoOtherFile) {
  EXPECT_TRUE(Segments(PT_INTERP).empty());
  EXPECT_TRUE(Dynamic(DT_NEEDED).empty());
}

TEST_P(HardeningTest, HasAtMostFiveAndThreeQuartersMegabytes) { EXPECT_LE(bytes_.size(), 5750000u); }

TEST_P(HardeningTest, StartsAtARandomAddress) {
  EXPECT_EQ(Header().e_type, ET_DYN);
  EXPECT_TRUE(Flags() & DF_1_PIE);
}

TEST_P(HardeningTest, NoPageIsBothWrittenAndExecuted) {
  for (const ElfW(Phdr) & segment : Segments(PT_LOAD)) {
    EXPECT_NE(segment.p_flags & (PF_W | PF_X), uint32_t{PF_W | PF_X});
  }
  ASSERT_EQ(Segments(PT_GNU_STACK).size(), 1u);
  EXPECT_FALSE(Segments(PT_GNU_STACK)[0].p_flags & PF_X);
}

TEST_P(HardeningTest, WhatIsRelocatedIsReadOnlyWhenMainBegins) {
  ASSERT_EQ(Segments(PT_GNU_RELRO).size(), 1u);
  EXPECT_TRUE(Flags() & DF_1_NOW);
  const pid_t child = fork();
  if (child == 0) {
    ptrace(PTRACE_TRACEME, 0, nullptr, nullptr);
    execl(path_.c_str(), path_.c_str(), "version", nullptr);
    _exit(127);
  }
  int status = 0;
  waitpid(child, &status, 0);
  ptrace(PTRACE_SETOPTIONS, child, nullptr, PTRACE_O_TRACEEXIT | PTRACE_O_EXITKILL);
  ptrace(PTRACE_CONT, child, nullptr, nullptr);
  waitpid(child, &status, 0);
  ASSERT_EQ(status >> 8, SIGTRAP | PTRACE_EVENT_EXIT << 8);
  // One line of the file's mappings for each change of permission: RELRO's is the only one that is read-only
  // after the code.
  const std::string maps = Slurp("/proc/" + std::to_string(child) + "/maps");
  ptrace(PTRACE_CONT, child, nullptr, nullptr);
  waitpid(child, &status, 0);
  const size_t code = maps.find(" r-xp ");
  EXPECT_NE(maps.find(" r--p ", code), std::string::npos) << maps;
  EXPECT_LT(maps.find(" r--p ", code), maps.find(path_, code + 100)) << maps;
}

#if defined(__x86_64__)
TEST_P(HardeningTest, FunctionsWithBuffersCheckTheirStack) {
  EXPECT_GT(CountOf(std::string("\x64\x48\x8b\x04\x25\x28\0\0\0", 9)), 100);  // mov rax, fs:0x28
}

TEST_P(HardeningTest, LargeFramesTouchEachOfTheirPages) {
  // sub rsp, 0x1000; mov qword [rsp], 0
  EXPECT_GT(CountOf(std::string("\x48\x81\xec\0\x10\0\0\x48\xc7\x04\x24\0\0\0\0", 15)), 5);
}

TEST_P(HardeningTest, BoundsOfStringsAndVectorsAreChecked) {
  EXPECT_GT(CountOf("\x0f\x0b"), 100);  // ud2, where a check ends that has failed
}
#endif

// The same flags make the tests.
TEST(BoundsTest, AnIndexBehindTheEndEndsTheProgram) {
  const std::vector<int> numbers(1);
  const volatile size_t behind = 1;
  EXPECT_EXIT(static_cast<void>(numbers[behind]), testing::KilledBySignal(SIGILL), "");
}

TEST_P(HardeningTest, SaysWhichReleaseItIsAndWhichOpenSslAndCurlAreInside) {
  const std::string text = RunProcess({path_, "version"}, {}).out;
  const auto version_of = [&text](const std::string& name) {
    const size_t at = text.find("\n" + name + " ") + 1;
    EXPECT_NE(at, 0u) << name << " in " << text;
    return text.substr(at, text.find('\n', at) - at);
  };
  EXPECT_EQ(text.substr(0, text.find('\n')), std::string(GetParam()) + " " + kVersion);
  EXPECT_EQ(CountOf(version_of("OpenSSL") + " "), 1)
      << text;  // with its date after it, as the library says it
  EXPECT_EQ(version_of("curl").find_first_not_of("curl 0123456789."), std::string::npos) << text;
}

TEST_P(HardeningTest, DoesNotTellWhereItWasBuilt) {
  for (const char* const place :
       {"/sandbox/", "/execroot/", "/.cache/bazel", "/tmp/", "/home/", "/root/", "ziglang"}) {
    EXPECT_EQ(CountOf(place), 0) << place;
  }
}

INSTANTIATE_TEST_SUITE_P(Programs, HardeningTest, testing::Values("credential_provider", "kubeconfig_writer"),
                         [](const auto& program) { return std::string(program.param); });

}  // namespace
}  // namespace credential_provider
