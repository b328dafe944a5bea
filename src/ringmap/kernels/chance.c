/* Random networks in which everybody keeps their number of ties. */
#include "ringmap.h"

/* Ties asked for ahead of their turn: most of the time goes into waiting for memory. */
#define AHEAD 12

/* Keys of ties, each with a bit for whether it was entered more than once. */
typedef struct {
    uint64_t mask;
    uint64_t *slots;
} Seen;

/* Two ties and what they would become: a to b and c to d, then a to d and c to b. */
typedef struct {
    int64_t a, b, c, d;
} Pair;

/* One even number for each tie, the same for both ways round where there is no direction; never 0. */
static inline uint64_t key_of(int64_t tail, int64_t head, int64_t count, int64_t directed) {
    int64_t place = !directed && tail > head ? head * count + tail : tail * count + head;
    return ((uint64_t)place + 1) << 1;
}

static inline uint64_t first_slot(const Seen *seen, uint64_t key) {
    return (key * 0x9E3779B97F4A7C15u >> 24) & seen->mask;
}

static inline uint64_t slot_of(const Seen *seen, uint64_t key) {
    uint64_t slot = first_slot(seen, key);
    while (seen->slots[slot] && (seen->slots[slot] & ~(uint64_t)1) != key) slot = (slot + 1) & seen->mask;
    return slot;
}

static inline void enter(const Seen *seen, uint64_t key) {
    uint64_t slot = slot_of(seen, key);
    seen->slots[slot] = seen->slots[slot] ? key | 1 : key;
}

static inline int is_twice(const Seen *seen, uint64_t key) {
    return seen->slots[slot_of(seen, key)] & 1;
}

/* Asks for where the ties of a pair stand, old and new. */
static inline void ask_for(const Seen *seen, const Pair *pair, int64_t count, int64_t directed) {
    SOON(seen->slots + first_slot(seen, key_of(pair->a, pair->b, count, directed)));
    SOON(seen->slots + first_slot(seen, key_of(pair->c, pair->d, count, directed)));
    SOON(seen->slots + first_slot(seen, key_of(pair->a, pair->d, count, directed)));
    SOON(seen->slots + first_slot(seen, key_of(pair->c, pair->b, count, directed)));
}

/* Exchange the heads of pairs of ties, in place: tie `order[i]` with tie `order[half + i]`, this one
   turned round where `turned` has 1, for each i below half of them. Barred are pairs of which a tie, old
   or new, is another one's, old or new, and those that would tie somebody to themselves. `ends` has
   tail and head of each tie, below `count`, which is below 2^31. Room: `slots`, `size` of them, a power
   of 2 and more than three for each tie, and `room`, four numbers for each pair. */
KERNEL int64_t swap_ends(int64_t count, int64_t ties, int64_t directed, const int64_t *order,
                         const uint8_t *turned, int64_t size, uint64_t *slots, int64_t *room,
                         int64_t *ends) {
    int64_t half = ties / 2;
    Seen seen = {(uint64_t)size - 1, slots};
    Pair *pairs = (Pair *)room;
    memset(slots, 0, (size_t)size * sizeof(uint64_t));
    if (ties % 2) {
        const int64_t *left = ends + 2 * order[ties - 1];
        enter(&seen, key_of(left[0], left[1], count, directed));
    }
    for (int64_t one = 0; one < half; one++) {
        if (one + AHEAD < half) {
            SOON(ends + 2 * order[one + AHEAD]);
            SOON(ends + 2 * order[half + one + AHEAD]);
        }
        const int64_t *first = ends + 2 * order[one], *second = ends + 2 * order[half + one];
        pairs[one] = (Pair){first[0], first[1], second[turned[one]], second[!turned[one]]};
    }
    for (int64_t one = 0; one < half; one++) {
        if (one + AHEAD < half) ask_for(&seen, pairs + one + AHEAD, count, directed);
        enter(&seen, key_of(pairs[one].a, pairs[one].b, count, directed));
        enter(&seen, key_of(pairs[one].c, pairs[one].d, count, directed));
        enter(&seen, key_of(pairs[one].a, pairs[one].d, count, directed));
        enter(&seen, key_of(pairs[one].c, pairs[one].b, count, directed));
    }
    for (int64_t one = 0; one < half; one++) {
        if (one + AHEAD < half) {
            ask_for(&seen, pairs + one + AHEAD, count, directed);
            SOON(ends + 2 * order[one + AHEAD]);
            SOON(ends + 2 * order[half + one + AHEAD]);
        }
        const Pair *pair = pairs + one;
        if (pair->a == pair->d || pair->c == pair->b
            || is_twice(&seen, key_of(pair->a, pair->b, count, directed))
            || is_twice(&seen, key_of(pair->c, pair->d, count, directed))
            || is_twice(&seen, key_of(pair->a, pair->d, count, directed))
            || is_twice(&seen, key_of(pair->c, pair->b, count, directed))) continue;
        ends[2 * order[one] + 1] = pair->d;
        ends[2 * order[half + one]] = pair->c;
        ends[2 * order[half + one] + 1] = pair->b;
    }
    return 0;
}
