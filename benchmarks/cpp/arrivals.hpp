// Who arrives when: a Poisson stream a class, shaped by the hour, drawn some hundreds at a time.
#pragma once

#include <array>
#include <cmath>
#include <cstdint>
#include <memory>

#include "job.hpp"

// One class's stream; `second()` is the next arrival's.
class Stream {
 public:
  static constexpr int kChunk = 512;

  Stream(const Job& job, const Key& key, int klass)
      : job_(job),
        key_(key),
        purpose_(job.class_hash[klass] << 32),
        address_(mix(purpose_)),
        gap_(1.0 / job.rate[klass]),
        moment_(job.first_moment),
        begins_(job.begins[klass]) {
    draw();
  }

  std::int64_t second() const { return second_[next_]; }
  std::uint64_t id() const { return id_[next_]; }
  std::uint8_t begins_at() const { return begins_at_[next_]; }
  void advance() {
    if (++next_ == kChunk) draw();
  }

 private:
  void draw() {
    std::array<std::uint64_t, kChunk> gap, way;
    for (int i = 0; i < kChunk; ++i) {
      const std::uint64_t ordinal = drawn_ + static_cast<std::uint64_t>(i);
      gap[i] = key_.block(address_, purpose_ | ordinal).first;
      id_[i] = mix(address_ + (ordinal << 16));
    }
    for (int i = 0; i < kChunk; ++i) way[i] = key_.block(id_[i], purpose_).first;
    for (int i = 0; i < kChunk; ++i) {
      moment_ -= logarithm(unit(gap[i])) * gap_;
      second_[i] = second_at(moment_);
      begins_at_[i] = begins_.at(unit(way[i]));
    }
    drawn_ += kChunk;
    next_ = 0;
  }

  // The profile's running integral, inverted; moments only grow, so that day and hour are where they were or later.
  std::int64_t second_at(double integral) {
    const std::size_t days = job_.day_weight.size(), last = job_.border_second.size() - 1;
    double second;
    if (integral >= job_.day_start[days]) {
      second = static_cast<double>(job_.year_start + static_cast<std::int64_t>(days) * kDay) +
               (integral - job_.day_start[days]);
    } else {
      while (day_ + 1 < days && job_.day_start[day_ + 1] <= integral) ++day_, hour_ = 0;
      const double within = (integral - job_.day_start[day_]) / job_.day_weight[day_];
      while (hour_ + 2 <= last && job_.border_integral[hour_ + 1] <= within) ++hour_;
      const double height = job_.border_integral[hour_ + 1] - job_.border_integral[hour_];
      const double width = job_.border_second[hour_ + 1] - job_.border_second[hour_];
      const double share = std::min(std::max((within - job_.border_integral[hour_]) / height, 0.0), 1.0);
      second = static_cast<double>(job_.year_start + static_cast<std::int64_t>(day_) * kDay) +
               (job_.border_second[hour_] + width * share);
    }
    return std::max(static_cast<std::int64_t>(std::floor(second)), std::int64_t{0});
  }

  const Job& job_;
  const Key& key_;
  std::uint64_t purpose_, address_, drawn_ = 0;
  double gap_, moment_;
  Choice begins_;
  std::size_t day_ = 0, hour_ = 0;
  int next_ = 0;
  std::array<std::int64_t, kChunk> second_;
  std::array<std::uint64_t, kChunk> id_;
  std::array<std::uint8_t, kChunk> begins_at_;
};
