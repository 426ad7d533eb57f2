// The job: workload W as the compiled Program has it, read from the file that against_cpp.py wrote.
#pragma once

#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "chance.hpp"

// In order of name, as everywhere in a Program.
enum Activity : std::uint8_t { kAe, kGp, kHome, kSocialCare, kVirtualWard, kWard, kActivities };
inline constexpr int kClasses = 3, kRows = kActivities * kClasses, kMostWays = 5;
inline constexpr std::uint8_t kExit = kActivities;
inline constexpr std::int64_t kDay = 86400, kHour = 3600;
inline constexpr double kYear = 31557600.0;

inline int row(int activity, int klass) { return activity * kClasses + klass; }

// A choice of ways onward: running shares, and where each leads.
struct Choice {
  std::array<double, kMostWays> cumulative;
  std::array<std::uint8_t, kMostWays> target;

  std::uint8_t at(double u) const {
    int way = 0;
    for (int i = 0; i < kMostWays - 1; ++i) way += u >= cumulative[i];
    return target[way];
  }
};

class File {
 public:
  File(const char* path, const char* mode) : file_(std::fopen(path, mode)) {
    if (!file_) fail(std::string("cannot open ") + path);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() { std::fclose(file_); }

  // An array: its length, then its values.
  template <class T>
  std::vector<T> read() {
    static_assert(sizeof(T) == 8);
    std::int64_t size = 0;
    if (std::fread(&size, 8, 1, file_) != 1) fail("the job ends too early");
    std::vector<T> values(static_cast<std::size_t>(size));
    if (std::fread(values.data(), 8, values.size(), file_) != values.size()) fail("the job ends too early");
    return values;
  }

  void write(const std::int64_t* values, std::size_t size) {
    if (std::fwrite(values, 8, size, file_) != size) fail("cannot write");
  }

  [[noreturn]] static void fail(const std::string& why) {
    std::fprintf(stderr, "workload_w: %s.\n", why.c_str());
    std::exit(1);
  }

 private:
  std::FILE* file_;
};

struct Job {
  std::uint64_t seed, replication;
  std::int64_t end, first_day, year_start, target;
  std::vector<std::int64_t> closes;
  std::vector<double> day_start, day_weight, border_second, border_integral;
  double first_moment;  // profile seconds at second 0
  std::array<std::uint64_t, kClasses> class_hash;
  std::array<double, kClasses> rate;
  std::array<Choice, kClasses> begins;
  std::array<std::uint64_t, kActivities> hash;
  std::array<std::int32_t, kActivities> capacity;  // -1 where there is no limit
  std::array<Law, kRows> law;
  std::array<Choice, kRows> onward;

  explicit Job(const char* path) {
    File file(path, "rb");
    const auto numbers = file.read<std::int64_t>();
    seed = static_cast<std::uint64_t>(numbers[0]), replication = static_cast<std::uint64_t>(numbers[1]);
    end = numbers[2], first_day = numbers[3], year_start = numbers[4], target = numbers[5];
    closes = file.read<std::int64_t>();
    day_start = file.read<double>(), day_weight = file.read<double>();
    border_second = file.read<double>(), border_integral = file.read<double>();
    const auto class_hashes = file.read<std::int64_t>(), hashes = file.read<std::int64_t>();
    const auto capacities = file.read<std::int64_t>();
    const auto rates = file.read<double>();
    first_moment = file.read<double>()[0];
    const auto first_points = file.read<std::int64_t>();
    const auto scales = file.read<double>();
    points_ = file.read<double>();
    for (int k = 0; k < kClasses; ++k) {
      class_hash[k] = static_cast<std::uint64_t>(class_hashes[k]), rate[k] = rates[k];
      begins[k] = read_choice(file);
    }
    for (int a = 0; a < kActivities; ++a) {
      hash[a] = static_cast<std::uint64_t>(hashes[a]), capacity[a] = static_cast<std::int32_t>(capacities[a]);
      for (int k = 0; k < kClasses; ++k) {
        law[row(a, k)] = {points_.data() + first_points[row(a, k)], scales[row(a, k)]};
        onward[row(a, k)] = read_choice(file);
      }
    }
  }
  Job(const Job&) = delete;

 private:
  // A short choice is filled up with its last way, at shares that no number reaches.
  static Choice read_choice(File& file) {
    const auto cumulative = file.read<double>();
    const auto target = file.read<std::int64_t>();
    Choice choice;
    for (std::size_t i = 0; i < kMostWays; ++i) {
      const std::size_t way = i < target.size() ? i : target.size() - 1;
      choice.cumulative[i] = i + 1 < target.size() ? cumulative[i] : 2.0;
      choice.target[i] = static_cast<std::uint8_t>(target[way]);
    }
    return choice;
  }

  std::vector<double> points_;
};
