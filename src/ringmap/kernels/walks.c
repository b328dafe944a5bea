/* Shortest ways between two parties, searched from both ends, and ways drawn by lot. */
#include "ringmap.h"

/* Steps of a party from each end, and one: 0 for not met. In one place, as they are read. */
typedef struct {
    int32_t step[2];
} Known;

/* How many shortest ways lead to a party from each end. */
typedef struct {
    double from[2];
} Ways;

/* One of the two searches: parties in the order they were met, the last layer from `layer` on. */
typedef struct {
    const int64_t *start;
    const int32_t *to;
    int32_t *met;
    int64_t size, layer;
    int64_t ahead; /* contacts of the last layer: what the next one costs */
} Side;

typedef struct {
    Side side[2]; /* from the one end outward, from the other inward */
    Known *known;
    Ways *ways; /* NULL where nobody asks */
    int64_t looked; /* contacts looked at, over all searches */
} Walk;

static void begin(Walk *walk, int which, int32_t party) {
    Side *side = &walk->side[which];
    side->met[0] = party;
    side->size = 1;
    side->layer = 0;
    side->ahead = side->start[party + 1] - side->start[party];
    walk->known[party].step[which] = 1;
    if (walk->ways) walk->ways[party].from[which] = 1.0;
}

/* The next layer of a search; true if it has somebody whom the other search met. */
static int grow(Walk *walk, int which) {
    Side *side = &walk->side[which];
    int64_t behind = side->size, ahead = 0;
    int touched = 0;
    walk->looked += side->ahead;
    for (int64_t at = side->layer; at < behind; at++) {
        int32_t one = side->met[at], next = walk->known[one].step[which] + 1;
        double mine = walk->ways ? walk->ways[one].from[which] : 0.0;
        for (int64_t e = side->start[one]; e < side->start[one + 1]; e++) {
            Known *other = &walk->known[side->to[e]];
            if (!other->step[which]) {
                other->step[which] = next;
                if (walk->ways) walk->ways[side->to[e]].from[which] = mine;
                side->met[side->size++] = side->to[e];
                ahead += side->start[side->to[e] + 1] - side->start[side->to[e]];
                touched |= other->step[1 - which] > 0;
            } else if (walk->ways && other->step[which] == next) {
                walk->ways[side->to[e]].from[which] += mine;
            }
        }
    }
    side->layer = behind;
    side->ahead = ahead;
    return touched;
}

/* Grows the cheaper search until the two meet; 0 if they never do. */
static int meet(Walk *walk) {
    for (;;) {
        int which = walk->side[0].ahead > walk->side[1].ahead;
        if (grow(walk, which)) return 1;
        if (walk->side[which].layer == walk->side[which].size) return 0;
    }
}

static void forget(Walk *walk) {
    for (int which = 0; which < 2; which++)
        for (int64_t at = 0; at < walk->side[which].size; at++)
            walk->known[walk->side[which].met[at]] = (Known){{0, 0}};
}

static int make_walk(Walk *walk, int64_t count, int counts) {
    walk->known = calloc((size_t)count + 1, sizeof(Known));
    walk->ways = counts ? malloc((size_t)count * sizeof(Ways) + 8) : NULL;
    for (int which = 0; which < 2; which++)
        walk->side[which].met = malloc((size_t)count * sizeof(int32_t) + 8);
    return walk->known && walk->side[0].met && walk->side[1].met && (walk->ways || !counts);
}

static void free_walk(Walk *walk) {
    free(walk->known);
    free(walk->ways);
    free(walk->side[0].met);
    free(walk->side[1].met);
}

/* Searches that met share their last layers only, or a step before would have joined them: every
   shortest way has one party of these, and the first, the one with the least number, is given. */
static int32_t first_between(const Walk *walk) {
    const Side *side = &walk->side[0];
    int32_t middle = -1;
    for (int64_t at = side->layer; at < side->size; at++) {
        int32_t here = side->met[at];
        if (walk->known[here].step[1] && (middle < 0 || here < middle)) middle = here;
    }
    return middle;
}

/* The first contact of a party, in ascending order, who is a step nearer to the end of a search.
   The contacts that lead back are those along which the other search goes. */
static int32_t nearer(const Walk *walk, int which, int32_t party) {
    const Side *back = &walk->side[1 - which];
    int32_t wanted = walk->known[party].step[which] - 1;
    for (int64_t e = back->start[party]; e < back->start[party + 1]; e++)
        if (walk->known[back->to[e]].step[which] == wanted) return back->to[e];
    return -1;
}

/* For each two ends one shortest way, written to `ways` behind each other; `stop[i]` is where
   way i ends, which is where the next begins. A way has no party where none leads there. Of
   several that would do at a step the first party is taken. `room` is how many parties `ways`
   can hold; -1 is returned when they are more, -2 for want of memory, else how many ways were
   found. */
KERNEL int64_t shortest_ways(int64_t count, const int64_t *start, const int32_t *to,
                             const int64_t *back_start, const int32_t *back_to, int64_t asked,
                             const int32_t *ends, int64_t room, int32_t *ways, int64_t *stop) {
    Walk walk = {{{start, to, 0, 0, 0, 0}, {back_start, back_to, 0, 0, 0, 0}}, 0, 0, 0};
    int64_t written = 0, found = make_walk(&walk, count, 0) ? 0 : -2;
    for (int64_t one = 0; one < asked && found >= 0; one++) {
        begin(&walk, 0, ends[2 * one]);
        begin(&walk, 1, ends[2 * one + 1]);
        if (ends[2 * one] == ends[2 * one + 1] || meet(&walk)) {
            int32_t middle = first_between(&walk);
            int32_t before = walk.known[middle].step[0] - 1, behind = walk.known[middle].step[1];
            if (written + before + behind > room) {
                found = -1;
                break;
            }
            ways[written + before] = middle;
            for (int64_t at = written + before; at > written; at--)
                ways[at - 1] = nearer(&walk, 0, ways[at]);
            int64_t last = written + before + behind - 1;
            for (int64_t at = written + before; at < last; at++)
                ways[at + 1] = nearer(&walk, 1, ways[at]);
            written = last + 1;
            found++;
        }
        stop[one] = written;
        forget(&walk);
    }
    free_walk(&walk);
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

/* A number from 0 to below one. */
static inline double draw_share(uint64_t *state) {
    return (double)(draw(state) >> 11) * 0x1p-53;
}

/* One of the parties where two searches met, drawn by the number of shortest ways through it. */
static int32_t draw_between(uint64_t *state, const Walk *walk) {
    const Side *side = &walk->side[0];
    double all = 0.0;
    for (int64_t at = side->layer; at < side->size; at++) {
        const Ways *here = &walk->ways[side->met[at]];
        if (walk->known[side->met[at]].step[1]) all += here->from[0] * here->from[1];
    }
    double wanted = draw_share(state) * all;
    int32_t middle = -1;
    /* Somebody always, though so many ways that no double counts them make `wanted` no number. */
    for (int64_t at = side->layer; at < side->size && (middle < 0 || wanted >= 0); at++) {
        const Ways *here = &walk->ways[side->met[at]];
        if (!walk->known[side->met[at]].step[1]) continue;
        middle = side->met[at];
        wanted -= here->from[0] * here->from[1];
    }
    return middle;
}

/* From a party back to the end of a search, each step drawn by the number of ways that lead
   there; whoever is passed is counted. */
static void walk_back(uint64_t *state, const Walk *walk, int which, int32_t party,
                      int64_t *times) {
    const Side *back = &walk->side[1 - which];
    while (walk->known[party].step[which] > 2) {
        int32_t before = -1, step = walk->known[party].step[which] - 1;
        double wanted = draw_share(state) * walk->ways[party].from[which];
        for (int64_t e = back->start[party]; e < back->start[party + 1]; e++) {
            if (walk->known[back->to[e]].step[which] != step) continue;
            before = back->to[e];
            wanted -= walk->ways[before].from[which];
            if (wanted < 0) break;
        }
        party = before;
        times[party]++;
    }
}

/* Draws pairs of parties, each with a chance in proportion to the product of their weights, and
   one of their shortest ways, each as likely; adds to `times` who stands between the two, and to
   `draws` how many pairs were drawn until more than `most` contacts had been looked at. */
KERNEL int64_t draw_ways(int64_t count, const int64_t *start, const int32_t *to,
                         const int64_t *back_start, const int32_t *back_to, const int64_t *below,
                         int64_t most, uint64_t seed, int64_t *times, int64_t *draws) {
    Walk walk = {{{start, to, 0, 0, 0, 0}, {back_start, back_to, 0, 0, 0, 0}}, 0, 0, 0};
    uint64_t state = seed;
    int failed = !make_walk(&walk, count, 1);
    while (!failed && walk.looked + *draws <= most) {
        ++*draws;
        int32_t one = draw_party(&state, count, below);
        int32_t other = draw_party(&state, count, below);
        if (one == other) continue;
        begin(&walk, 0, one);
        begin(&walk, 1, other);
        if (meet(&walk)) {
            int32_t middle = draw_between(&state, &walk);
            if (middle != one && middle != other) times[middle]++;
            walk_back(&state, &walk, 0, middle, times);
            walk_back(&state, &walk, 1, middle, times);
        }
        forget(&walk);
    }
    free_walk(&walk);
    return failed;
}

/* Parties within some steps of one, itself first, as they are met; `layer[k]` is how many are
   within k steps. Returns the steps until nobody new was met, or `steps`; -1 for want of memory. */
KERNEL int64_t within_steps(int64_t count, const int64_t *start, const int32_t *to, int32_t party,
                            int64_t steps, int32_t *met, int64_t *layer) {
    uint64_t *seen = calloc((size_t)(count + 63) / 64, sizeof(uint64_t));
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
