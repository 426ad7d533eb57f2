// Workload W by hand: the same job as the compiled people engine, event for event, with nothing general about it.
//
//     workload_w JOB RECORDS TIMES LOG
//
// Reads the job, runs it TIMES times (the first is the warm-up), writes the records of the last run and prints
// nanoseconds of CPU of each, events, starts and, with LOG 1, a hash of every event in its order.
//
// What a program for this one job can spare itself: ways, kept places and the one alternative are code; a freed place
// goes straight to whoever waits (one start frees at most one more place, a chain); areas of resources follow from
// those of activities; arrivals stand outside the heap; the way onward comes from the second word of the duration's
// block.

#include <ctime>

#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <vector>

#include "arrivals.hpp"
#include "chance.hpp"
#include "heap.hpp"
#include "job.hpp"
#include "records.hpp"

namespace {

// A key: the second (26 bits), the case's number, its slot.
constexpr int kSlotBits = 17, kNumberBits = 20, kSecondShift = kSlotBits + kNumberBits;
constexpr std::int64_t kSlots = std::int64_t{1} << kSlotBits, kNumbers = std::int64_t{1} << kNumberBits;
constexpr std::int64_t kSeconds = std::int64_t{1} << (63 - kSecondShift);
constexpr std::int64_t kAfterEnds = (std::int64_t{1} << kSecondShift) - 1;
constexpr std::uint8_t kNone = 255;
enum What : std::uint8_t { kOpened, kArrives, kStartsEvent, kReady, kLeavesEvent, kExits = 9 };

// One case, one cache line: the events that follow one another are those of different cases, and each touches most
// of a case. `onward` is where it goes when the present stay ends, or what it waits for.
struct alignas(64) Case {
  std::uint64_t id;
  std::int32_t opened, started, waited, since, ready, came_to_ae;
  std::uint32_t number, next_waiting;
  std::array<std::uint16_t, kActivities> visits;
  std::uint8_t klass, activity, onward, place;
};
static_assert(sizeof(Case) == 64);

struct Queue {
  std::uint32_t first = 0, last = 0, size = 0;
};

template <bool keeps_log>
class Simulation {
 public:
  explicit Simulation(const Job& job)
      : job_(job),
        key_(job.seed, job.replication),
        heap_(kSlots),
        cases_(1),
        arrivals_(job, key_) {
    if (job.end >= kSeconds) File::fail("a longer run than a key has room for");
    cases_.reserve(1 << 14);
    await_arrival();
  }

  void run() {
    std::size_t period = 0;
    std::int64_t next_hour = 0, begun = 0;
    std::int64_t calendar = 0;
    for (;;) {
      const std::int64_t end = heap_.least();
      if (std::min(end, arrival_key_) >= calendar) [[unlikely]] {
        const std::int64_t second = calendar >> kSecondShift;
        if (second == next_hour && second < job_.end) read_hour(second), next_hour += kHour;
        if (second == job_.closes[period]) {
          records_.close(job_, begun, second, present(second));
          begun = second;
          if (++period == job_.closes.size()) return;
        }
        calendar = std::min(next_hour, job_.closes[period]) << kSecondShift;
      } else if (end < arrival_key_) {
        ends(heap_.take());
        heap_.settle();
        fetches_ahead();
        ++events_;
      } else {
        arrives_new();
        ++events_;
      }
    }
  }

  const Records& records() const { return records_; }
  std::int64_t events() const { return events_; }
  std::uint64_t hash() const { return hash_; }

 private:
  using Slot = std::uint32_t;

  // The next few events are the children of the root: fetch their cases before they are needed.
  void fetches_ahead() const {
    for (std::size_t i = 0; i < 4; ++i) __builtin_prefetch(cases_.data() + (heap_.child(i) & (kSlots - 1)));
  }

  // The log: each event's hash depends on its place, and they add up.
  void note(What what, const Case& one, int activity) {
    if constexpr (keeps_log) {
      std::uint64_t h = mix(logged_++);
      for (std::uint64_t word :
           {static_cast<std::uint64_t>(now_), static_cast<std::uint64_t>(what), one.id, std::uint64_t{one.number},
            static_cast<std::uint64_t>(activity + 1), std::uint64_t{one.place == kNone ? 0u : one.place + 1u},
            std::uint64_t{one.klass}})
        h = mix(h ^ word);
      hash_ += h;
    }
  }

  // Arrivals

  void await_arrival() { arrival_key_ = (arrivals_.next().second << kSecondShift) | kAfterEnds; }

  void arrives_new() {
    const Arrival& arrival = arrivals_.next();
    now_ = arrival.second;
    const Slot slot = new_slot();
    Case& one = cases_[slot];
    one.id = arrival.id;
    one.opened = static_cast<std::int32_t>(now_);
    one.number = ++number_;
    one.visits.fill(0);
    one.klass = arrival.klass;
    one.place = kNone;
    if (number_ == kNumbers) File::fail("more cases than a key has room for");
    note(kOpened, one, -1);
    comes_to(slot, arrival.begins_at);
    arrivals_.advance();
    await_arrival();
  }

  Slot new_slot() {
    if (!free_.empty()) {
      const Slot slot = free_.back();
      free_.pop_back();
      return slot;
    }
    if (static_cast<std::int64_t>(cases_.size()) == kSlots) File::fail("more cases at once than a key has room for");
    cases_.emplace_back();
    return static_cast<Slot>(cases_.size() - 1);
  }

  // Going on

  void ends(std::int64_t key) {
    now_ = key >> kSecondShift;
    const auto slot = static_cast<Slot>(key & (kSlots - 1));
    Case& one = cases_[slot];
    const int from = one.activity, r = row(from, one.klass);
    records_.rows[r][kActiveArea] += now_;
    note(kReady, one, from);
    one.ready = static_cast<std::int32_t>(now_);
    const std::uint8_t to = one.onward;
    if (to == kExit) {
      leaves(one);
      note(kExits, one, -1);
      ++records_.exits, records_.exit_seconds += now_ - one.opened;
      free_.push_back(slot);
      passes_on(from);
      return;
    }
    const int really = to == kVirtualWard && is_full(kVirtualWard) ? int{kWard} : int{to};
    if (keeps(from, really)) {
      goes_on_keeping(slot, really);
      return;
    }
    leaves(one);
    comes_to(slot, really);
    passes_on(from);
  }

  static bool keeps(int from, int to) { return (from == kAe && to == kWard) || (from == kWard && to == kSocialCare); }

  // Come to an activity without a place in hand.
  void comes_to(Slot slot, int to) {
    Case& one = cases_[slot];
    arrives(one, to);
    if (is_full(to)) {
      waits(slot, to);
      return;
    }
    takes(to);
    starts(slot, to, 0);
  }

  // Come to an activity with a place in hand, which is given back when the next one starts.
  void goes_on_keeping(Slot slot, int to) {
    Case& one = cases_[slot];
    const int from = one.activity;
    arrives(one, to);
    if (is_full(to)) {
      records_.rows[row(from, one.klass)][kKeptArea] -= now_;
      ++kept_[from];
      waits(slot, to);
      return;
    }
    takes(to);
    leaves(one);
    starts(slot, to, 0);
    passes_on(from);
  }

  void arrives(Case& one, int to) {
    ++one.visits[to];
    ++records_.rows[row(to, one.klass)][kArrivals];
    note(kArrives, one, to);
    if (to == kAe) one.came_to_ae = static_cast<std::int32_t>(now_);
  }

  void waits(Slot slot, int to) {
    Case& one = cases_[slot];
    one.since = static_cast<std::int32_t>(now_);
    one.onward = static_cast<std::uint8_t>(to);
    records_.rows[row(to, one.klass)][kWaitingArea] -= now_;
    Queue& queue = queues_[to];
    if (queue.size++ == 0)
      queue.first = slot;
    else
      cases_[queue.last].next_waiting = slot;
    queue.last = slot;
  }

  // Places

  bool is_full(int activity) const { return used_[activity] == job_.capacity[activity]; }

  void takes(int activity) {
    if (++used_[activity] == job_.capacity[activity]) records_.full_area[activity] -= now_;
  }

  // A place has been left: it goes to the first in the queue, whose own place, if any, is left in turn.
  void passes_on(int activity) {
    for (;;) {
      Queue& queue = queues_[activity];
      if (queue.size == 0) {
        if (used_[activity]-- == job_.capacity[activity]) records_.full_area[activity] += now_;
        return;
      }
      const Slot slot = queue.first;
      Case& one = cases_[slot];
      queue.first = one.next_waiting;
      --queue.size;
      records_.rows[row(activity, one.klass)][kWaitingArea] += now_;
      const std::uint8_t kept = one.place;
      if (kept != kNone) {
        records_.rows[row(kept, one.klass)][kKeptArea] += now_;
        records_.rows[row(kept, one.klass)][kKeptStaySeconds] += now_ - one.ready;
        --kept_[kept];
        leaves(one);
      }
      starts(slot, activity, static_cast<std::int32_t>(now_) - one.since);
      if (kept == kNone) return;
      activity = kept;
    }
  }

  void leaves(Case& one) {
    Records::Row& fields = records_.rows[row(one.activity, one.klass)];
    ++fields[kLeaves];
    fields[kLeftWaitSeconds] += one.waited;
    fields[kStaySeconds] += now_ - one.started;
    note(kLeavesEvent, one, one.activity);
    if (one.activity == kAe) stops_clock(one);
    one.place = kNone;
  }

  void stops_clock(Case& one) {
    const std::int64_t seconds = now_ - one.came_to_ae, within = seconds <= job_.target;
    for (Clock* clock : {&records_.clock_now, &records_.clock[one.klass]})
      ++clock->stopped, clock->seconds += seconds, clock->within += within;
    ++records_.clock_bins[one.klass][bins_.at(seconds)];
  }

  void starts(Slot slot, int activity, std::int32_t waited) {
    Case& one = cases_[slot];
    const int r = row(activity, one.klass);
    one.activity = one.place = static_cast<std::uint8_t>(activity);
    one.started = static_cast<std::int32_t>(now_);
    one.waited = waited;
    Records::Row& fields = records_.rows[r];
    ++fields[kStarts];
    fields[kActiveArea] -= now_;
    if (waited > 0) ++fields[kWaited], fields[kWaitSeconds] += waited;
    ++records_.waits[r][bins_.at(waited)];
    note(kStartsEvent, one, activity);
    const std::uint64_t visit = one.visits[activity] - 1u;
    const Block block = key_.block(one.id, job_.hash[activity] << 32 | visit << 16);
    one.onward = job_.onward[r].at(unit(block.second));
    const std::int64_t end = std::min(now_ + job_.law[r].seconds(unit(block.first)), job_.end);
    heap_.push(end << kSecondShift | static_cast<std::int64_t>(one.number) << kSlotBits | slot);
  }

  // Looking

  void read_hour(std::int64_t second) {
    const auto days = job_.first_day + second / kDay;
    const auto hour = static_cast<std::size_t>((days + 6) % 7 * 24 + second % kDay / kHour);
    for (int a = 0; a < kActivities; ++a) {
      records_.hours[a][hour][0] += used_[a];
      records_.hours[a][hour][1] += kept_[a];
      records_.hours[a][hour][2] += queues_[a].size;
    }
  }

  Records::Present present(std::int64_t second) const {
    Records::Present found;
    std::vector<bool> is_free(cases_.size());
    for (Slot slot : free_) is_free[slot] = true;
    std::vector<bool> is_waiting(cases_.size());
    for (int a = 0; a < kActivities; ++a) {
      Slot slot = queues_[a].first;
      for (std::uint32_t i = 0; i < queues_[a].size; ++i, slot = cases_[slot].next_waiting) {
        is_waiting[slot] = true;
        ++found.waiting[row(a, cases_[slot].klass)];
      }
    }
    for (Slot slot = 1; slot < cases_.size(); ++slot) {
      const Case& one = cases_[slot];
      if (is_free[slot]) continue;
      if (one.place != kNone) ++(is_waiting[slot] ? found.kept : found.active)[row(one.place, one.klass)];
      const bool in_ae = one.place == kAe || (is_waiting[slot] && one.onward == kAe);
      found.clocks_open += in_ae;
      found.clocks_over += in_ae && second - one.came_to_ae > job_.target;
    }
    return found;
  }

  const Job& job_;
  Key key_;
  Bins bins_;
  Heap heap_;
  Records records_;
  std::vector<Case> cases_;  // slot 0 is nobody's
  std::vector<Slot> free_;
  Arrivals arrivals_;
  std::array<Queue, kActivities> queues_{};
  std::array<std::int32_t, kActivities> used_{}, kept_{};
  std::int64_t now_ = 0, arrival_key_ = 0, events_ = 0;
  std::uint32_t number_ = 0;
  std::uint64_t logged_ = 0, hash_ = 0;
};

std::int64_t cpu_nanoseconds() {
  std::timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return now.tv_sec * 1'000'000'000 + now.tv_nsec;
}

template <bool keeps_log>
void measure(const Job& job, const char* records, int times) {
  for (int i = 0; i < times; ++i) {
    const std::int64_t begun = cpu_nanoseconds();
    auto simulation = std::make_unique<Simulation<keeps_log>>(job);
    simulation->run();
    const std::int64_t taken = cpu_nanoseconds() - begun;
    std::printf("%lld %lld %llu\n", static_cast<long long>(taken), static_cast<long long>(simulation->events()),
                static_cast<unsigned long long>(simulation->hash()));
    if (i + 1 == times) simulation->records().write(records);
  }
}

}  // namespace

int main(int count, char** said) {
  if (count != 5) File::fail("say JOB RECORDS TIMES LOG");
  const Job job(said[1]);
  const int times = std::atoi(said[3]);
  if (std::atoi(said[4]))
    measure<true>(job, said[2], times);
  else
    measure<false>(job, said[2], times);
}
