// Chance by address: Threefry-2x64-20 (Salmon et al. 2011) and the tables of quantiles, as simulator/engines/draws.py
// and variates.py have them.
#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>

inline constexpr int kCells = 1024;
inline constexpr int kPoints = kCells + 1;

struct Block {
  std::uint64_t first, second;
};

template <int a, int b, int c, int d>
inline void four_rounds(std::uint64_t& x, std::uint64_t& y) {
  x += y, y = std::rotl(y, a) ^ x;
  x += y, y = std::rotl(y, b) ^ x;
  x += y, y = std::rotl(y, c) ^ x;
  x += y, y = std::rotl(y, d) ^ x;
}

// A key: (study seed, replication).
struct Key {
  std::uint64_t k0, k1, k2;

  Key(std::uint64_t seed, std::uint64_t replication)
      : k0(seed), k1(replication), k2(0x1BD11BDAA9FC1A22u ^ seed ^ replication) {}

  Block block(std::uint64_t address, std::uint64_t counter) const {
    std::uint64_t x = address + k0, y = counter + k1;
    four_rounds<16, 42, 12, 31>(x, y), x += k1, y += k2 + 1;
    four_rounds<16, 32, 24, 21>(x, y), x += k2, y += k0 + 2;
    four_rounds<16, 42, 12, 31>(x, y), x += k0, y += k1 + 3;
    four_rounds<16, 32, 24, 21>(x, y), x += k1, y += k2 + 4;
    four_rounds<16, 42, 12, 31>(x, y);
    return {x + k2, y + k0 + 5};
  }
};

inline double unit(std::uint64_t word) { return (static_cast<double>(word >> 12) + 0.5) * 0x1p-52; }

inline std::uint64_t mix(std::uint64_t z) {
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

// A law of durations: three levels of a quantile table, and what they are multiplied by.
struct Law {
  const double* points;
  double scale;

  std::int64_t seconds(double u) const {
    constexpr double kUpper = 1.0 - 0x1p-10, kUppermost = 1.0 - 0x1p-20;
    const double* level = points;
    double place = u * (kCells / kUpper);
    if (u >= kUpper) [[unlikely]] {
      const bool is_uppermost = u >= kUppermost;
      level += is_uppermost ? 2 * kPoints : kPoints;
      place = is_uppermost ? (u - kUppermost) * (kCells * 0x1p20)
                           : (u - kUpper) * (kCells / (kUppermost - kUpper));
    }
    const int cell = std::min(static_cast<int>(place), kCells - 1);
    const double low = level[cell];
    const double value = scale * (low + (level[cell + 1] - low) * (place - cell));
    return std::max(static_cast<std::int64_t>(value + 0.5), std::int64_t{1});
  }
};

// The logarithm of simulator/engines/elementary.py (fdlibm's), operation by operation.
inline double logarithm(double x) {
  const auto pattern = std::bit_cast<std::int64_t>(x);
  std::int64_t power = (pattern >> 52) - 1022;
  double part = std::bit_cast<double>((pattern & 0x000FFFFFFFFFFFFF) | 0x3FE0000000000000);
  if (part < 0.7071067811865476) part *= 2.0, --power;
  const double f = part - 1.0, s = f / (2.0 + f), z = s * s, w = z * z;
  const double even = w * (3.999999999940941908e-01 + w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01));
  const double odd =
      z * (6.666666666666735130e-01 +
           w * (2.857142874366239149e-01 + w * (1.818357216161805012e-01 + w * 1.479819860511658591e-01)));
  const double half_square = 0.5 * f * f, k = static_cast<double>(power);
  return k * 6.93147180369123816490e-01 -
         ((half_square - (s * (half_square + even + odd) + k * 1.90821492927058770002e-10)) - f);
}
