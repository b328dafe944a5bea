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
    int32_t middle; /* where two searches met, if nobody asks for ways */
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

/* The next layer of a search; true if it has somebody whom the other search met. Where nobody asks
   for ways the first of these is enough. */
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
                if (!walk->ways && other->step[1 - which]) {
                    walk->middle = side->met[side->size++] = side->to[e];
                    return 1;
                }
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

static int make_walk(Walk *walk, int64_t count) {
    walk->known = calloc((size_t)count + 1, sizeof(Known));
    walk->ways = malloc((size_t)count * sizeof(Ways) + 8);
    for (int which = 0; which < 2; which++)
        walk->side[which].met = malloc((size_t)count * sizeof(int32_t) + 8);
    return walk->known && walk->ways && walk->side[0].met && walk->side[1].met;
}

static void free_walk(Walk *walk) {
    free(walk->known);
    free(walk->ways);
    free(walk->side[0].met);
    free(walk->side[1].met);
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

/* Where somebody walks, and what is needed for it: `known` and `bits` are all 0, and are so again
   after each walk; the rest may hold anything. Who owns it lets one walk there at a time. */
typedef struct {
    int64_t count;
    const int64_t *start;
    const int32_t *to;
    const int64_t *back_start;
    const int32_t *back_to;
    Known *known;
    int32_t *met, *back_met, *way; /* a place for each party, and one more */
    uint64_t *bits; /* for each 64 parties two words, and a byte; see Marks */
} Ground;

/* One shortest way, written to `way`; how many parties it has, 0 where none leads there. The two
   searches grow in turn, the cheaper first; the first party at which they touch is on the way,
   and from there the first contact of each that is a step nearer to an end. */
KERNEL int64_t shortest_way(const Ground *ground, int32_t from, int32_t end) {
    Walk walk = {{{ground->start, ground->to, ground->met, 0, 0, 0},
                  {ground->back_start, ground->back_to, ground->back_met, 0, 0, 0}},
                 ground->known, NULL, 0, from};
    int64_t size = 0;
    begin(&walk, 0, from);
    begin(&walk, 1, end);
    if (from == end || meet(&walk)) {
        int32_t *way = ground->way, before = walk.known[walk.middle].step[0] - 1;
        size = before + walk.known[walk.middle].step[1];
        way[before] = walk.middle;
        for (int64_t at = before; at > 0; at--) way[at - 1] = nearer(&walk, 0, way[at]);
        for (int64_t at = before; at + 1 < size; at++) way[at + 1] = nearer(&walk, 1, way[at]);
    }
    forget(&walk);
    return size;
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
    Walk walk = {{{start, to, 0, 0, 0, 0}, {back_start, back_to, 0, 0, 0, 0}}, 0, 0, 0, -1};
    uint64_t state = seed;
    int failed = !make_walk(&walk, count);
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

/* Parties as bits, 64 in a word; `touched` has a byte for each word of `marks` with any. */
typedef struct {
    uint64_t *seen, *marks;
    uint8_t *touched;
    int64_t words; /* a multiple of 8 */
} Marks;

static inline void mark(uint64_t *bits, int32_t party) {
    bits[party / 64] |= (uint64_t)1 << (party % 64);
}

/* The contacts of who comes soon are asked for, and of who comes later where they stand. */
enum { COMES_SOON = 12, COMES_LATER = 24 };

static void look_ahead(const Ground *ground, const int32_t *met, int64_t left) {
    if (left <= COMES_LATER) return;
    SOON(ground->start + met[COMES_LATER]);
    SOON(ground->to + ground->start[met[COMES_SOON]]);
    SOON(ground->to + ground->start[met[COMES_SOON] + 1] - 1);
}

/* Marks the contacts of a layer, without asking whether they were seen: of a hub most were. Of a
   layer of many words are not said to be touched: all are looked at afterwards. */
static void mark_contacts(Marks *all, const Ground *ground, const int32_t *met, int64_t size,
                          int many) {
    for (int64_t at = 0; at < size; at++) {
        int64_t e = ground->start[met[at]], end = ground->start[met[at] + 1];
        look_ahead(ground, met + at, size - at);
        for (; many && e < end; e++) mark(all->marks, ground->to[e]);
        for (; e < end; e++) {
            mark(all->marks, ground->to[e]);
            all->touched[ground->to[e] / 64] = 1;
        }
    }
}

/* Marks those not seen who have a contact that was: the same, where few are left. */
static void mark_left(Marks *all, const Ground *ground) {
    for (int32_t party = 0; party < ground->count; party++) {
        if (all->seen[party / 64] >> (party % 64) & 1) continue;
        for (int64_t e = ground->back_start[party]; e < ground->back_start[party + 1]; e++) {
            int32_t other = ground->back_to[e];
            if (!(all->seen[other / 64] >> (other % 64) & 1)) continue;
            mark(all->marks, party);
            all->touched[party / 64] = 1;
            break;
        }
    }
}

/* Who is marked in a word and was not seen before, ascending, to `met`; how many. */
static inline int64_t read_word(Marks *all, int64_t word, int32_t *met) {
    uint64_t fresh = all->marks[word] & ~all->seen[word];
    int64_t size = 0;
    all->touched[word] = 0;
    all->marks[word] = 0;
    all->seen[word] |= fresh;
    for (; fresh; fresh &= fresh - 1) met[size++] = (int32_t)(word * 64 + __builtin_ctzll(fresh));
    return size;
}

/* Who is marked and was not seen before, ascending, to `met`; how many. They are seen then. */
static int64_t read_marks(Marks *all, int32_t *met, int many) {
    int64_t size = 0;
    for (int64_t first = 0; first < all->words; first += 8) {
        uint64_t eight;
        memcpy(&eight, all->touched + first, sizeof eight);
        for (int64_t word = first; (many || eight) && word < first + 8; word++)
            if (all->marks[word]) size += read_word(all, word, met + size);
    }
    return size;
}

/* How many are marked and were not seen before; nobody is marked any more. */
static int64_t count_marks(Marks *all, int many) {
    int64_t size = 0;
    for (int64_t first = 0; first < all->words; first += 8) {
        uint64_t eight;
        memcpy(&eight, all->touched + first, sizeof eight);
        if (!many && !eight) continue;
        for (int64_t word = first; word < first + 8; word++)
            size += __builtin_popcountll(all->marks[word] & ~all->seen[word]);
        memset(all->marks + first, 0, 8 * sizeof(uint64_t));
        memset(all->touched + first, 0, 8);
    }
    return size;
}

/* Of more parties than a word in so many, all words are looked at. */
#define MANY 8

/* Parties within some steps of one, itself first, layer by layer, ascending in each, to `met`, the
   last layer only if `last` is 1; `way[k]` is how many are within k steps. Returns the steps until
   nobody new was met, or `steps`. */
KERNEL int64_t within_steps(const Ground *ground, int32_t party, int64_t steps, int64_t last) {
    int64_t words = (ground->count + 511) / 512 * 8, size = 1, begun = 0, done = 0, told = 1;
    Marks all = {ground->bits, ground->bits + words, (uint8_t *)(ground->bits + 2 * words), words};
    int32_t *met = ground->met;
    met[0] = party;
    ground->way[0] = 1;
    mark(all.seen, party);
    while (done < steps && size < ground->count) {
        int many = size - begun > words / MANY;
        if (ground->count - size < (size - begun) / 2) mark_left(&all, ground);
        else mark_contacts(&all, ground, met + begun, size - begun, many);
        begun = size;
        if (last || done + 1 < steps) told = size += read_marks(&all, met + size, many);
        else size += count_marks(&all, many);
        if (size == begun) break;
        ground->way[++done] = (int32_t)size;
    }
    if (told > words) memset(all.seen, 0, (size_t)words * sizeof(uint64_t));
    else
        for (int64_t at = 0; at < told; at++) all.seen[met[at] / 64] = 0;
    return done;
}
