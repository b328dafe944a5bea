/* What a party's own contacts tell: Burt's structural holes, PageRank, values made level. */
#include <math.h>

#include "ringmap.h"

/* Each pair once, turned from the party of fewer contacts to the one of more, so that a party with
   a hundred thousand contacts does not make ten thousand million pairs (Chiba, Nishizeki 1985). */
typedef struct {
    int64_t *start;
    int32_t *to;
    double *strength; /* of each turned pair; NULL where all are alike */
    int32_t *mark;    /* the number of the pair with the party in hand, -1 for none */
} Turned;

static void free_turned(Turned *turned) {
    free(turned->start);
    free(turned->to);
    free(turned->strength);
    free(turned->mark);
}

static int make_turned(Turned *turned, const Network *network, const double *strength) {
    const int64_t *start = network->start;
    int64_t pairs = start[network->count] / 2, size = 0;
    turned->start = malloc((size_t)(network->count + 1) * sizeof(int64_t));
    turned->to = malloc((size_t)pairs * sizeof(int32_t) + 8);
    turned->strength = strength ? malloc((size_t)pairs * sizeof(double) + 8) : NULL;
    turned->mark = malloc((size_t)network->count * sizeof(int32_t) + 8);
    if (!turned->start || !turned->to || !turned->mark || (strength && !turned->strength)) return 0;
    memset(turned->mark, 0xFF, (size_t)network->count * sizeof(int32_t));
    for (int64_t i = 0; i < network->count; i++) {
        int64_t own = start[i + 1] - start[i];
        turned->start[i] = size;
        for (int64_t e = start[i]; e < start[i + 1]; e++) {
            int32_t to = network->to[e];
            int64_t other = start[to + 1] - start[to];
            /* Written in any case: which way a pair turns is a guess that fails every other time. */
            if (strength) turned->strength[size] = strength[e];
            turned->to[size] = to;
            size += (other > own) | ((other == own) & (to > i));
        }
    }
    turned->start[network->count] = size;
    return 1;
}

/* What contacts are to each other: with z_ij the strength both ways together and z_i its sum over
   contacts, p_ij = z_ij / z_i, and sum_q p_iq p_qj = shared_ij / z_i, where shared_ij, the same
   for both, is the sum of z_iq z_qj / z_q. So each pair has one number, not each arc. */
typedef struct {
    double *total;     /* z_i */
    double *even;      /* 1 / z_i, where all pairs are alike */
    double *most;      /* the largest z_ik; NULL where nobody asks for `redundant` */
    double *shared;    /* of each turned pair */
    double *redundant; /* for how many others a party has its contacts */
} Sums;

static void free_sums(Sums *sums) {
    free(sums->total);
    free(sums->even);
    free(sums->most);
    free(sums->shared);
    free(sums->redundant);
}

static int make_sums(Sums *sums, const Network *network, const double *strength, int redundant) {
    const int64_t *start = network->start;
    size_t size = (size_t)network->count * sizeof(double) + 8;
    sums->total = malloc(size);
    sums->even = malloc(size);
    sums->shared = calloc((size_t)start[network->count] / 2 + 1, sizeof(double));
    sums->most = redundant ? malloc(size) : NULL;
    sums->redundant = redundant ? calloc((size_t)network->count + 1, sizeof(double)) : NULL;
    if (!sums->total || !sums->even || !sums->shared) return 0;
    if (redundant && !(sums->most && sums->redundant)) return 0;
    for (int64_t i = 0; i < network->count; i++) {
        double total = strength ? 0.0 : (double)(start[i + 1] - start[i]), most = !strength;
        for (int64_t e = start[i]; e < start[i + 1] && strength; e++) {
            total += strength[e];
            if (strength[e] > most) most = strength[e];
        }
        sums->total[i] = total;
        sums->even[i] = 1.0 / total;
        if (redundant) sums->most[i] = most;
    }
    return 1;
}

/* How redundant j and q, tied to each other, are to i. */
static inline double redundance(const Sums *sums, int64_t i, int64_t j, int64_t q, double ij,
                                double iq, double jq) {
    return iq / sums->total[i] * (jq / sums->most[j]) + ij / sums->total[i] * (jq / sums->most[q]);
}

/* What a, b and c, all tied to each other, are to each other by way of the third. */
static inline void add_triangle(const Sums *sums, const Turned *turned, int64_t a, int64_t b,
                                int64_t c, int64_t ab, int64_t ac, int64_t bc) {
    double *shared = sums->shared, *redundant = sums->redundant;
    const double *total = sums->total, *z = turned->strength;
    if (!z) {
        shared[ab] += sums->even[c];
        shared[ac] += sums->even[b];
        shared[bc] += sums->even[a];
        if (!redundant) return;
        redundant[a] += 2.0 * sums->even[a];
        redundant[b] += 2.0 * sums->even[b];
        redundant[c] += 2.0 * sums->even[c];
        return;
    }
    shared[ab] += z[ac] * (z[bc] / total[c]);
    shared[ac] += z[ab] * (z[bc] / total[b]);
    shared[bc] += z[ab] * (z[ac] / total[a]);
    if (!redundant) return;
    redundant[a] += redundance(sums, a, b, c, z[ab], z[ac], z[bc]);
    redundant[b] += redundance(sums, b, a, c, z[ab], z[bc], z[ac]);
    redundant[c] += redundance(sums, c, a, b, z[ac], z[bc], z[ab]);
}

static void add_triangles(int64_t count, const Sums *sums, Turned *turned) {
    const int64_t *start = turned->start;
    const int32_t *to = turned->to;
    for (int64_t a = 0; a < count; a++) {
        if (start[a + 1] - start[a] < 2) continue; /* nobody else is first of a triangle */
        for (int64_t e = start[a]; e < start[a + 1]; e++) turned->mark[to[e]] = (int32_t)e;
        for (int64_t e = start[a]; e < start[a + 1]; e++)
            for (int64_t f = start[to[e]]; f < start[to[e] + 1]; f++)
                if (turned->mark[to[f]] >= 0)
                    add_triangle(sums, turned, a, to[e], to[f], e, turned->mark[to[f]], f);
        for (int64_t e = start[a]; e < start[a + 1]; e++) turned->mark[to[e]] = -1;
    }
}

/* The square of what a party invests in a contact, itself and by way of others. */
static inline double invested(const Sums *sums, const Turned *turned, int64_t party, int64_t pair) {
    double both = (turned->strength ? turned->strength[pair] : 1.0) + sums->shared[pair];
    return both / sums->total[party] * (both / sums->total[party]);
}

static void add_disorder(int64_t count, const Sums *sums, const Turned *turned,
                         const int64_t *start, const double *constraint, double *disorder) {
    for (int64_t a = 0; a < count; a++)
        for (int64_t e = turned->start[a]; e < turned->start[a + 1]; e++) {
            int64_t ends[2] = {a, turned->to[e]};
            for (int which = 0; which < 2; which++) {
                int64_t i = ends[which];
                double number = (double)(start[i + 1] - start[i]);
                double relative = invested(sums, turned, i, e) * (number / constraint[i]);
                if (relative > 0) disorder[i] += relative * log(relative);
            }
        }
}

/* Burt (1992): with z_ij the strength both ways together, p_ij = z_ij / sum_q z_iq and
   m_jq = z_jq / max_k z_jk. `strength` has z for each arc, contacts ascending; NULL where all are
   alike. NaN for a party without ties. `effective`, `efficiency` and `hierarchy` may be NULL, all
   of them. */
KERNEL int64_t structural_holes(int64_t count, const int64_t *start, const int32_t *to,
                            const double *strength, double *constraint, double *effective,
                            double *efficiency, double *hierarchy) {
    Network network = {count, start, to};
    Turned turned = {0};
    Sums sums = {0};
    int made = make_turned(&turned, &network, strength) &&
        make_sums(&sums, &network, strength, effective != NULL);
    if (made) add_triangles(count, &sums, &turned);
    for (int64_t i = 0; i < count && made; i++) constraint[i] = start[i + 1] > start[i] ? 0.0 : NAN;
    for (int64_t a = 0; a < count && made; a++)
        for (int64_t e = turned.start[a]; e < turned.start[a + 1]; e++) {
            constraint[a] += invested(&sums, &turned, a, e);
            constraint[turned.to[e]] += invested(&sums, &turned, turned.to[e], e);
        }
    if (made && effective) {
        for (int64_t i = 0; i < count; i++) hierarchy[i] = 0.0;
        add_disorder(count, &sums, &turned, start, constraint, hierarchy);
    }
    for (int64_t i = 0; i < count && made && effective; i++) {
        double number = (double)(start[i + 1] - start[i]);
        effective[i] = number > 0 ? number - sums.redundant[i] : NAN;
        efficiency[i] = number > 0 ? effective[i] / number : NAN;
        if (number < 2) hierarchy[i] = number > 0 ? 1.0 : NAN;
        else hierarchy[i] /= number * log(number);
        if (hierarchy[i] < 0) hierarchy[i] = 0.0; /* below nothing by rounding */
    }
    free_turned(&turned);
    free_sums(&sums);
    return !made;
}

#define DAMPING 0.85

/* PageRank without direction, as a rank for each contact: d_i s_i = 1 + .85 sum_j s_j, with d_i
   contacts. Trees that hang from the rest are taken out of these equations, which leaves `pivot`
   for d and `load` for 1. What is left are `core` parties and their contacts among each other. */
typedef struct {
    double *pivot, *load, *solved;
    int32_t *above;  /* what a party that was taken out hung from, -1 for the others */
    int32_t *order;  /* those taken out, the ends of branches first; then the core */
    int32_t *place;  /* in the core, or contacts that are left */
    int64_t taken, core;
    int64_t *start;
    int32_t *to;
} Equations;

static void free_equations(Equations *all) {
    free(all->pivot);
    free(all->load);
    free(all->solved);
    free(all->above);
    free(all->order);
    free(all->place);
    free(all->start);
    free(all->to);
}

static int make_equations(Equations *all, const Network *network) {
    size_t size = (size_t)network->count + 1;
    all->pivot = malloc(size * sizeof(double));
    all->load = malloc(size * sizeof(double));
    all->solved = malloc(size * sizeof(double));
    all->above = malloc(size * sizeof(int32_t));
    all->order = malloc(size * sizeof(int32_t));
    all->place = malloc(size * sizeof(int32_t));
    all->start = malloc(size * sizeof(int64_t));
    all->to = malloc((size_t)network->start[network->count] * sizeof(int32_t) + 8);
    return all->pivot && all->load && all->solved && all->above && all->order && all->place &&
        all->start && all->to;
}

/* Take out whoever has one contact left, and go on with that contact. */
static void take_trees(Equations *all, const Network *network) {
    all->taken = 0;
    for (int32_t i = 0; i < network->count; i++) {
        all->place[i] = (int32_t)(network->start[i + 1] - network->start[i]);
        all->pivot[i] = (double)all->place[i];
        all->load[i] = 1.0;
        all->above[i] = -1;
    }
    for (int32_t i = 0; i < network->count; i++) {
        for (int32_t one = i; all->place[one] == 1;) {
            int64_t e = network->start[one];
            while (all->above[network->to[e]] >= 0 || all->place[network->to[e]] < 1) e++;
            int32_t up = network->to[e];
            all->above[one] = up;
            all->order[all->taken++] = one;
            all->place[one] = 0;
            all->place[up]--;
            all->pivot[up] -= DAMPING * DAMPING / all->pivot[one];
            all->load[up] += DAMPING * all->load[one] / all->pivot[one];
            one = up;
        }
    }
}

/* Parties next to each other in number, so many at a time, are put in the order of their contacts,
   up to MOST: sums of as many numbers follow each other, and memory is read nearly in order. */
#define BLOCK 4096
#define MOST 16

static void number_core(Equations *all, int64_t count) {
    int32_t *core = all->order + all->taken;
    all->core = 0;
    for (int64_t first = 0; first < count; first += BLOCK) {
        int64_t last = first + BLOCK < count ? first + BLOCK : count, begin[MOST + 2] = {0};
        for (int64_t i = first; i < last; i++)
            if (all->place[i]) begin[(all->place[i] < MOST ? all->place[i] : MOST) + 1]++;
        for (int k = 0; k <= MOST; k++) begin[k + 1] += begin[k];
        for (int64_t i = first; i < last; i++) {
            if (!all->place[i]) continue;
            int64_t at = all->core + begin[all->place[i] < MOST ? all->place[i] : MOST]++;
            core[at] = (int32_t)i;
            all->place[i] = (int32_t)at;
        }
        all->core += begin[MOST];
    }
}

/* Those that have contacts left, numbered from 0; who has none and hangs from nobody is solved. */
static void keep_core(Equations *all, const Network *network) {
    int64_t arcs = 0;
    int32_t *core = all->order + all->taken;
    for (int64_t i = 0; i < network->count; i++)
        if (!all->place[i])
            all->solved[i] = all->pivot[i] > 0 ? all->load[i] / all->pivot[i] : 0.0;
    number_core(all, network->count);
    for (int64_t at = 0; at < all->core; at++) {
        int32_t one = core[at];
        all->start[at] = arcs;
        for (int64_t e = network->start[one]; e < network->start[one + 1]; e++)
            if (all->above[network->to[e]] < 0) all->to[arcs++] = all->place[network->to[e]];
    }
    all->start[all->core] = arcs;
}

/* What one has is asked for so many contacts ahead. */
#define AHEAD 24

/* For a party of `count` the sum of what its contacts have. */
static inline double gather(int64_t count, const int64_t *start, const int32_t *to, int64_t i,
                            const double *spread) {
    double sum = 0.0;
    for (int64_t e = start[i]; e < start[i + 1]; e++) {
        if (e + AHEAD < start[count]) SOON(spread + to[e + AHEAD]);
        sum += spread[to[e]];
    }
    return sum;
}

/* Conjugate gradients on (I - .85 P^-1/2 A P^-1/2) y = P^-1/2 load, of which s is P^-1/2 y. */
static int solve_core(Equations *all) {
    size_t size = (size_t)all->core * sizeof(double) + 8;
    double *even = malloc(size), *solved = calloc(size, 1), *left = malloc(size);
    double *along = malloc(size), *spread = malloc(size), *pushed = malloc(size);
    int made = even && solved && left && along && spread && pushed;
    const int32_t *core = all->order + all->taken;
    double error = 0.0;
    for (int64_t i = 0; i < all->core && made; i++) {
        even[i] = 1.0 / sqrt(all->pivot[core[i]]);
        left[i] = along[i] = even[i] * all->load[core[i]];
        spread[i] = along[i] * even[i];
        error += left[i] * left[i];
    }
    for (int step = 0; step < 400 && made && error > 1e-26 * (double)all->core; step++) {
        double product = 0.0, smaller = 0.0;
        for (int64_t i = 0; i < all->core; i++) {
            double near = gather(all->core, all->start, all->to, i, spread);
            pushed[i] = along[i] - DAMPING * even[i] * near;
            product += along[i] * pushed[i];
        }
        double length = error / product;
        for (int64_t i = 0; i < all->core; i++) {
            solved[i] += length * along[i];
            left[i] -= length * pushed[i];
            smaller += left[i] * left[i];
        }
        for (int64_t i = 0; i < all->core; i++) {
            along[i] = left[i] + (smaller / error) * along[i];
            spread[i] = along[i] * even[i];
        }
        error = smaller;
    }
    for (int64_t i = 0; i < all->core && made; i++) all->solved[core[i]] = solved[i] * even[i];
    free(even);
    free(solved);
    free(left);
    free(along);
    free(spread);
    free(pushed);
    return made;
}

/* PageRank without direction. A party without ties keeps a rank of 1; the caller scales. */
KERNEL int64_t page_rank(int64_t count, const int64_t *start, const int32_t *to, double *rank) {
    Network network = {count, start, to};
    Equations all = {0};
    int made = make_equations(&all, &network);
    if (made) {
        take_trees(&all, &network);
        keep_core(&all, &network);
        made = solve_core(&all);
    }
    for (int64_t at = made ? all.taken : 0; at > 0; at--) {
        int32_t one = all.order[at - 1];
        all.solved[one] = (all.load[one] + DAMPING * all.solved[all.above[one]]) / all.pivot[one];
    }
    /* One step as the walk takes it irons out what is left of the error. */
    for (int64_t i = 0; i < count && made; i++)
        rank[i] = 1.0 + DAMPING * gather(count, start, to, i, all.solved);
    free_equations(&all);
    return !made;
}

#define DIGIT 11
#define DIGITS 6
#define VALUES (1 << DIGIT)

/* A value as a number without sign in the same order, and whose it is. */
typedef struct {
    uint64_t key;
    int64_t place;
} Keyed;

static inline uint64_t key_of(double value) {
    uint64_t key;
    value += 0.0; /* -0 is 0 */
    memcpy(&key, &value, sizeof key);
    return key >> 63 ? ~key : key | (uint64_t)1 << 63;
}

static inline double value_of(uint64_t key) {
    double value;
    key = key >> 63 ? key & ~((uint64_t)1 << 63) : ~key;
    memcpy(&value, &key, sizeof value);
    return value;
}

/* Sorted digit by digit, from the last; which of the two holds them then. */
static Keyed *sort_keyed(Keyed *one, Keyed *other, int64_t size, int64_t (*begin)[VALUES]) {
    memset(begin, 0, sizeof *begin * DIGITS);
    for (int64_t at = 0; at < size; at++)
        for (int digit = 0; digit < DIGITS; digit++)
            begin[digit][one[at].key >> digit * DIGIT & (VALUES - 1)]++;
    for (int digit = 0; digit < DIGITS && size; digit++) {
        int shift = digit * DIGIT;
        if (begin[digit][one[0].key >> shift & (VALUES - 1)] == size) continue;
        int64_t sum = 0;
        for (int value = 0; value < VALUES; value++) {
            int64_t number = begin[digit][value];
            begin[digit][value] = sum;
            sum += number;
        }
        for (int64_t at = 0; at < size; at++)
            other[begin[digit][one[at].key >> shift & (VALUES - 1)]++] = one[at];
        Keyed *swap = one;
        one = other;
        other = swap;
    }
    return one;
}

/* Values with those made equal that follow each other, when sorted, at less than `same` times
   their size (or `same`, if that is more): of each such row the middle one stands for all. */
KERNEL int64_t level(int64_t count, double same, double *values) {
    Keyed *both = malloc((size_t)count * 2 * sizeof(Keyed) + 8);
    int64_t(*begin)[VALUES] = malloc(sizeof *begin * DIGITS);
    int made = both && begin;
    int64_t told = 0, first = 0;
    for (int64_t i = 0; i < count && made; i++)
        if (!isnan(values[i])) both[told++] = (Keyed){key_of(values[i]), i};
    const Keyed *sorted = made ? sort_keyed(both, both + count, told, begin) : NULL;
    for (int64_t at = 1; at <= told; at++) {
        if (at < told) {
            double here = value_of(sorted[at].key), size = fabs(here) > same ? fabs(here) : same;
            if (!(here - value_of(sorted[at - 1].key) > same * size)) continue;
        }
        double middle = value_of(sorted[first + (at - first) / 2].key);
        for (; first < at; first++) values[sorted[first].place] = middle;
    }
    free(both);
    free(begin);
    return !made;
}
