// What is pending: a 4-ary heap of packed keys, each group of four children in half a cache line.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <new>

class Heap {
 public:
  static constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();

  explicit Heap(std::size_t most)
      : room_(most), memory_(new(std::align_val_t{64}) std::int64_t[most + 16]), keys_(memory_ + 3) {
    for (std::size_t i = 0; i < most + 16; ++i) memory_[i] = kNever;
  }
  Heap(const Heap&) = delete;
  Heap& operator=(const Heap&) = delete;
  ~Heap() { operator delete[](memory_, std::align_val_t{64}); }

  std::size_t size() const { return size_; }
  bool is_full() const { return size_ == room_; }
  std::int64_t least() const { return keys_[0]; }
  std::int64_t child(std::size_t i) const { return keys_[1 + i]; }

  // Take the least out, leaving its place empty until the next push or `settle`.
  std::int64_t take() {
    has_hole_ = true;
    return keys_[0];
  }

  void push(std::int64_t key) {
    if (has_hole_) {
      has_hole_ = false;
      sink(key);
      return;
    }
    std::size_t i = size_++;
    while (i > 0) {
      const std::size_t parent = (i - 1) >> 2;
      if (keys_[parent] <= key) break;
      keys_[i] = keys_[parent];
      i = parent;
    }
    keys_[i] = key;
  }

  // Close the hole that `take` left, if nothing was pushed since.
  void settle() {
    if (!has_hole_) return;
    has_hole_ = false;
    const std::int64_t last = keys_[--size_];
    keys_[size_] = kNever;
    if (size_ > 0) sink(last);
  }

 private:
  void sink(std::int64_t key) {
    std::size_t i = 0;
    for (std::size_t child = 1; child < size_; child = 4 * i + 1) {
      const std::int64_t a = keys_[child], b = keys_[child + 1], c = keys_[child + 2], d = keys_[child + 3];
      const std::int64_t ab = b < a ? b : a, cd = d < c ? d : c;
      const std::size_t of_ab = child + (b < a), of_cd = child + 2 + (d < c);
      const std::int64_t least = cd < ab ? cd : ab;
      if (least >= key) break;
      keys_[i] = least;
      i = cd < ab ? of_cd : of_ab;
    }
    keys_[i] = key;
  }

  std::size_t room_, size_ = 0;
  bool has_hole_ = false;
  std::int64_t* memory_;
  std::int64_t* keys_;
};
