#include "credential_provider/base/sha256.h"

#include <cstring>

#include "absl/base/attributes.h"
#include "absl/strings/escaping.h"

namespace credential_provider {
namespace {

constexpr size_t kBlockBytes = 64;
constexpr size_t kLengthBytes = 8;
constexpr size_t kFingerprintBytes = 16;

// FIPS 180-4, 4.2.2.
constexpr uint32_t kRoundConstants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

// FIPS 180-4, 5.3.3.
constexpr std::array<uint32_t, 8> kInitialState = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                                   0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

uint32_t RotateRight(uint32_t word, int bits) { return word >> bits | word << (32 - bits); }

uint32_t LoadBigEndian(const uint8_t* bytes) {
  return uint32_t{bytes[0]} << 24 | uint32_t{bytes[1]} << 16 | uint32_t{bytes[2]} << 8 | bytes[3];
}

// FIPS 180-4, 6.2.2: one round. What the standard moves from each of eight variables to the next is left to
// the caller, who names them in another order each time: moving them would take as long as the round.
ABSL_ATTRIBUTE_ALWAYS_INLINE inline void Round(uint32_t a, uint32_t b, uint32_t c, uint32_t& d, uint32_t e,
                                               uint32_t f, uint32_t g, uint32_t& h, uint32_t word) {
  const uint32_t sum1 = RotateRight(e, 6) ^ RotateRight(e, 11) ^ RotateRight(e, 25);
  const uint32_t choose = g ^ (e & (f ^ g));
  const uint32_t first = h + sum1 + choose + word;
  const uint32_t sum0 = RotateRight(a, 2) ^ RotateRight(a, 13) ^ RotateRight(a, 22);
  const uint32_t majority = (a & b) | (c & (a | b));
  d += first;
  h = first + sum0 + majority;
}

// FIPS 180-4, 6.2.2: one block into the state.
void Compress(const uint8_t* block, std::array<uint32_t, 8>* state) {
  uint32_t w[64];
  for (size_t t = 0; t < 16; ++t) w[t] = LoadBigEndian(block + 4 * t);
  for (size_t t = 16; t < 64; ++t) {
    const uint32_t x = w[t - 15];
    const uint32_t y = w[t - 2];
    const uint32_t sigma0 = RotateRight(x, 7) ^ RotateRight(x, 18) ^ x >> 3;
    const uint32_t sigma1 = RotateRight(y, 17) ^ RotateRight(y, 19) ^ y >> 10;
    w[t] = sigma1 + w[t - 7] + sigma0 + w[t - 16];
  }
  uint32_t a = (*state)[0], b = (*state)[1], c = (*state)[2], d = (*state)[3];
  uint32_t e = (*state)[4], f = (*state)[5], g = (*state)[6], h = (*state)[7];
  for (int t = 0; t < 64; t += 8) {
    Round(a, b, c, d, e, f, g, h, kRoundConstants[t] + w[t]);
    Round(h, a, b, c, d, e, f, g, kRoundConstants[t + 1] + w[t + 1]);
    Round(g, h, a, b, c, d, e, f, kRoundConstants[t + 2] + w[t + 2]);
    Round(f, g, h, a, b, c, d, e, kRoundConstants[t + 3] + w[t + 3]);
    Round(e, f, g, h, a, b, c, d, kRoundConstants[t + 4] + w[t + 4]);
    Round(d, e, f, g, h, a, b, c, kRoundConstants[t + 5] + w[t + 5]);
    Round(c, d, e, f, g, h, a, b, kRoundConstants[t + 6] + w[t + 6]);
    Round(b, c, d, e, f, g, h, a, kRoundConstants[t + 7] + w[t + 7]);
  }
  const uint32_t sums[] = {a, b, c, d, e, f, g, h};
  for (size_t i = 0; i < state->size(); ++i) (*state)[i] += sums[i];
}

}  // namespace

Sha256Digest Sha256(absl::string_view data) {
  std::array<uint32_t, 8> state = kInitialState;
  const auto* const bytes = reinterpret_cast<const uint8_t*>(data.data());
  const size_t whole = data.size() / kBlockBytes * kBlockBytes;
  for (size_t at = 0; at < whole; at += kBlockBytes) Compress(bytes + at, &state);
  // The rest, a one bit, zeros, and the length in bits: one block or two.
  uint8_t tail[2 * kBlockBytes] = {};
  const size_t rest = data.size() - whole;
  if (rest > 0) std::memcpy(tail, bytes + whole, rest);
  tail[rest] = 0x80;
  const size_t size = rest + 1 + kLengthBytes <= kBlockBytes ? kBlockBytes : 2 * kBlockBytes;
  const uint64_t bits = uint64_t{data.size()} * 8;
  for (size_t i = 0; i < kLengthBytes; ++i) tail[size - 1 - i] = static_cast<uint8_t>(bits >> 8 * i);
  for (size_t at = 0; at < size; at += kBlockBytes) Compress(tail + at, &state);
  Sha256Digest digest;
  for (size_t i = 0; i < digest.size(); ++i)
    digest[i] = static_cast<uint8_t>(state[i / 4] >> (24 - 8 * (i % 4)));
  return digest;
}

std::string Fingerprint(absl::string_view data) {
  const Sha256Digest digest = Sha256(data);
  return absl::BytesToHexString({reinterpret_cast<const char*>(digest.data()), kFingerprintBytes});
}

}  // namespace credential_provider
