/* Groups put together two at a time: what each two have between them, kept up to date. */
#include "ringmap.h"

/* `name` is the lowest number of those that were put together; parties and pairs of a group are
   chains that `first` and `last` hold the ends of, -1 for none. */
typedef struct {
    int64_t name;
    int64_t ends;
    int64_t members;
    int64_t worth;
    int64_t first, last;
    int64_t first_pair, last_pair;
} Joined;

/* Two groups with so many ties between them, of which the party with most of them has `most`.
   `next` goes on in the chain of either group: 2 * pair for its `one`, and one more for `other`.
   One that is no longer there has a `group` of -1. */
typedef struct {
    int32_t group[2];
    int32_t number;
    int32_t most;
    int32_t next[2];
} Between;

/* How many ties a party of many contacts has to each group; empty slots have a key of -1. */
typedef struct {
    int64_t size; /* a power of two, at least twice what is ever in it */
    int64_t *key;
    int32_t *value;
    int64_t *used;
} Counts;

typedef struct {
    const int64_t *start;
    const int32_t *to;
    const int64_t *factorial;
    int64_t hub; /* whoever has more contacts is counted in `counts` */
    int32_t *group;
    int32_t *next; /* member of the same group */
    Joined *of;
    Between *pair;
    int64_t *fixed;
    int32_t *halves;
    Counts counts;
} Table;

/* Of a pair that is no longer there: no gain is this low. */
#define GONE (INT64_MIN / 4)

static int64_t place_of(const Counts *counts, int64_t key) {
    int64_t at = (int64_t)((uint64_t)key * 0x9E3779B97F4A7C15u >> 20) & (counts->size - 1);
    while (counts->key[at] != key && counts->key[at] != -1) at = (at + 1) & (counts->size - 1);
    return at;
}

/* Leave out what has come to nothing. */
static int tidy(Counts *counts) {
    int64_t *key = malloc((size_t)counts->size * sizeof(int64_t));
    int32_t *value = malloc((size_t)counts->size * sizeof(int32_t));
    if (key && value) {
        memcpy(key, counts->key, (size_t)counts->size * sizeof(int64_t));
        memcpy(value, counts->value, (size_t)counts->size * sizeof(int32_t));
        memset(counts->key, 0xFF, (size_t)counts->size * sizeof(int64_t));
        *counts->used = 0;
        for (int64_t i = 0; i < counts->size; i++) {
            if (key[i] == -1 || !value[i]) continue;
            int64_t at = place_of(counts, key[i]);
            counts->key[at] = key[i];
            counts->value[at] = value[i];
            ++*counts->used;
        }
    }
    int made = key && value;
    free(key);
    free(value);
    return made;
}

/* So many ties more from a party to a group; how many these are now, -1 for want of memory. */
static int32_t count_ties(Counts *counts, int32_t party, int64_t group, int32_t more) {
    int64_t key = (int64_t)party << 32 | group;
    int64_t at = place_of(counts, key);
    if (counts->key[at] == -1) {
        if (*counts->used >= counts->size / 4 * 3) {
            if (!tidy(counts)) return -1;
            at = place_of(counts, key);
        }
        counts->key[at] = key;
        counts->value[at] = 0;
        ++*counts->used;
    }
    return counts->value[at] += more;
}

/* The ties that a party has to a group, which has none of them from now on. */
static int32_t take_ties(Counts *counts, int32_t party, int64_t group) {
    int64_t at = place_of(counts, (int64_t)party << 32 | group);
    if (counts->key[at] == -1) return 0;
    int32_t taken = counts->value[at];
    counts->value[at] = 0;
    return taken;
}

static int is_hub(const Table *table, int32_t party) {
    return table->start[party + 1] - table->start[party] > table->hub;
}

/* What a group of so many members and tie ends adds to the description. */
static int64_t worth(const int64_t *factorial, int64_t ends, int64_t members) {
    return factorial[members + ends - 1] - factorial[members - 1] - factorial[members];
}

/* The gain of a pair but for what lies between groups, and its ties in halves: of those of one
   party beyond those of all others and one every other half is left out. */
static void weigh(const Table *table, int64_t at, int64_t *most_halves) {
    const Between *pair = table->pair + at;
    const Joined *one = table->of + pair->group[0], *other = table->of + pair->group[1];
    int32_t beyond = 2 * pair->most - pair->number - 1;
    table->halves[at] = 2 * pair->number - (beyond > 0 ? beyond : 0);
    table->fixed[at] = one->worth + other->worth -
        worth(table->factorial, one->ends + other->ends, one->members + other->members);
    if (table->halves[at] > *most_halves) *most_halves = table->halves[at];
}

static void append_pair(Table *table, int64_t group, int64_t end) {
    Joined *of = table->of + group;
    table->pair[end / 2].next[end % 2] = -1;
    if (of->last_pair < 0) of->first_pair = end;
    else table->pair[of->last_pair / 2].next[of->last_pair % 2] = (int32_t)end;
    of->last_pair = end;
}

/* Leave pairs that are no longer there out of the chain of a group. */
static void drop_gone(Table *table, int64_t group) {
    int64_t end = table->of[group].first_pair;
    table->of[group].first_pair = table->of[group].last_pair = -1;
    while (end >= 0) {
        int64_t next = table->pair[end / 2].next[end % 2];
        if (table->pair[end / 2].group[0] >= 0) append_pair(table, group, end);
        end = next;
    }
}

static void remove_pair(Table *table, int64_t at) {
    table->pair[at].group[0] = table->pair[at].group[1] = -1;
    table->fixed[at] = GONE;
    table->halves[at] = 0;
}

/* Pairs of `less` become pairs of `more`; `shared` gets that of each group that both are tied to. */
static void take_pairs(Table *table, int64_t less, int64_t more, int32_t *mark, int32_t *shared) {
    Between *pair = table->pair;
    drop_gone(table, more);
    drop_gone(table, less);
    int64_t end = table->of[more].first_pair;
    for (; end >= 0; end = pair[end / 2].next[end % 2])
        mark[pair[end / 2].group[1 - end % 2]] = (int32_t)(end / 2);
    int64_t own = table->of[more].last_pair;
    for (int64_t next, from = table->of[less].first_pair; from >= 0; from = next) {
        Between *here = pair + from / 2;
        int32_t other = here->group[1 - from % 2];
        next = here->next[from % 2];
        if (other != more && mark[other] < 0) {
            here->group[from % 2] = (int32_t)more;
            append_pair(table, more, from);
            continue;
        }
        if (other != more) {
            Between *kept = pair + mark[other];
            kept->number += here->number;
            if (here->most > kept->most) kept->most = here->most;
            shared[other] = mark[other];
        }
        remove_pair(table, from / 2);
    }
    for (end = table->of[more].first_pair; end >= 0; end = pair[end / 2].next[end % 2]) {
        if (pair[end / 2].group[0] >= 0) mark[pair[end / 2].group[1 - end % 2]] = -1;
        if (end == own) break;
    }
    mark[less] = -1;
    table->of[less].first_pair = table->of[less].last_pair = -1;
}

/* Ties that one party outside has to both groups: these are of one group from now on. */
static int count_again(Table *table, int64_t less, int64_t more, int32_t *shared) {
    for (int64_t one = table->of[less].first; one >= 0; one = table->next[one]) {
        for (int64_t e = table->start[one]; e < table->start[one + 1]; e++) {
            int32_t party = table->to[e], there = table->group[party], ties = 0;
            if (there == less || there == more) continue;
            if (is_hub(table, party)) {
                ties = take_ties(&table->counts, party, less);
                if (ties) ties = count_ties(&table->counts, party, more, ties);
                if (ties < 0) return 0;
            } else if (shared[there] >= 0) {
                for (int64_t f = table->start[party]; f < table->start[party + 1]; f++) {
                    int32_t back = table->group[table->to[f]];
                    ties += back == less || back == more;
                }
            }
            if (shared[there] >= 0 && ties > table->pair[shared[there]].most)
                table->pair[shared[there]].most = ties;
        }
    }
    return 1;
}

/* The group of fewer tie ends becomes part of the other one; which that is, or -1. */
static int64_t put_together(Table *table, Between pair, int32_t *mark, int32_t *shared) {
    int64_t less = pair.group[0], more = pair.group[1];
    if (table->of[less].ends > table->of[more].ends) {
        less = pair.group[1];
        more = pair.group[0];
    }
    take_pairs(table, less, more, mark, shared);
    if (!count_again(table, less, more, shared)) return -1;
    Joined *small = table->of + less, *large = table->of + more;
    for (int64_t end = large->first_pair; end >= 0; end = table->pair[end / 2].next[end % 2])
        if (table->pair[end / 2].group[0] >= 0) shared[table->pair[end / 2].group[1 - end % 2]] = -1;
    for (int64_t one = small->first; one >= 0; one = table->next[one])
        table->group[one] = (int32_t)more;
    table->next[large->last] = (int32_t)small->first;
    large->last = small->last;
    large->ends += small->ends;
    large->members += small->members;
    large->worth = worth(table->factorial, large->ends, large->members);
    if (small->name < large->name) large->name = small->name;
    return more;
}

/* Whether a pair comes before another of more gain or, of equals, of lower names. */
static int comes_first(const Table *table, int64_t gain, const Between *pair, int64_t than,
                       const Between *other) {
    int64_t name[2][2];
    const Between *both[2] = {pair, other};
    if (gain != than) return gain > than;
    for (int i = 0; i < 2; i++) {
        int64_t a = table->of[both[i]->group[0]].name, b = table->of[both[i]->group[1]].name;
        name[i][0] = a < b ? a : b;
        name[i][1] = a < b ? b : a;
    }
    return name[0][0] != name[1][0] ? name[0][0] < name[1][0] : name[0][1] < name[1][1];
}

/* For each group the pair that gains most, of those that gain more than `needed`. */
static void find_best(const Table *table, int64_t pairs, const int64_t *shorter, int64_t needed,
                      int32_t *best) {
    for (int64_t at = 0; at < pairs; at++) {
        int64_t gain = table->fixed[at] + shorter[table->halves[at]];
        if (gain <= needed) continue;
        const Between *pair = table->pair + at;
        for (int side = 0; side < 2; side++) {
            int32_t group = pair->group[side], before = best[group];
            if (before < 0 ||
                comes_first(table, gain, pair,
                            table->fixed[before] + shorter[table->halves[before]],
                            table->pair + before))
                best[group] = (int32_t)at;
        }
    }
}

/* What `join_round` works on, made from the groups of a network and `pairs` pairs of them: columns
   of group, other, number and most, then room for two more. `kept` gets the ties between groups,
   the number of groups, the highest halves and the slots in use. `key` is all -1 at first. */
KERNEL int64_t start_joining(int64_t count, const int64_t *start, const int32_t *to,
                             const int64_t *factorial, int64_t hub, int64_t groups, int64_t pairs,
                             int32_t *group, int32_t *next, int64_t *of, int32_t *pair,
                             int64_t *fixed, int32_t *halves, int64_t size, int64_t *key,
                             int32_t *value, int64_t *kept) {
    Table table = {start, to, factorial, hub, group, next, (Joined *)of, (Between *)pair,
                   fixed, halves, {size, key, value, kept + 3}};
    kept[0] = kept[2] = kept[3] = 0;
    kept[1] = groups;
    for (int64_t g = 0; g < groups; g++) table.of[g] = (Joined){g, 0, 0, 0, -1, -1, -1, -1};
    for (int32_t i = 0; i < count; i++) {
        Joined *own = table.of + group[i];
        if (own->first < 0) own->first = i;
        else next[own->last] = i;
        own->last = i;
        next[i] = -1;
        own->members++;
        own->ends += start[i + 1] - start[i];
    }
    for (int64_t g = 0; g < groups; g++)
        table.of[g].worth = worth(factorial, table.of[g].ends, table.of[g].members);
    for (int64_t at = 0; at < pairs; at++) {
        for (int side = 0; side < 2; side++)
            append_pair(&table, table.pair[at].group[side], 2 * at + side);
        weigh(&table, at, kept + 2);
        kept[0] += table.pair[at].number;
    }
    for (int32_t i = 0; i < count; i++) {
        if (!is_hub(&table, i)) continue;
        for (int64_t e = start[i]; e < start[i + 1]; e++)
            if (group[to[e]] != group[i] && count_ties(&table.counts, i, group[to[e]], 1) < 0)
                return 1;
    }
    return 0;
}

/* Put those pairs of groups together that gain most from each other, and more than `needed`:
   `shorter` is what a pair gains for its ties in halves. Gives how many pairs these were, or -1. */
KERNEL int64_t join_round(const int64_t *start, const int32_t *to, const int64_t *factorial,
                          int64_t hub, int64_t groups, int64_t pairs, int32_t *group,
                          int32_t *next, int64_t *of, int32_t *pair, int64_t *fixed,
                          int32_t *halves, int64_t size, int64_t *key, int32_t *value,
                          int64_t *kept, const int64_t *shorter, int64_t needed) {
    Table table = {start, to, factorial, hub, group, next, (Joined *)of, (Between *)pair,
                   fixed, halves, {size, key, value, kept + 3}};
    size_t room = (size_t)groups * sizeof(int32_t) + 8;
    int32_t *best = malloc(room), *chosen = malloc(room), *mark = malloc(room);
    int32_t *shared = malloc(room);
    int64_t joined = 0;
    int made = best && chosen && mark && shared;
    if (made) {
        memset(best, 0xFF, room);
        memset(mark, 0xFF, room);
        memset(shared, 0xFF, room);
        find_best(&table, pairs, shorter, needed, best);
    }
    for (int64_t g = 0; g < groups && made; g++) {
        int32_t at = best[g];
        if (at >= 0 && table.pair[at].group[0] == g && best[table.pair[at].group[1]] == at)
            chosen[joined++] = at;
    }
    for (int64_t i = 0; i < joined && made; i++) {
        kept[0] -= table.pair[chosen[i]].number;
        kept[1]--;
        int64_t more = put_together(&table, table.pair[chosen[i]], mark, shared);
        made = more >= 0;
        chosen[i] = (int32_t)more;
    }
    for (int64_t i = 0; i < joined && made; i++) {
        int64_t end = table.of[chosen[i]].first_pair;
        for (; end >= 0; end = table.pair[end / 2].next[end % 2])
            if (table.pair[end / 2].group[0] >= 0) weigh(&table, end / 2, kept + 2);
    }
    free(best);
    free(chosen);
    free(mark);
    free(shared);
    return made ? joined : -1;
}
