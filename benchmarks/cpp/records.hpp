// What a run leaves behind, as simulator/engines/records.py has it: by period, activity and class; waits by bin;
// resources; reads of every hour; the clock of A&E; those who left the system.
#pragma once

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <vector>

#include "job.hpp"

enum Field {
  kArrivals, kStarts, kLeaves, kRefused, kGaveUp, kDied, kInterrupted, kWaited, kWaitSeconds, kGaveUpSeconds,
  kLeftWaitSeconds, kStaySeconds, kKeptStaySeconds, kWaitingArea, kActiveArea, kKeptArea, kFields
};
enum ResourceField {
  kUsedArea, kResourceKeptArea, kTurningArea, kQueueArea, kAvailableArea, kOvertimeArea, kFullArea, kOpenArea,
  kResourceFields
};
inline constexpr int kBins = 512, kWeekHours = 168;

// Bins of a wait: 0 for none, else sixteen to the octave. A guess from the leading bits, then one comparison.
class Bins {
 public:
  Bins() {
    for (int bin = 0; bin <= kBins; ++bin) first_[bin] = first_of(bin);
    for (int top = 0; top < 256; ++top) within_[top] = static_cast<std::uint8_t>(16.0 * std::log2(1.0 + top / 256.0));
  }
  int at(std::int64_t seconds) const {
    if (seconds <= 0) return 0;
    const auto s = static_cast<std::uint64_t>(seconds);
    const int octave = 63 - std::countl_zero(s);
    const auto top = static_cast<std::size_t>(octave >= 8 ? s >> (octave - 8) : s << (8 - octave)) & 255;
    const int guess = 1 + 16 * octave + within_[top];
    return guess + (seconds >= first_[guess + 1]);
  }

 private:
  static std::int64_t first_of(int bin) {
    std::int64_t low = 0, high = std::int64_t{1} << 32;
    while (low < high) {
      const std::int64_t middle = (low + high) / 2;
      const int found = middle <= 0 ? 0 : 1 + static_cast<int>(16.0 * std::log2(static_cast<double>(middle)));
      (found >= bin ? high : low) = found >= bin ? middle : middle + 1;
    }
    return low;
  }
  std::array<std::int64_t, kBins + 1> first_;
  std::array<std::uint8_t, 256> within_;
};

struct Clock {
  std::int64_t stopped = 0, seconds = 0, within = 0;
};
static_assert(sizeof(Clock) == 3 * sizeof(std::int64_t));

struct Records {
  using Row = std::array<std::int64_t, kFields>;

  std::array<Row, kRows> rows{};
  std::array<std::array<std::int64_t, kBins>, kRows> waits{};
  std::array<std::int64_t, kActivities> full_area{};
  std::array<std::array<std::array<std::int64_t, 3>, kWeekHours>, kActivities> hours{};
  std::array<Clock, kClasses> clock{};
  std::array<std::array<std::int64_t, kBins>, kClasses> clock_bins{};
  Clock clock_now{};  // of this period
  std::int64_t exits = 0, exit_seconds = 0;
  std::vector<std::int64_t> closed;  // all that is written at the close of a period, one after the other

  // Close a period: `waiting`, `active` and `kept` by row are how many are there now.
  struct Present {
    std::array<std::int64_t, kRows> waiting{}, active{}, kept{};
    std::int64_t clocks_open = 0, clocks_over = 0;
  };
  void close(const Job& job, std::int64_t begun, std::int64_t now, const Present& present) {
    std::array<std::array<std::int64_t, kResourceFields>, kActivities> resources{};
    for (int r = 0; r < kRows; ++r) {
      rows[r][kWaitingArea] += present.waiting[r] * now;
      rows[r][kActiveArea] += present.active[r] * now;
      rows[r][kKeptArea] += present.kept[r] * now;
      auto& resource = resources[r / kClasses];
      resource[kUsedArea] += rows[r][kActiveArea] + rows[r][kKeptArea];
      resource[kResourceKeptArea] += rows[r][kKeptArea];
      resource[kQueueArea] += rows[r][kWaitingArea];
      closed.insert(closed.end(), rows[r].begin(), rows[r].end());
      rows[r].fill(0);
      rows[r][kWaitingArea] = -present.waiting[r] * now;
      rows[r][kActiveArea] = -present.active[r] * now;
      rows[r][kKeptArea] = -present.kept[r] * now;
    }
    for (int a = 0; a < kActivities; ++a) {
      std::int64_t used = 0;
      for (int k = 0; k < kClasses; ++k) used += present.active[row(a, k)] + present.kept[row(a, k)];
      const bool is_full = job.capacity[a] >= 0 && used >= job.capacity[a];
      resources[a][kFullArea] = full_area[a] + (is_full ? now : 0);
      resources[a][kAvailableArea] = job.capacity[a] >= 0 ? job.capacity[a] * (now - begun) : 0;
      resources[a][kOpenArea] = now - begun;  // no capacity here is nought
      full_area[a] = is_full ? -now : 0;
      closed.insert(closed.end(), resources[a].begin(), resources[a].end());
    }
    closed.insert(closed.end(), {clock_now.stopped, clock_now.seconds, clock_now.within, present.clocks_open,
                                 present.clocks_over, exits, exit_seconds});
    clock_now = {};
    exits = exit_seconds = 0;
  }

  void write(const char* path) const {
    File file(path, "wb");
    file.write(closed.data(), closed.size());
    for (const auto& bins : waits) file.write(bins.data(), bins.size());
    for (const auto& weeks : hours)
      for (const auto& hour : weeks) file.write(hour.data(), hour.size());
    file.write(&clock[0].stopped, 3 * kClasses);
    for (const auto& bins : clock_bins) file.write(bins.data(), bins.size());
  }
};
