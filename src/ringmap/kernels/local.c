/* What a party's own contacts tell: Burt's structural holes, PageRank, values made level. */
#include <math.h>

#include "ringmap.h"

typedef struct {
    int64_t *back;     /* for each arc the number of the arc the other way */
    int64_t *start;    /* arcs from parties of fewer contacts to those of more */
    int32_t *to;
    int64_t *arc;      /* the number of such an arc among all */
    int64_t *mark;     /* arc to a party from the one in hand, -1 for none */
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
    turned->back = malloc((size_t)arcs * sizeof(int64_t) + 8);
    turned->start = malloc((size_t)(count + 1) * sizeof(int64_t));
    turned->to = malloc((size_t)arcs / 2 * sizeof(int32_t) + 8);
    turned->arc = malloc((size_t)arcs / 2 * sizeof(int64_t) + 8);
    turned->mark = malloc((size_t)count * sizeof(int64_t) + 8);
    if (!turned->back || !turned->start || !turned->to || !turned->arc || !turned->mark) return 0;
    /* Contacts are ascending: those of a party meet it in the order of its own. */
    for (int64_t i = 0; i < count; i++) turned->mark[i] = start[i];
    for (int64_t i = 0; i < count; i++)
        for (int64_t e = start[i]; e < start[i + 1]; e++)
            turned->back[e] = turned->mark[to[e]]++;
    int64_t size = 0;
    for (int64_t i = 0; i < count; i++) {
        int64_t own = start[i + 1] - start[i];
        turned->start[i] = size;
        for (int64_t e = start[i]; e < start[i + 1]; e++) {
            int64_t other = start[to[e] + 1] - start[to[e]];
            if (other > own || (other == own && to[e] > i)) {
                turned->to[size] = to[e];
                turned->arc[size++] = e;
            }
        }
    }
    turned->start[count] = size;
    memset(turned->mark, 0xFF, (size_t)count * sizeof(int64_t));
    return 1;
}

/* Burt (1992): with z_ij the strength both ways together, p_ij = z_ij / sum_q z_iq and
   m_jq = z_jq / max_k z_jk. `strength` has z for each arc, contacts ascending. NaN for a party
   without ties. */
KERNEL int64_t structural_holes(int64_t count, const int64_t *start, const int32_t *to,
                            const double *strength, double *constraint, double *effective,
                            double *efficiency, double *hierarchy) {
    Turned turned = {0};
    int64_t arcs = start[count];
    double *share = malloc((size_t)arcs * sizeof(double) + 8);
    double *marginal = malloc((size_t)arcs * sizeof(double) + 8);
    double *indirect = calloc((size_t)arcs + 1, sizeof(double));
    double *redundant = calloc((size_t)count + 1, sizeof(double));
    if (!make_turned(&turned, count, start, to) || !share || !marginal || !indirect || !redundant) {
        free_turned(&turned);
        free(share);
        free(marginal);
        free(indirect);
        free(redundant);
        return 1;
    }
    for (int64_t i = 0; i < count; i++) {
        double total = 0.0, most = 0.0;
        for (int64_t e = start[i]; e < start[i + 1]; e++) {
            total += strength[e];
            if (strength[e] > most) most = strength[e];
        }
        for (int64_t e = start[i]; e < start[i + 1]; e++) {
            share[e] = strength[e] / total;
            marginal[e] = strength[e] / most;
        }
    }
    for (int64_t a = 0; a < count; a++) {
        for (int64_t e = turned.start[a]; e < turned.start[a + 1]; e++)
            turned.mark[turned.to[e]] = turned.arc[e];
        for (int64_t e = turned.start[a]; e < turned.start[a + 1]; e++) {
            int32_t b = turned.to[e];
            int64_t ab = turned.arc[e], ba = turned.back[ab];
            for (int64_t f = turned.start[b]; f < turned.start[b + 1]; f++) {
                int32_t c = turned.to[f];
                int64_t ac = turned.mark[c];
                if (ac < 0) continue;
                int64_t ca = turned.back[ac], bc = turned.arc[f], cb = turned.back[bc];
                indirect[ab] += share[ac] * share[cb];
                indirect[ba] += share[bc] * share[ca];
                indirect[ac] += share[ab] * share[bc];
                indirect[ca] += share[cb] * share[ba];
                indirect[bc] += share[ba] * share[ac];
                indirect[cb] += share[ca] * share[ab];
                redundant[a] += share[ac] * marginal[bc] + share[ab] * marginal[cb];
                redundant[b] += share[bc] * marginal[ac] + share[ba] * marginal[ca];
                redundant[c] += share[cb] * marginal[ab] + share[ca] * marginal[ba];
            }
        }
        for (int64_t e = turned.start[a]; e < turned.start[a + 1]; e++)
            turned.mark[turned.to[e]] = -1;
    }
    for (int64_t i = 0; i < count; i++) {
        double number = (double)(start[i + 1] - start[i]), sum = 0.0, disorder = 0.0;
        if (number == 0) {
            constraint[i] = effective[i] = efficiency[i] = hierarchy[i] = NAN;
            continue;
        }
        for (int64_t e = start[i]; e < start[i + 1]; e++) {
            indirect[e] = (share[e] + indirect[e]) * (share[e] + indirect[e]);
            sum += indirect[e];
        }
        for (int64_t e = start[i]; e < start[i + 1]; e++) {
            double relative = indirect[e] * (number / sum);
            if (relative > 0) disorder += relative * log(relative);
        }
        constraint[i] = sum;
        effective[i] = number - redundant[i];
        efficiency[i] = effective[i] / number;
        hierarchy[i] = number == 1 ? 1.0 : disorder / (number * log(number));
        if (hierarchy[i] < 0) hierarchy[i] = 0.0; /* below nothing by rounding */
    }
    free_turned(&turned);
    free(share);
    free(marginal);
    free(indirect);
    free(redundant);
    return 0;
}

/* For each party the sum of what its contacts have. */
static inline double gather(const Network *network, int64_t i, const double *spread) {
    double sum = 0.0;
    for (int64_t e = network->start[i]; e < network->start[i + 1]; e++)
        sum += spread[network->to[e]];
    return sum;
}

/* PageRank without direction: conjugate gradients on (I - .85 D^-1/2 A D^-1/2) y = D^-1/2, of
   which the rank is D^1/2 y. A party without ties keeps a rank of 1; the caller scales. */
KERNEL int64_t page_rank(int64_t count, const int64_t *start, const int32_t *to, double *rank) {
    size_t size = (size_t)count * sizeof(double) + 8;
    double *even = malloc(size), *solved = malloc(size), *left = malloc(size);
    double *along = malloc(size), *spread = malloc(size), *pushed = malloc(size);
    int failed = !even || !solved || !left || !along || !spread || !pushed;
    Network network = {count, start, to};
    double error = 0.0;
    for (int64_t i = 0; i < count && !failed; i++) { /* even: D^-1/2, 0 without ties */
        int64_t number = start[i + 1] - start[i];
        even[i] = number ? 1.0 / sqrt((double)number) : 0.0;
        solved[i] = even[i] / 0.15;
        spread[i] = solved[i] * even[i];
    }
    for (int64_t i = 0; i < count && !failed; i++) {
        left[i] = even[i] - (solved[i] - 0.85 * even[i] * gather(&network, i, spread));
        along[i] = left[i];
        error += left[i] * left[i];
    }
    for (int step = 0; step < 400 && !failed && error > 1e-32 * (double)count; step++) {
        double product = 0.0, smaller = 0.0;
        for (int64_t i = 0; i < count; i++) spread[i] = along[i] * even[i];
        for (int64_t i = 0; i < count; i++) {
            pushed[i] = along[i] - 0.85 * even[i] * gather(&network, i, spread);
            product += along[i] * pushed[i];
        }
        double length = error / product;
        for (int64_t i = 0; i < count; i++) {
            solved[i] += length * along[i];
            left[i] -= length * pushed[i];
            smaller += left[i] * left[i];
        }
        for (int64_t i = 0; i < count; i++) along[i] = left[i] + (smaller / error) * along[i];
        error = smaller;
    }
    /* One step as the walk takes it irons out what is left of the error. */
    for (int64_t i = 0; i < count && !failed; i++) spread[i] = solved[i] * even[i];
    for (int64_t i = 0; i < count && !failed; i++)
        rank[i] = 1.0 + 0.85 * gather(&network, i, spread);
    free(even);
    free(solved);
    free(left);
    free(along);
    free(spread);
    free(pushed);
    return failed;
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
