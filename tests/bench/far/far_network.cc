#include "tests/bench/far/far_network.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <linux/route.h>
#include <netinet/in.h>
#include <poll.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <deque>
#include <string>

#include "credential_provider/base/file.h"

namespace credential_provider {
namespace {

constexpr char kNearAddress[] = "10.99.0.1";  // of this side; who connects to the far one comes from here
constexpr char kDevice[] = "far0";
constexpr size_t kLargestPacket = 65535;

absl::Status Failure(const char* what) { return absl::ErrnoToStatus(errno, what); }

uint32_t AddressOf(const char* text) { return inet_addr(text); }

// One setting of an interface.
template <typename Fill>
bool Configure(const char* device, int request, Fill fill) {
  ifreq wanted = {};
  std::strncpy(wanted.ifr_name, device, IFNAMSIZ - 1);
  fill(wanted);
  const FileDescriptor socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  return ioctl(socket.get(), request, &wanted) == 0;
}

sockaddr SocketAddress(const char* address) {
  sockaddr_in in = {};
  in.sin_family = AF_INET;
  in.sin_addr.s_addr = AddressOf(address);
  sockaddr result;
  std::memcpy(&result, &in, sizeof(in));
  return result;
}

bool SetAddress(const char* device, int request, const char* address) {
  return Configure(device, request, [address](ifreq& wanted) { wanted.ifr_addr = SocketAddress(address); });
}

// Packets for the far address go to the device.
bool AddRoute() {
  rtentry route = {};
  route.rt_dst = SocketAddress(kFarAddress);
  route.rt_genmask = SocketAddress("255.255.255.255");
  route.rt_flags = RTF_UP | RTF_HOST;
  route.rt_dev = const_cast<char*>(kDevice);
  const FileDescriptor socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  return ioctl(socket.get(), SIOCADDRT, &route) == 0;
}

bool SetUp(const char* device) {
  return Configure(device, SIOCSIFFLAGS, [](ifreq& wanted) { wanted.ifr_flags = IFF_UP | IFF_RUNNING; });
}

bool WriteSetting(const char* path, const char* value) {
  const FileDescriptor file(open(path, O_WRONLY | O_CLOEXEC));
  return file.ok() && WriteAll(file.get(), value, path).ok();
}

absl::Status MakeDevice(FileDescriptor* device) {
  *device = FileDescriptor(open("/dev/net/tun", O_RDWR | O_CLOEXEC));
  if (!device->ok()) return Failure("/dev/net/tun");
  ifreq wanted = {};
  std::strncpy(wanted.ifr_name, kDevice, IFNAMSIZ - 1);
  wanted.ifr_flags = IFF_TUN | IFF_NO_PI;
  if (ioctl(device->get(), TUNSETIFF, &wanted) != 0) return Failure("a TUN device");
  // Of loopback's addresses one alone is the machine's own. What comes for it from the device is taken, and
  // answered there.
  const bool is_set = SetAddress("lo", SIOCSIFNETMASK, "255.255.255.255") &&
                      SetAddress(kDevice, SIOCSIFADDR, kNearAddress) && SetUp(kDevice) &&
                      WriteSetting("/proc/sys/net/ipv4/conf/far0/route_localnet", "1") &&
                      WriteSetting("/proc/sys/net/ipv4/conf/far0/rp_filter", "0") && AddRoute();
  return is_set ? absl::OkStatus() : Failure("the device's addresses");
}

uint16_t Read16(const std::string& packet, size_t place) {
  return static_cast<uint16_t>(static_cast<uint8_t>(packet[place]) << 8 |
                               static_cast<uint8_t>(packet[place + 1]));
}

// Puts `address` at `place`, and what it changes into the checksums at `sums` (RFC 1624).
void Replace(std::string* packet, size_t place, uint32_t address, const size_t (&sums)[2]) {
  std::string fresh(reinterpret_cast<const char*>(&address), sizeof(address));
  for (const size_t at : sums) {
    uint32_t sum = static_cast<uint16_t>(~Read16(*packet, at));
    for (const size_t half : {0, 2}) {
      sum += static_cast<uint16_t>(~Read16(*packet, place + half));
      sum += Read16(fresh, half);
    }
    while (sum >> 16 != 0) sum = (sum & 0xffff) + (sum >> 16);
    const auto result = static_cast<uint16_t>(~sum);
    (*packet)[at] = static_cast<char>(result >> 8);
    (*packet)[at + 1] = static_cast<char>(result);
  }
  packet->replace(place, sizeof(address), fresh);
}

// Turns a packet of TCP around: to the far address means to loopback, and what loopback answers comes from
// the far address. Returns false for anything else.
bool TurnAround(std::string* packet) {
  constexpr size_t kSource = 12, kDestination = 16, kShortest = 40;
  if (packet->size() < kShortest || (*packet)[0] >> 4 != 4 || (*packet)[9] != IPPROTO_TCP) return false;
  const size_t header = static_cast<size_t>((*packet)[0] & 0xf) * 4;
  const size_t sums[2] = {10, header + 16};  // of the header, and of TCP
  if (packet->size() < header + 20) return false;
  uint32_t source = 0;
  std::memcpy(&source, packet->data() + kSource, sizeof(source));
  const bool is_answer = source == AddressOf("127.0.0.1");
  Replace(packet, kSource, AddressOf(kFarAddress), sums);
  Replace(packet, kDestination, AddressOf(is_answer ? kNearAddress : "127.0.0.1"), sums);
  return true;
}

struct Packet {
  absl::Time due;
  std::string bytes;
};

// Ends with the process that has started this one.
[[noreturn]] void Carry(const FileDescriptor& device, const std::atomic<int64_t>& half_us) {
  std::deque<Packet> under_way;
  std::string buffer(kLargestPacket, '\0');
  while (true) {
    const absl::Duration pause = under_way.empty()
                                     ? absl::Hours(1)
                                     : std::max(under_way.front().due - absl::Now(), absl::ZeroDuration());
    const timespec wait = absl::ToTimespec(pause);
    pollfd readable = {device.get(), POLLIN, 0};
    ppoll(&readable, 1, &wait, nullptr);
    while (!under_way.empty() && under_way.front().due <= absl::Now()) {
      static_cast<void>(write(device.get(), under_way.front().bytes.data(), under_way.front().bytes.size()));
      under_way.pop_front();
    }
    if (readable.revents == 0) continue;
    const ssize_t size = read(device.get(), &buffer[0], buffer.size());
    if (size < 0 && errno != EINTR && errno != EAGAIN) _exit(1);
    std::string bytes = buffer.substr(0, size < 0 ? 0 : static_cast<size_t>(size));
    if (TurnAround(&bytes))
      under_way.push_back({absl::Now() + absl::Microseconds(half_us.load()), std::move(bytes)});
  }
}

}  // namespace

absl::Status FarNetwork::Enter() {
  void* const shared =
      mmap(nullptr, sizeof(*half_us_), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (shared == MAP_FAILED) return Failure("mmap");
  half_us_ = new (shared) std::atomic<int64_t>(0);
  if (unshare(CLONE_NEWNET) != 0) return Failure("a network of its own");
  if (!SetUp("lo")) return Failure("loopback");
  FileDescriptor device;
  absl::Status made = MakeDevice(&device);
  if (!made.ok()) return made;
  const pid_t parent = getpid();
  const pid_t child = fork();
  if (child < 0) return Failure("fork");
  if (child > 0) return absl::OkStatus();
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(0);
  Carry(device, *half_us_);
}

void FarNetwork::SetRoundTrip(absl::Duration duration) {
  half_us_->store(absl::ToInt64Microseconds(duration / 2));
}

}  // namespace credential_provider
