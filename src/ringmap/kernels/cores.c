/* The core whose pattern fits the ties best (Borgatti, Everett 2000), climbed step by step. */
#include "ringmap.h"
#include <math.h>

/* Fits of parties of so many contacts are kept for all who have as many of them in the core. */
#define KEPT 64

/* Parties in the core, ties in it, and ties outside. */
typedef struct {
    double size, inner, outer;
} Core;

/* Correlation of the ties with the pattern; -1 where there is no pattern. The same steps as in
   analysis/core.py, so that it is the same number. */
static double fit_of(Core core, double count) {
    double core_pairs = core.size * (core.size - 1) / 2;
    double rest_pairs = (count - core.size) * (count - core.size - 1) / 2;
    double ties = core.inner + core.outer, pairs = core_pairs + rest_pairs;
    double spread = core_pairs * rest_pairs * ties * (pairs - ties);
    return spread > 0 ? (core.inner * rest_pairs - core.outer * core_pairs) / sqrt(spread) : -1.0;
}

/* The fit when a party of `far` contacts outside the core and `near` in it comes or goes. */
static inline double fit_with(Core core, int inside, int64_t near, int64_t far, double count) {
    double step = inside ? -1.0 : 1.0;
    Core then = {core.size + step, core.inner + step * (double)near, core.outer - step * (double)far};
    return fit_of(then, count);
}

/* Move one party at a time into or out of the core, the best move first and of equal ones that of the
   party of the lowest number, until none is better by more than `least` or `steps` are made. `core`:
   1 for who is in it, changed in place; `fit`: that of the core. */
KERNEL int64_t climb_core(int64_t count, const int64_t *start, const int64_t *to, int64_t steps,
                          double least, uint8_t *core, double *fit) {
    int64_t *near = calloc((size_t)count + 1, sizeof(int64_t));
    double *kept = malloc(2 * KEPT * KEPT * sizeof(double));
    int64_t *kept_at = malloc(2 * KEPT * KEPT * sizeof(int64_t));
    int failed = !near || !kept || !kept_at;
    int64_t size = 0, inner = 0, outer = 0;  /* the ties counted twice */
    for (int64_t place = 0; place < 2 * KEPT * KEPT && !failed; place++) kept_at[place] = -1;
    for (int64_t one = 0; one < count && !failed; one++) {
        for (int64_t e = start[one]; e < start[one + 1]; e++) near[one] += core[to[e]];
        if (core[one]) {
            size++;
            inner += near[one];
        } else {
            outer += start[one + 1] - start[one] - near[one];
        }
    }
    fit[0] = -1;
    for (int64_t step = 0; step < steps && !failed; step++) {
        Core now = {(double)size, (double)inner / 2, (double)outer / 2};
        double highest = -2;
        int64_t best = -1;
        fit[0] = fit_of(now, (double)count);
        for (int64_t one = 0; one < count; one++) {
            int64_t degree = start[one + 1] - start[one], far = degree - near[one];
            double found;
            if (degree < KEPT) {
                int64_t place = ((int64_t)core[one] * KEPT + degree) * KEPT + near[one];
                if (kept_at[place] != step) {
                    kept_at[place] = step;
                    kept[place] = fit_with(now, core[one], near[one], far, (double)count);
                }
                found = kept[place];
            } else {
                found = fit_with(now, core[one], near[one], far, (double)count);
            }
            if (found > highest) {
                highest = found;
                best = one;
            }
        }
        if (best < 0 || highest <= fit[0] + least) break;
        int64_t sign = core[best] ? -1 : 1;
        size += sign;
        inner += 2 * sign * near[best];
        outer -= 2 * sign * (start[best + 1] - start[best] - near[best]);
        core[best] = !core[best];
        for (int64_t e = start[best]; e < start[best + 1]; e++) near[to[e]] += sign;
    }
    free(near);
    free(kept);
    free(kept_at);
    return failed;
}
