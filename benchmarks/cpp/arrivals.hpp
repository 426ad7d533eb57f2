// Who arrives when: Poisson streams in layers of rate, shaped by the hour, of all classes in order of time.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

#include "job.hpp"

struct Arrival {
  std::int64_t second;
  std::uint64_t id;
  std::uint8_t klass, begins_at;
};

// One layer of one class's rate: those of its candidates whose threshold lies below the rate.
class Layer {
 public:
  static constexpr int kChunk = 512;

  static double low(int layer) { return layer == 0 ? 0.0 : std::ldexp(0.25, layer); }
  static double width(int layer) { return layer == 0 ? 0.5 : std::ldexp(0.25, layer); }

  Layer(const Job& job, const Key& key, int klass, int layer)
      : job_(job),
        key_(key),
        purpose_(job.class_hash[klass] << 32),
        address_(mix(purpose_ + (static_cast<std::uint64_t>(layer) << 24))),
        low_(low(layer)),
        width_(width(layer)),
        rate_(job.rate[klass]),
        moment_(job.first_moment),
        klass_(static_cast<std::uint8_t>(klass)) {}

  void draw_into(std::vector<Arrival>& found) {
    const std::size_t first = found.size();
    while (draw_chunk(found)) {
    }
    const Choice& begins = job_.begins[klass_];
    for (std::size_t i = first; i < found.size(); ++i)
      found[i].begins_at = begins.at(unit(key_.block(found[i].id, purpose_).first));
  }

 private:
  bool draw_chunk(std::vector<Arrival>& found) {
    std::array<Block, kChunk> drawn;
    for (int i = 0; i < kChunk; ++i)
      drawn[i] = key_.block(address_, purpose_ | (drawn_ + static_cast<std::uint64_t>(i)));
    const double gap = kYear / width_;
    for (int i = 0; i < kChunk; ++i) {
      moment_ -= logarithm(unit(drawn[i].first)) * gap;
      const std::int64_t second = second_at(moment_);
      if (second >= job_.end) return false;
      if (low_ + width_ * unit(drawn[i].second) < rate_)
        found.push_back({second, mix(address_ + ((drawn_ + static_cast<std::uint64_t>(i)) << 16)), klass_, 0});
    }
    drawn_ += kChunk;
    return true;
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
  double low_, width_, rate_, moment_;
  std::uint8_t klass_;
  std::size_t day_ = 0, hour_ = 0;
};

// All arrivals, by second, class, layer and ordinal. Each layer is as long as all below it, so merging them one by one
// takes twice as many steps as there are arrivals.
class Arrivals {
 public:
  Arrivals(const Job& job, const Key& key) {
    for (int klass = 0; klass < kClasses; ++klass) {
      const std::size_t first = found_.size();
      for (int layer = 0; Layer::low(layer) < job.rate[klass]; ++layer) {
        const std::size_t middle = found_.size();
        Layer(job, key, klass, layer).draw_into(found_);
        merge(first, middle);
      }
      merge(0, first);
    }
    found_.push_back({job.end, 0, 0, 0});
  }

  const Arrival& next() const { return found_[next_]; }
  void advance() { ++next_; }

 private:
  void merge(std::size_t first, std::size_t middle) {
    const auto begin = found_.begin();
    std::inplace_merge(begin + static_cast<std::ptrdiff_t>(first), begin + static_cast<std::ptrdiff_t>(middle),
                       found_.end(), [](const Arrival& a, const Arrival& b) { return a.second < b.second; });
  }

  std::vector<Arrival> found_;
  std::size_t next_ = 0;
};
