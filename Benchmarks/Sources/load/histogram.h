// Counts of durations in nanoseconds, in steps of at most 1/64 of the value: exact enough for percentiles, and adding
// to it costs a few instructions.
#pragma once
#include <stdint.h>
#include <string.h>

enum { HISTOGRAM_STEPS = 64, HISTOGRAM_SIZE = HISTOGRAM_STEPS * 60 };

struct histogram {
    uint64_t total;
    uint64_t counts[HISTOGRAM_SIZE];
};

static inline void histogram_clear(struct histogram *histogram) { memset(histogram, 0, sizeof *histogram); }

static inline unsigned histogram_index(uint64_t value) {
    if (value < 2 * HISTOGRAM_STEPS) return (unsigned)value;
    unsigned shift = 63u - 6u - (unsigned)__builtin_clzll(value);
    return shift * HISTOGRAM_STEPS + (unsigned)(value >> shift);
}

static inline void histogram_add(struct histogram *histogram, uint64_t value) {
    histogram->total++;
    histogram->counts[histogram_index(value)]++;
}

// The least value that `share` of the counted ones do not exceed.
static inline double histogram_value(const struct histogram *histogram, double share) {
    uint64_t wanted = (uint64_t)(share * (double)histogram->total), seen = 0;
    for (unsigned index = 0; index < HISTOGRAM_SIZE; index++) {
        seen += histogram->counts[index];
        if (seen > wanted) {
            if (index < 2 * HISTOGRAM_STEPS) return index;
            unsigned shift = index / HISTOGRAM_STEPS - 1;
            return (double)((uint64_t)(index - shift * HISTOGRAM_STEPS) << shift);
        }
    }
    return 0;
}
