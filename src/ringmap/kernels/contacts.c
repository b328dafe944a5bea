/* Tied pairs as contacts to walk along, their parts, cores and cut vertices. */
#include "ringmap.h"

/* Contacts of each party from pairs, which are sorted by `low` and then `high`, `low` before
   `high`. `to` is ascending for each party; `pair` has the number of the pair of each contact. */
KERNEL int64_t contacts_of_pairs(int64_t count, int64_t pairs, const int64_t *low,
                             const int64_t *high, int64_t *start, int32_t *to, int32_t *pair) {
    int64_t *next = malloc((size_t)count * sizeof(int64_t));
    if (!next) return 1;
    memset(start, 0, (size_t)(count + 1) * sizeof(int64_t));
    for (int64_t e = 0; e < pairs; e++) {
        start[low[e] + 1]++;
        start[high[e] + 1]++;
    }
    for (int64_t i = 0; i < count; i++) {
        start[i + 1] += start[i];
        next[i] = start[i];
    }
    for (int64_t e = 0; e < pairs; e++) {
        int64_t at = next[high[e]]++;
        to[at] = (int32_t)low[e];
        pair[at] = (int32_t)e;
    }
    for (int64_t e = 0; e < pairs; e++) {
        int64_t at = next[low[e]]++;
        to[at] = (int32_t)high[e];
        pair[at] = (int32_t)e;
    }
    free(next);
    return 0;
}

/* The number of the connected part of each party, counted by first party; with a `group` for each,
   NULL for none, of the part inside its group. */
KERNEL int64_t parts(int64_t count, const int64_t *start, const int32_t *to, const int32_t *group,
                     int64_t *part) {
    int32_t *waiting = malloc((size_t)count * sizeof(int32_t));
    if (!waiting) return 1;
    for (int64_t i = 0; i < count; i++) part[i] = -1;
    int64_t number = 0;
    for (int64_t first = 0; first < count; first++) {
        if (part[first] >= 0) continue;
        int64_t size = 1;
        waiting[0] = (int32_t)first;
        part[first] = number;
        while (size) {
            int32_t one = waiting[--size];
            for (int64_t e = start[one]; e < start[one + 1]; e++)
                if (part[to[e]] < 0 && (!group || group[to[e]] == group[one])) {
                    part[to[e]] = number;
                    waiting[size++] = to[e];
                }
        }
        number++;
    }
    free(waiting);
    return 0;
}

/* The largest k of a core that holds each party (Batagelj, Zaversnik 2003). */
KERNEL int64_t cores(int64_t count, const int64_t *start, const int32_t *to, int64_t *core) {
    int64_t most = 0;
    for (int64_t i = 0; i < count; i++) {
        core[i] = start[i + 1] - start[i];
        if (core[i] > most) most = core[i];
    }
    int64_t *begin = calloc((size_t)most + 2, sizeof(int64_t));
    int64_t *place = malloc((size_t)count * sizeof(int64_t));
    int32_t *order = malloc((size_t)count * sizeof(int32_t));
    if (!begin || !place || !order) {
        free(begin);
        free(place);
        free(order);
        return 1;
    }
    for (int64_t i = 0; i < count; i++) begin[core[i] + 1]++;
    for (int64_t k = 0; k <= most; k++) begin[k + 1] += begin[k];
    for (int64_t i = 0; i < count; i++) {
        place[i] = begin[core[i]]++;
        order[place[i]] = (int32_t)i;
    }
    for (int64_t k = most; k > 0; k--) begin[k] = begin[k - 1];
    begin[0] = 0;
    for (int64_t at = 0; at < count; at++) {
        int32_t one = order[at];
        for (int64_t e = start[one]; e < start[one + 1]; e++) {
            int32_t other = to[e];
            if (core[other] <= core[one]) continue;
            /* To the front of those with as many contacts left, and one fewer from now on. */
            int64_t front = begin[core[other]]++;
            int32_t moved = order[front];
            order[place[other]] = moved;
            place[moved] = place[other];
            order[front] = other;
            place[other] = front;
            core[other]--;
        }
    }
    free(begin);
    free(place);
    free(order);
    return 0;
}

/* How many parties lose the largest part of their network when a party is taken out, 0 for one
   that is no cut vertex: a walk in depth, and who of those below can get above without the
   party (Hopcroft, Tarjan 1973). */
KERNEL int64_t lost_without(int64_t count, const int64_t *start, const int32_t *to, int64_t *lost) {
    size_t size = (size_t)count;
    int64_t *next = malloc(size * sizeof(int64_t));
    int32_t *met = malloc(size * sizeof(int32_t)), *above = malloc(size * sizeof(int32_t));
    int32_t *highest = malloc(size * sizeof(int32_t)), *order = malloc(size * sizeof(int32_t));
    int64_t *below = malloc(size * sizeof(int64_t)), *apart = calloc(size, sizeof(int64_t));
    int64_t *largest = calloc(size, sizeof(int64_t));
    int failed = !next || !met || !above || !highest || !order || !below || !apart || !largest;
    if (!failed) memset(met, 0xFF, size * sizeof(int32_t));
    for (int64_t root = 0; root < count && !failed; root++) {
        if (met[root] >= 0) continue;
        int32_t one = (int32_t)root, number = 0;
        met[one] = highest[one] = 0;
        above[one] = -1;
        below[one] = 1;
        next[one] = start[one];
        order[number++] = one;
        while (one >= 0) {
            if (next[one] < start[one + 1]) {
                int32_t other = to[next[one]++];
                if (met[other] < 0) {
                    met[other] = highest[other] = number;
                    above[other] = one;
                    below[other] = 1;
                    next[other] = start[other];
                    order[number++] = other;
                    one = other;
                } else if (other != above[one] && met[other] < highest[one]) {
                    highest[one] = met[other];
                }
                continue;
            }
            int32_t up = above[one];
            if (up >= 0) {
                below[up] += below[one];
                if (highest[one] < highest[up]) highest[up] = highest[one];
                if (highest[one] >= met[up]) {
                    apart[up] += below[one];
                    if (below[one] > largest[up]) largest[up] = below[one];
                }
            }
            one = up;
        }
        for (int32_t at = 0; at < number; at++) {
            int32_t here = order[at];
            int64_t rest = number - 1 - apart[here];
            lost[here] = number - 1 - (rest > largest[here] ? rest : largest[here]);
        }
    }
    free(next);
    free(met);
    free(above);
    free(highest);
    free(order);
    free(below);
    free(apart);
    free(largest);
    return failed;
}
