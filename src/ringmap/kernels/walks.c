/* Shortest ways between two parties, searched from both ends, and ways drawn by lot. */
#include "ringmap.h"

/* One of the two searches: parties in the order they were met, the last layer from `layer` on. */
typedef struct {
    Network network;
    int32_t *met;
    int64_t size, layer;
    int32_t *step; /* steps from the end of this search, -1 for not met */
    double *ways;  /* shortest ways from that end; not counted where NULL */
    int64_t looked; /* contacts looked at, over all searches */
} Side;

static void begin(Side *side, int32_t party) {
    side->met[0] = party;
    side->size = 1;
    side->layer = 0;
    side->step[party] = 0;
    if (side->ways) side->ways[party] = 1.0;
}

/* What the next layer costs: the contacts of the last one. */
static int64_t cost(const Side *side) {
    int64_t sum = 0;
    for (int64_t at = side->layer; at < side->size; at++)
        sum += side->network.start[side->met[at] + 1] - side->network.start[side->met[at]];
    return sum;
}

/* The next layer of a search; 0 if there is none. */
static int64_t grow(Side *side) {
    int64_t behind = side->size;
    const int64_t *start = side->network.start;
    const int32_t *to = side->network.to;
    for (int64_t at = side->layer; at < behind; at++) {
        int32_t one = side->met[at], next = side->step[one] + 1;
        side->looked += start[one + 1] - start[one];
        for (int64_t e = start[one]; e < start[one + 1]; e++) {
            int32_t other = to[e];
            if (side->step[other] < 0) {
                side->step[other] = next;
                if (side->ways) side->ways[other] = side->ways[one];
                side->met[side->size++] = other;
            } else if (side->ways && side->step[other] == next) {
                side->ways[other] += side->ways[one];
            }
        }
    }
    side->layer = behind;
    return side->size - behind;
}

static void forget(Side *side) {
    for (int64_t at = 0; at < side->size; at++) side->step[side->met[at]] = -1;
}

/* True when somebody of the last layer of `one` was met by `other`. */
static int touch(const Side *one, const Side *other) {
    for (int64_t at = one->layer; at < one->size; at++)
        if (other->step[one->met[at]] >= 0) return 1;
    return 0;
}

/* Grows both until they meet; 0 if they never do. */
static int meet(Side *from, Side *until) {
    for (;;) {
        Side *side = cost(from) <= cost(until) ? from : until;
        if (!grow(side)) return 0;
        if (touch(side, side == from ? until : from)) return 1;
    }
}

static int make_side(Side *side, Network network, int counts) {
    size_t size = (size_t)network.count;
    side->network = network;
    side->met = malloc(size * sizeof(int32_t));
    side->step = malloc(size * sizeof(int32_t));
    side->ways = counts ? malloc(size * sizeof(double)) : NULL;
    if (!side->met || !side->step || (counts && !side->ways)) return 0;
    memset(side->step, 0xFF, size * sizeof(int32_t));
    return 1;
}

static void free_side(Side *side) {
    free(side->met);
    free(side->step);
    free(side->ways);
}

/* The first contact of a party, in ascending order, who is a step nearer to the end of a search. */
static int32_t nearer(const Side *side, const Network *back, int32_t party) {
    for (int64_t e = back->start[party]; e < back->start[party + 1]; e++)
        if (side->step[back->to[e]] == side->step[party] - 1) return back->to[e];
    return -1;
}

/* Searches that met share their last layers only, or a step would have joined them before: every
   shortest way has one party of these, and the first, the one with the least number, is given. */
static int32_t first_between(const Side *from, const Side *until) {
    int32_t middle = -1;
    for (int64_t at = from->layer; at < from->size; at++) {
        int32_t here = from->met[at];
        if (until->step[here] >= 0 && (middle < 0 || here < middle)) middle = here;
    }
    return middle;
}

/* For each two ends one shortest way, written to `ways` behind each other; `stop[i]` is where
   way i ends, which is where the next begins. A way has no party where none leads there. Of
   several that would do at a step the first party is taken. `room` is how many parties `ways`
   can hold; -1 is returned when they are more, else how many ways were found. */
KERNEL int64_t shortest_ways(int64_t count, const int64_t *start, const int32_t *to,
                             const int64_t *back_start, const int32_t *back_to, int64_t asked,
                             const int32_t *ends, int64_t room, int32_t *ways, int64_t *stop) {
    Network outward = {count, start, to}, inward = {count, back_start, back_to};
    Side from = {0}, until = {0};
    int64_t written = 0, found = 0;
    if (!make_side(&from, outward, 0) || !make_side(&until, inward, 0)) found = -2;
    for (int64_t one = 0; one < asked && found >= 0; one++) {
        begin(&from, ends[2 * one]);
        begin(&until, ends[2 * one + 1]);
        if (from.met[0] == until.met[0] || meet(&from, &until)) {
            int32_t middle = first_between(&from, &until);
            int32_t least = from.step[middle] + until.step[middle];
            if (written + least + 1 > room) {
                found = -1;
                break;
            }
            int64_t at = written + from.step[middle];
            ways[at] = middle;
            for (int64_t before = at; from.step[ways[before]] > 0; before--)
                ways[before - 1] = nearer(&from, &inward, ways[before]);
            for (int64_t behind = at; until.step[ways[behind]] > 0; behind++)
                ways[behind + 1] = nearer(&until, &outward, ways[behind]);
            written += least + 1;
            found++;
        }
        stop[one] = written;
        forget(&from);
        forget(&until);
    }
    free_side(&from);
    free_side(&until);
    return found;
}

/* A party drawn with a chance in proportion to its weight, `below` being the sums of weights
   up to and including each party. */
static int32_t draw_party(uint64_t *state, int64_t count, const int64_t *below) {
    int64_t wanted = (int64_t)draw_below(state, (uint64_t)below[count - 1]);
    int64_t low = 0, high = count - 1;
    while (low < high) {
        int64_t middle = (low + high) / 2;
        if (below[middle] > wanted) high = middle;
        else low = middle + 1;
    }
    return (int32_t)low;
}

/* From a party back to the end of a search, each step drawn by the number of ways that lead
   there; whoever is passed is counted. */
static void walk_back(uint64_t *state, const Side *side, const Network *back, int32_t party,
                      int64_t *times) {
    while (side->step[party] > 1) {
        double wanted = (double)(draw(state) >> 11) * 0x1p-53 * side->ways[party];
        int32_t before = -1;
        for (int64_t e = back->start[party]; e < back->start[party + 1]; e++) {
            if (side->step[back->to[e]] != side->step[party] - 1) continue;
            before = back->to[e];
            wanted -= side->ways[before];
            if (wanted < 0) break;
        }
        party = before;
        times[party]++;
    }
}

/* One of the parties where two searches met, drawn by the number of shortest ways through it. */
static int32_t draw_between(uint64_t *state, const Side *from, const Side *until) {
    double all = 0.0;
    for (int64_t at = from->layer; at < from->size; at++) {
        int32_t here = from->met[at];
        if (until->step[here] >= 0) all += from->ways[here] * until->ways[here];
    }
    double wanted = (double)(draw(state) >> 11) * 0x1p-53 * all;
    int32_t middle = -1;
    for (int64_t at = from->layer; at < from->size && wanted >= 0; at++) {
        int32_t here = from->met[at];
        if (until->step[here] < 0) continue;
        middle = here;
        wanted -= from->ways[here] * until->ways[here];
    }
    return middle;
}

/* Draws pairs of parties, each with a chance in proportion to the product of their weights, and
   one of their shortest ways, each as likely; adds to `times` who stands between the two, and to
   `draws` how many pairs were drawn until more than `most` contacts had been looked at. */
KERNEL int64_t draw_ways(int64_t count, const int64_t *start, const int32_t *to,
                         const int64_t *back_start, const int32_t *back_to, const int64_t *below,
                         int64_t most, uint64_t seed, int64_t *times, int64_t *draws) {
    Network outward = {count, start, to}, inward = {count, back_start, back_to};
    Side from = {0}, until = {0};
    uint64_t state = seed;
    int failed = !make_side(&from, outward, 1) || !make_side(&until, inward, 1);
    while (!failed && from.looked + until.looked + *draws <= most) {
        ++*draws;
        int32_t one = draw_party(&state, count, below);
        int32_t other = draw_party(&state, count, below);
        if (one == other) continue;
        begin(&from, one);
        begin(&until, other);
        if (meet(&from, &until)) {
            int32_t middle = draw_between(&state, &from, &until);
            if (middle != one && middle != other) times[middle]++;
            walk_back(&state, &from, &inward, middle, times);
            walk_back(&state, &until, &outward, middle, times);
        }
        forget(&from);
        forget(&until);
    }
    free_side(&from);
    free_side(&until);
    return failed;
}

/* Parties within some steps of one, itself first, as they are met; `layer[k]` is how many are
   within k steps. Returns the steps until nobody new was met, or `steps`; -1 for want of memory. */
KERNEL int64_t within_steps(int64_t count, const int64_t *start, const int32_t *to, int32_t party,
                            int64_t steps, int32_t *met, int64_t *layer) {
    size_t words = (size_t)(count + 63) / 64;
    uint64_t *seen = calloc(words, sizeof(uint64_t));
    if (!seen) return -1;
    int64_t size = 1, done = 0, begun = 0;
    met[0] = party;
    layer[0] = 1;
    seen[party / 64] |= (uint64_t)1 << (party % 64);
    while (done < steps) {
        int64_t behind = size;
        for (int64_t at = begun; at < behind; at++)
            for (int64_t e = start[met[at]]; e < start[met[at] + 1]; e++) {
                int32_t other = to[e];
                uint64_t mark = (uint64_t)1 << (other % 64);
                if (seen[other / 64] & mark) continue;
                seen[other / 64] |= mark;
                met[size++] = other;
            }
        if (size == behind) break;
        begun = behind;
        layer[++done] = size;
    }
    free(seen);
    return done;
}
