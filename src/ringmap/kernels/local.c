/* What a party's own contacts tell: Burt's structural holes, PageRank, values made level. */
#include <math.h>

#include "ringmap.h"

typedef struct {
    int32_t *back;     /* for each arc the number of the arc the other way */
    int64_t *start;    /* arcs from parties of fewer contacts to those of more */
    int32_t *to;
    int32_t *arc;      /* the number of such an arc among all */
    int32_t *mark;     /* arc to a party from the one in hand, -1 for none */
} Turned;

static void free_turned(Turned *turned) {
    free(turned->back);
    free(turned->start);
    free(turned->to);
    free(turned->arc);
    free(turned->mark);
}

/* Each pair turned from the party of fewer contacts to the one of more, so that a party with a
   hundred thousand contacts does not make ten thousand million pairs (Chiba, Nishizeki 1985). */
static int make_turned(Turned *turned, int64_t count, const int64_t *start, const int32_t *to) {
    int64_t arcs = start[count];
    turned->back = malloc((size_t)arcs * sizeof(int32_t) + 8);
    turned->start = malloc((size_t)(count + 1) * sizeof(int64_t));
    turned->to = malloc((size_t)arcs / 2 * sizeof(int32_t) + 8);
    turned->arc = malloc((size_t)arcs / 2 * sizeof(int32_t) + 8);
    turned->mark = malloc((size_t)count * sizeof(int32_t) + 8);
    if (!turned->back || !turned->start || !turned->to || !turned->arc || !turned->mark) return 0;
    /* Contacts are ascending: those of a party meet it in the order of its own. */
    for (int64_t i = 0; i < count; i++) turned->mark[i] = (int32_t)start[i];
    int64_t size = 0;
    for (int64_t i = 0; i < count; i++) {
        int64_t own = start[i + 1] - start[i];
        turned->start[i] = size;
        for (int64_t e = start[i]; e < start[i + 1]; e++) {
            int64_t other = start[to[e] + 1] - start[to[e]];
            turned->back[e] = turned->mark[to[e]]++;
            if (other > own || (other == own && to[e] > i)) {
                turned->to[size] = to[e];
                turned->arc[size++] = (int32_t)e;
            }
        }
    }
    turned->start[count] = size;
    memset(turned->mark, 0xFF, (size_t)count * sizeof(int32_t));
    return 1;
}

/* What each contact of a party is to it: `share` is p_ij, `marginal` m_ij; what it invests in j by
   way of others comes to `indirect`, and for how many others it has j to `redundant`. Where
   `marginal` is NULL nobody asks for that. */
typedef struct {
    double *share;
    double *marginal;
    double *indirect;
    double *redundant;
} Sums;

static void weigh_contacts(int64_t count, const int64_t *start, const double *strength, Sums *sums) {
    for (int64_t i = 0; i < count; i++) {
        double total = 0.0, most = 0.0;
        for (int64_t e = start[i]; e < start[i + 1]; e++) {
            total += strength[e];
            if (strength[e] > most) most = strength[e];
        }
        for (int64_t e = start[i]; e < start[i + 1]; e++) sums->share[e] = strength[e] / total;
        for (int64_t e = start[i]; e < start[i + 1] && sums->marginal; e++)
            sums->marginal[e] = strength[e] / most;
    }
}

/* What a, b and c, all tied to each other, are to each other by way of the third. */
static inline void add_triangle(const Sums *sums, const Turned *turned, int64_t a, int64_t b,
                                int64_t c, int64_t ab, int64_t ac, int64_t bc) {
    const double *share = sums->share, *marginal = sums->marginal;
    double *indirect = sums->indirect, *redundant = sums->redundant;
    int64_t ba = turned->back[ab], ca = turned->back[ac], cb = turned->back[bc];
    indirect[ab] += share[ac] * share[cb];
    indirect[ba] += share[bc] * share[ca];
    indirect[ac] += share[ab] * share[bc];
    indirect[ca] += share[cb] * share[ba];
    indirect[bc] += share[ba] * share[ac];
    indirect[cb] += share[ca] * share[ab];
    if (!marginal) return;
    redundant[a] += share[ac] * marginal[bc] + share[ab] * marginal[cb];
    redundant[b] += share[bc] * marginal[ac] + share[ba] * marginal[ca];
    redundant[c] += share[cb] * marginal[ab] + share[ca] * marginal[ba];
}

static void add_triangles(int64_t count, const Sums *sums, Turned *turned) {
    for (int64_t a = 0; a < count; a++) {
        int64_t first = turned->start[a], last = turned->start[a + 1];
        if (last - first < 2) continue; /* nobody else is first of a triangle */
        for (int64_t e = first; e < last; e++) turned->mark[turned->to[e]] = turned->arc[e];
        for (int64_t e = first; e < last; e++) {
            int32_t b = turned->to[e];
            for (int64_t f = turned->start[b]; f < turned->start[b + 1]; f++) {
                int32_t c = turned->to[f], ac = turned->mark[c];
                if (ac >= 0) add_triangle(sums, turned, a, b, c, turned->arc[e], ac, turned->arc[f]);
            }
        }
        for (int64_t e = first; e < last; e++) turned->mark[turned->to[e]] = -1;
    }
}

/* Burt (1992): with z_ij the strength both ways together, p_ij = z_ij / sum_q z_iq and
   m_jq = z_jq / max_k z_jk. `strength` has z for each arc, contacts ascending. NaN for a party
   without ties. `effective`, `efficiency` and `hierarchy` may be NULL, all of them. */
KERNEL int64_t structural_holes(int64_t count, const int64_t *start, const int32_t *to,
                            const double *strength, double *constraint, double *effective,
                            double *efficiency, double *hierarchy) {
    Turned turned = {0};
    size_t arcs = (size_t)start[count];
    Sums sums = {malloc(arcs * sizeof(double) + 8),
                 effective ? malloc(arcs * sizeof(double) + 8) : NULL,
                 calloc(arcs + 1, sizeof(double)), calloc((size_t)count + 1, sizeof(double))};
    int made = make_turned(&turned, count, start, to) && sums.share && sums.indirect &&
        sums.redundant && (sums.marginal || !effective);
    if (made) {
        weigh_contacts(count, start, strength, &sums);
        add_triangles(count, &sums, &turned);
    }
    for (int64_t i = 0; i < count && made; i++) {
        double number = (double)(start[i + 1] - start[i]), sum = 0.0, disorder = 0.0;
        for (int64_t e = start[i]; e < start[i + 1]; e++) {
            double invested = sums.share[e] + sums.indirect[e];
            sums.indirect[e] = invested * invested;
            sum += sums.indirect[e];
        }
        constraint[i] = number == 0 ? NAN : sum;
        if (!effective) continue;
        if (number == 0) {
            effective[i] = efficiency[i] = hierarchy[i] = NAN;
            continue;
        }
        for (int64_t e = start[i]; e < start[i + 1]; e++) {
            double relative = sums.indirect[e] * (number / sum);
            if (relative > 0) disorder += relative * log(relative);
        }
        effective[i] = number - sums.redundant[i];
        efficiency[i] = effective[i] / number;
        hierarchy[i] = number == 1 ? 1.0 : disorder / (number * log(number));
        if (hierarchy[i] < 0) hierarchy[i] = 0.0; /* below nothing by rounding */
    }
    free_turned(&turned);
    free(sums.share);
    free(sums.marginal);
    free(sums.indirect);
    free(sums.redundant);
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

/* For each party the sum of what its contacts have. */
static inline double gather(const int64_t *start, const int32_t *to, int64_t i,
                            const double *spread) {
    double sum = 0.0;
    for (int64_t e = start[i]; e < start[i + 1]; e++) sum += spread[to[e]];
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
    for (int step = 0; step < 400 && made && error > 1e-30 * (double)all->core; step++) {
        double product = 0.0, smaller = 0.0;
        for (int64_t i = 0; i < all->core; i++) {
            pushed[i] = along[i] - DAMPING * even[i] * gather(all->start, all->to, i, spread);
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
        rank[i] = 1.0 + DAMPING * gather(start, to, i, all.solved);
    free_equations(&all);
    return !made;
}

#define DIGIT 11
#define DIGITS 6

/* Values with those made equal that follow each other, when sorted, at less than `same` times
   their size (or `same`, if that is more): of each such row the middle one stands for all. */
KERNEL int64_t level(int64_t count, double same, double *values) {
    uint64_t *key = malloc((size_t)count * sizeof(uint64_t) + 8);
    int32_t *order = malloc((size_t)count * sizeof(int32_t) + 8);
    int32_t *other = malloc((size_t)count * sizeof(int32_t) + 8);
    int64_t *begin = malloc(sizeof(int64_t) << DIGIT);
    if (!key || !order || !other || !begin) {
        free(key);
        free(order);
        free(other);
        free(begin);
        return 1;
    }
    int32_t told = 0;
    for (int64_t i = 0; i < count; i++) {
        if (isnan(values[i])) continue;
        double value = values[i] + 0.0;
        memcpy(&key[i], &value, sizeof value);
        key[i] = key[i] >> 63 ? ~key[i] : key[i] | (uint64_t)1 << 63;
        order[told++] = (int32_t)i;
    }
    for (int digit = 0; digit < DIGITS; digit++) {
        int shift = digit * DIGIT;
        memset(begin, 0, sizeof(int64_t) << DIGIT);
        for (int32_t at = 0; at < told; at++)
            begin[key[order[at]] >> shift & ((1 << DIGIT) - 1)]++;
        int64_t sum = 0, most = 0;
        for (int one = 0; one < 1 << DIGIT; one++) {
            int64_t number = begin[one];
            begin[one] = sum;
            sum += number;
            if (number > most) most = number;
        }
        if (most == told) continue;
        for (int32_t at = 0; at < told; at++)
            other[begin[key[order[at]] >> shift & ((1 << DIGIT) - 1)]++] = order[at];
        int32_t *swap = order;
        order = other;
        other = swap;
    }
    int32_t first = 0;
    for (int32_t at = 1; at <= told; at++) {
        if (at < told) {
            double here = values[order[at]], size = fabs(here) > same ? fabs(here) : same;
            if (!(here - values[order[at - 1]] > same * size)) continue;
        }
        for (int32_t one = first; one < at; one++) other[one] = order[first + (at - first) / 2];
        first = at;
    }
    /* Only now: a value is compared as it was. */
    double *levelled = malloc((size_t)told * sizeof(double) + 8);
    if (levelled) {
        for (int32_t at = 0; at < told; at++) levelled[at] = values[other[at]] + 0.0;
        for (int32_t at = 0; at < told; at++) values[order[at]] = levelled[at];
    }
    int failed = !levelled;
    free(levelled);
    free(key);
    free(order);
    free(other);
    free(begin);
    return failed;
}
