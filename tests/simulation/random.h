// All chance in a schedule comes from its seed.
#ifndef CREDENTIAL_PROVIDER_TESTS_SIMULATION_RANDOM_H_
#define CREDENTIAL_PROVIDER_TESTS_SIMULATION_RANDOM_H_

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <initializer_list>

namespace credential_provider::simulation {

// SplitMix64.
class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed * 0x9E3779B97F4A7C15 + 0x632BE59BD9B4E019) {}

  uint64_t Next() {
    uint64_t z = (state_ += 0x9E3779B97F4A7C15);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
    return z ^ (z >> 31);
  }

  // 0 to `bound` - 1.
  uint64_t Below(uint64_t bound) { return Next() % bound; }
  int64_t Between(int64_t first, int64_t last) {
    return first + static_cast<int64_t>(Below(static_cast<uint64_t>(last - first) + 1));
  }
  double Fraction() { return static_cast<double>(Next() >> 11) * 0x1.0p-53; }
  bool Chance(double probability) { return probability > 0 && Fraction() < probability; }
  // As often between 1 and 10 as between 10 and 100.
  int64_t Spread(int64_t least, int64_t most) {
    const double from = std::log(static_cast<double>(least)), to = std::log(static_cast<double>(most));
    return static_cast<int64_t>(std::exp(from + Fraction() * (to - from)));
  }
  template <typename T>
  T Pick(std::initializer_list<T> from) {
    return from.begin()[Below(from.size())];
  }

 private:
  uint64_t state_;
};

}  // namespace credential_provider::simulation

#endif  // CREDENTIAL_PROVIDER_TESTS_SIMULATION_RANDOM_H_
