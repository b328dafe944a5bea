/* Betweenness of all, after Brandes (2001): a search from each party, then what passes each.
   A party may stand for several, itself and what hangs from it: see ringmap.analysis.folding. */
#include "ringmap.h"

/* Lengths nearer to each other than this, relative to their sum, are one length. */
#define SAME 1e-10

/* A number, or 0 where it is not wanted. Without a branch: whether a contact is a step on is as
   good as chance, and a wrong guess of the processor costs more than all the rest. */
static inline double only_if(int wanted, double number) {
    uint64_t bits;
    memcpy(&bits, &number, sizeof bits);
    bits &= (uint64_t)0 - (uint64_t)wanted;
    memcpy(&number, &bits, sizeof bits);
    return number;
}

/* What a search knows of a party, in one place: the two are read together, in no order. */
typedef struct {
    double ways;
    int64_t step; /* -1 for not met */
} Met;

/* Searches from one party after the other, layer by layer. Sums are over contacts in ascending
   order, whichever way a layer is walked: the same bits as ringmap.analysis.passing gives. */
typedef struct {
    Network out, back;
    int32_t *member;          /* parties of each part of the network, ascending, part by part */
    int64_t *begin;           /* where a part begins among these */
    int32_t *part;            /* number of the part of each party */
    Met *met;
    double *passed, *behind;  /* 0 but for the parties of one layer */
    int32_t *order;           /* parties as they were met */
    int64_t *layer;           /* where a layer begins among these */
    uint8_t *ascending;       /* whether the parties of a layer are in ascending order */
} Search;

static void free_search(Search *search) {
    free(search->member);
    free(search->begin);
    free(search->part);
    free(search->met);
    free(search->passed);
    free(search->behind);
    free(search->order);
    free(search->layer);
    free(search->ascending);
}

static int make_search(Search *search, int64_t count) {
    size_t size = (size_t)count + 2;
    search->member = malloc(size * sizeof(int32_t));
    search->begin = calloc(size, sizeof(int64_t));
    search->part = malloc(size * sizeof(int32_t));
    search->met = malloc(size * sizeof(Met));
    search->passed = calloc(size, sizeof(double));
    search->behind = calloc(size, sizeof(double));
    search->order = malloc(size * sizeof(int32_t));
    search->layer = malloc(size * sizeof(int64_t));
    search->ascending = malloc(size);
    return search->member && search->begin && search->part && search->met &&
        search->passed && search->behind && search->order && search->layer && search->ascending;
}

/* Contacts of a party along some arcs that have no part yet, which they get. */
static int64_t take_in(Search *search, const Network *along, int32_t one, int64_t met) {
    for (int64_t e = along->start[one]; e < along->start[one + 1]; e++) {
        int32_t other = along->to[e];
        if (search->part[other] >= 0) continue;
        search->part[other] = search->part[one];
        search->order[met++] = other;
    }
    return met;
}

static void find_parts(Search *search) {
    int64_t count = search->out.count, met = 0;
    int32_t parts = 0;
    for (int64_t i = 0; i < count; i++) {
        search->part[i] = -1;
        search->met[i] = (Met){0.0, -1};
    }
    for (int64_t i = 0; i < count; i++) {
        if (search->part[i] >= 0) continue;
        int64_t at = met;
        search->part[i] = parts++;
        for (search->order[met++] = (int32_t)i; at < met; at++) {
            met = take_in(search, &search->out, search->order[at], met);
            met = take_in(search, &search->back, search->order[at], met);
        }
        search->begin[parts] = met;
    }
    int64_t *next = search->layer;
    memcpy(next, search->begin, (size_t)parts * sizeof(int64_t));
    for (int32_t i = 0; i < count; i++) search->member[next[search->part[i]]++] = i;
}

/* The next layer, from the contacts of the last one. */
static int64_t push(Search *search, int64_t depth, int64_t reached) {
    for (int64_t at = search->layer[depth]; at < search->layer[depth + 1]; at++) {
        int32_t one = search->order[at];
        double mine = search->met[one].ways;
        for (int64_t e = search->out.start[one]; e < search->out.start[one + 1]; e++) {
            Met *other = &search->met[search->out.to[e]];
            int fresh = other->step < 0;
            search->order[reached] = search->out.to[e];
            reached += fresh;
            other->step = fresh ? depth + 1 : other->step;
            other->ways += only_if(other->step == depth + 1, mine);
        }
    }
    return reached;
}

/* The same from all who were not met, `size` being the parties of the part: cheaper where those
   are fewer than the last layer (after Beamer, Asanović, Patterson 2012). */
static int64_t pull(Search *search, int64_t depth, int64_t reached, const int32_t *member,
                    int64_t size) {
    double *ways = search->passed; /* 0 for everybody, as it is again in the end */
    int64_t first = search->layer[depth], last = search->layer[depth + 1];
    for (int64_t at = first; at < last; at++)
        ways[search->order[at]] = search->met[search->order[at]].ways;
    for (int64_t i = 0; i < size; i++) {
        int32_t one = member[i];
        if (search->met[one].step >= 0) continue;
        double sum = 0.0;
        for (int64_t e = search->back.start[one]; e < search->back.start[one + 1]; e++)
            sum += ways[search->back.to[e]];
        if (sum == 0.0) continue;
        search->met[one] = (Met){sum, depth + 1};
        search->order[reached++] = one;
    }
    for (int64_t at = first; at < last; at++) ways[search->order[at]] = 0.0;
    return reached;
}

/* All whom ways lead to from a party, in layers; the number of the last one. */
static int64_t spread(Search *search, int32_t from) {
    int32_t part = search->part[from];
    const int32_t *member = search->member + search->begin[part];
    int64_t size = search->begin[part + 1] - search->begin[part], reached = 1, depth = 0;
    search->order[0] = from;
    search->met[from] = (Met){1.0, 0};
    search->layer[0] = 0;
    search->layer[1] = 1;
    while (reached < size) {
        int few = size - reached + size / 4 < reached - search->layer[depth];
        search->ascending[depth + 1] = (uint8_t)few;
        reached = few ? pull(search, depth, reached, member, size) : push(search, depth, reached);
        if (reached == search->layer[depth + 1]) break;
        search->layer[++depth + 1] = reached;
    }
    return depth;
}

/* Hands what passes each of a layer to `behind` those a step nearer: cheaper where pull was. */
static void hand_back(Search *search, int64_t depth) {
    for (int64_t at = search->layer[depth]; at < search->layer[depth + 1]; at++) {
        int32_t one = search->order[at];
        double mine = search->passed[one];
        for (int64_t e = search->back.start[one]; e < search->back.start[one + 1]; e++) {
            int32_t other = search->back.to[e];
            search->behind[other] += only_if(search->met[other].step == depth - 1, mine);
        }
    }
}

/* What passes the contacts of a party that are a step on; nobody else has anything there. */
static inline double sum_of(const Search *search, int32_t one) {
    double sum = 0.0;
    for (int64_t e = search->out.start[one]; e < search->out.start[one + 1]; e++)
        sum += search->passed[search->out.to[e]];
    return sum;
}

/* Backwards: (weight of a party + what passes it) / ways to it, summed over those a step on. */
static void pass_back(Search *search, int64_t last, const double *weight, double times,
                      double *found) {
    const int64_t *layer = search->layer;
    for (int64_t depth = last; depth > 0; depth--) {
        int outer = depth == last, handed = !outer && search->ascending[depth + 1];
        if (handed) hand_back(search, depth + 1);
        for (int64_t at = layer[depth]; at < layer[depth + 1]; at++) {
            int32_t one = search->order[at];
            double sum = outer || handed ? search->behind[one] : sum_of(search, one);
            double ways = search->met[one].ways, through = ways * sum;
            found[one] += times * through;
            search->behind[one] = ((weight ? weight[one] : 1.0) + through) / ways;
        }
        for (int64_t at = layer[depth + 1]; !outer && at < layer[depth + 2]; at++)
            search->passed[search->order[at]] = 0.0;
        double *swap = search->passed;
        search->passed = search->behind;
        search->behind = swap;
    }
    for (int64_t at = 1; last > 0 && at < layer[2]; at++) search->passed[search->order[at]] = 0.0;
    for (int64_t at = 0; at < layer[last + 1]; at++)
        search->met[search->order[at]] = (Met){0.0, -1};
}

/* Adds to `found`, for each party, the pairs (source, t) that it stands between, each counted
   weight[source] * weight[t] times, for the sources given. `weight` may be NULL: all are 1.
   `back_start` and `back_to` are the contacts from whom ties lead to each. */
KERNEL int64_t betweenness(int64_t count, const int64_t *start, const int32_t *to,
                           const int64_t *back_start, const int32_t *back_to,
                           const double *weight, int64_t sources, const int32_t *source,
                           double *found) {
    Search search = {{count, start, to}, {count, back_start, back_to}, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    int made = make_search(&search, count);
    if (made) find_parts(&search);
    for (int64_t number = 0; number < sources && made; number++) {
        int32_t from = source[number];
        pass_back(&search, spread(&search, from), weight, weight ? weight[from] : 1.0, found);
    }
    free_search(&search);
    return !made;
}

/* A heap of parties by their distance, each known by its place in it. */
typedef struct {
    int64_t size;
    int32_t *party;
    int64_t *place;
    double *far;
} Heap;

static void rise(Heap *heap, int64_t at) {
    int32_t party = heap->party[at];
    double far = heap->far[party];
    while (at > 0) {
        int64_t above = (at - 1) / 4;
        int32_t other = heap->party[above];
        if (heap->far[other] <= far) break;
        heap->party[at] = other;
        heap->place[other] = at;
        at = above;
    }
    heap->party[at] = party;
    heap->place[party] = at;
}

static int32_t take(Heap *heap) {
    int32_t first = heap->party[0], last = heap->party[--heap->size];
    double far = heap->far[last];
    int64_t at = 0;
    for (;;) {
        int64_t child = 4 * at + 1, best = -1;
        double least = far;
        for (int64_t one = child; one < child + 4 && one < heap->size; one++)
            if (heap->far[heap->party[one]] < least) {
                least = heap->far[heap->party[one]];
                best = one;
            }
        if (best < 0) break;
        heap->party[at] = heap->party[best];
        heap->place[heap->party[at]] = at;
        at = best;
    }
    heap->party[at] = last;
    heap->place[last] = at;
    return first;
}

static inline int same(double a, double b) {
    double gap = a > b ? a - b : b - a;
    return gap <= SAME * (a + b);
}

/* Whether a shortest way goes from one party on to the other. */
static inline int is_on(const double *far, int32_t one, int32_t other, double length) {
    return far[other] > far[one] && same(far[one] + length, far[other]);
}

enum { NEW, WAITING, DONE };

/* The same along ties with a length above 0. Ways as long as each other, but for rounding, are
   all counted. */
KERNEL int64_t betweenness_by_length(int64_t count, const int64_t *start, const int32_t *to,
                                 const double *length, const double *weight, int64_t sources,
                                 const int32_t *source, double *found) {
    Heap heap = {0};
    size_t size = (size_t)count;
    int8_t *state = malloc(size + 1); /* NEW, WAITING, or DONE: reached for good */
    int32_t *order = malloc(size * sizeof(int32_t));
    double *ways = malloc(size * sizeof(double)), *passed = malloc(size * sizeof(double));
    heap.party = malloc(size * sizeof(int32_t));
    heap.place = malloc(size * sizeof(int64_t));
    heap.far = malloc(size * sizeof(double));
    double *far = heap.far;
    int failed = !state || !order || !ways || !passed || !heap.party || !heap.place || !far;
    for (int64_t i = 0; i < count && !failed; i++) state[i] = NEW;
    for (int64_t number = 0; number < sources && !failed; number++) {
        int32_t from = source[number];
        int64_t reached = 0;
        heap.size = 1;
        heap.party[0] = from;
        heap.place[from] = 0;
        far[from] = 0.0;
        state[from] = WAITING;
        while (heap.size) {
            int32_t one = take(&heap);
            state[one] = DONE;
            order[reached++] = one;
            for (int64_t e = start[one]; e < start[one + 1]; e++) {
                int32_t other = to[e];
                double along = far[one] + length[e];
                if (state[other] == DONE) continue;
                if (state[other] == NEW) {
                    state[other] = WAITING;
                    far[other] = along;
                    heap.party[heap.size] = other;
                    rise(&heap, heap.size++);
                } else if (along < far[other]) {
                    far[other] = along;
                    rise(&heap, heap.place[other]);
                }
            }
        }
        for (int64_t at = 0; at < reached; at++) ways[order[at]] = 0.0;
        ways[from] = 1.0;
        for (int64_t at = 0; at < reached; at++) {
            int32_t one = order[at];
            for (int64_t e = start[one]; e < start[one + 1]; e++)
                if (is_on(far, one, to[e], length[e])) ways[to[e]] += ways[one];
        }
        double times = weight ? weight[from] : 1.0;
        for (int64_t at = reached - 1; at > 0; at--) {
            int32_t one = order[at];
            double sum = 0.0;
            for (int64_t e = start[one]; e < start[one + 1]; e++)
                if (is_on(far, one, to[e], length[e])) sum += passed[to[e]];
            double through = ways[one] * sum;
            found[one] += times * through;
            passed[one] = ((weight ? weight[one] : 1.0) + through) / ways[one];
        }
        for (int64_t at = 0; at < reached; at++) state[order[at]] = NEW;
    }
    free(state);
    free(order);
    free(ways);
    free(passed);
    free(heap.party);
    free(heap.place);
    free(heap.far);
    return failed;
}
