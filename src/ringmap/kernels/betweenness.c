/* Betweenness of all, after Brandes (2001): a search from each party, then what passes each.
   A party may stand for several, itself and what hangs from it: see ringmap.analysis.folding. */
#include "ringmap.h"

/* Lengths nearer to each other than this, relative to their sum, are one length. */
#define SAME 1e-10

/* What a search knows of a party, in one place: these are read together, in no order. */
typedef struct {
    double ways, passed;
    int64_t step; /* -1 for not met */
} Known;

/* A number, or 0 where it is not wanted. Without a branch: whether a contact is a step on is as
   good as chance, and a wrong guess of the processor costs more than all the rest. */
static inline double only_if(int wanted, double number) {
    uint64_t bits;
    memcpy(&bits, &number, sizeof bits);
    bits &= (uint64_t)0 - (uint64_t)wanted;
    memcpy(&number, &bits, sizeof bits);
    return number;
}

/* Adds to `found`, for each party, the pairs (source, t) that it stands between, each counted
   weight[source] * weight[t] times, for the sources given. `weight` may be NULL: all are 1. */
KERNEL int64_t betweenness(int64_t count, const int64_t *start, const int32_t *to,
                           const double *weight, int64_t sources, const int32_t *source,
                           double *found) {
    /* One place more: the last contact of all is written, and then not counted. */
    int32_t *order = malloc((size_t)(count + 1) * sizeof(int32_t));
    Known *known = malloc((size_t)count * sizeof(Known) + 8);
    if (!order || !known) {
        free(order);
        free(known);
        return 1;
    }
    for (int64_t i = 0; i < count; i++) known[i] = (Known){0.0, 0.0, -1};
    for (int64_t number = 0; number < sources; number++) {
        int32_t from = source[number];
        int64_t reached = 1;
        order[0] = from;
        known[from].step = 0;
        known[from].ways = 1.0;
        for (int64_t at = 0; at < reached; at++) {
            int32_t one = order[at];
            int64_t next = known[one].step + 1;
            double mine = known[one].ways;
            for (int64_t e = start[one]; e < start[one + 1]; e++) {
                Known *other = &known[to[e]];
                int fresh = other->step < 0;
                order[reached] = to[e];
                reached += fresh;
                other->step = fresh ? next : other->step;
                other->ways += only_if(other->step == next, mine);
            }
        }
        double times = weight ? weight[from] : 1.0;
        /* Backwards: (weight of the party + what passes it) / ways to it, of those a step on. */
        for (int64_t at = reached - 1; at > 0; at--) {
            int32_t one = order[at];
            Known *here = &known[one];
            int64_t next = here->step + 1;
            double sum = 0.0;
            for (int64_t e = start[one]; e < start[one + 1]; e++) {
                const Known *other = &known[to[e]];
                sum += only_if(other->step == next, other->passed);
            }
            double through = here->ways * sum;
            found[one] += times * through;
            here->passed = ((weight ? weight[one] : 1.0) + through) / here->ways;
        }
        for (int64_t at = 0; at < reached; at++) known[order[at]] = (Known){0.0, 0.0, -1};
    }
    free(order);
    free(known);
    return 0;
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

/* The same along ties with a length above 0. Ways as long as each other, but for rounding, are
   all counted. */
KERNEL int64_t betweenness_by_length(int64_t count, const int64_t *start, const int32_t *to,
                                 const double *length, const double *weight, int64_t sources,
                                 const int32_t *source, double *found) {
    Heap heap = {0};
    size_t size = (size_t)count;
    int64_t *rank = malloc(size * sizeof(int64_t));
    int32_t *order = malloc(size * sizeof(int32_t));
    double *ways = malloc(size * sizeof(double)), *passed = malloc(size * sizeof(double));
    heap.party = malloc(size * sizeof(int32_t));
    heap.place = malloc(size * sizeof(int64_t));
    heap.far = malloc(size * sizeof(double));
    double *far = heap.far;
    int failed = !rank || !order || !ways || !passed || !heap.party || !heap.place || !far;
    /* rank: when a party was reached for good; -1 not met, -2 met and waiting. */
    for (int64_t i = 0; i < count && !failed; i++) rank[i] = -1;
    for (int64_t number = 0; number < sources && !failed; number++) {
        int32_t from = source[number];
        int64_t reached = 0;
        heap.size = 1;
        heap.party[0] = from;
        heap.place[from] = 0;
        far[from] = 0.0;
        rank[from] = -2;
        while (heap.size) {
            int32_t one = take(&heap);
            rank[one] = reached;
            order[reached++] = one;
            for (int64_t e = start[one]; e < start[one + 1]; e++) {
                int32_t other = to[e];
                double along = far[one] + length[e];
                if (rank[other] >= 0) continue;
                if (rank[other] == -1) {
                    rank[other] = -2;
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
                if (rank[to[e]] > at && same(far[one] + length[e], far[to[e]]))
                    ways[to[e]] += ways[one];
        }
        double times = weight ? weight[from] : 1.0;
        for (int64_t at = reached - 1; at > 0; at--) {
            int32_t one = order[at];
            double sum = 0.0;
            for (int64_t e = start[one]; e < start[one + 1]; e++)
                if (rank[to[e]] > at && same(far[one] + length[e], far[to[e]]))
                    sum += passed[to[e]];
            double through = ways[one] * sum;
            found[one] += times * through;
            passed[one] = ((weight ? weight[one] : 1.0) + through) / ways[one];
        }
        for (int64_t at = 0; at < reached; at++) rank[order[at]] = -1;
    }
    free(rank);
    free(order);
    free(ways);
    free(passed);
    free(heap.party);
    free(heap.place);
    free(heap.far);
    return failed;
}
