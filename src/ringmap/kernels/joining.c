/* Groups put together two at a time: what each two have between them is kept up to date, and
   pairs that cannot gain enough yet are not looked at. */
#include "ringmap.h"

/* `name` is the lowest number of those that were put together; parties and pairs of a group are
   chains that `first` and `last` hold the ends of, -1 for none. With no more members than `limit`
   no pair of it gains enough, but for those that are listed. */
typedef struct {
    int64_t name;
    int64_t ends;
    int64_t members;
    int64_t worth;
    int64_t limit;
    int64_t first, last;
    int64_t first_pair, last_pair;
} Joined;

/* Two groups with so many ties between them, of which the party with most of them has `most`.
   `next` goes on in the chain of either group: 2 * pair for its first, and one more for its second.
   One that is no longer there has a `group` of -1. */
typedef struct {
    int32_t group[2];
    int32_t number;
    int32_t most;
    int32_t next[2];
    int32_t listed;
} Between;

/* A pair that may gain enough before long: `fixed` is what it gains but for what lies between
   groups, and what it gains for that goes by its ties in halves. */
typedef struct {
    int64_t fixed;
    int32_t pair;
    int32_t group[2];
    int32_t halves;
} Listed;

/* A number from 0 on by two others, which are the key; -1 where the slot is empty. */
typedef struct {
    int64_t key;
    int64_t value;
} Slot;

typedef struct {
    int64_t size; /* a power of two, at least twice what is ever in it but for zeros */
    Slot *slot;
    int64_t *used;
} Numbers;

typedef struct {
    const int64_t *start;
    const int32_t *to;
    const int64_t *factorial;
    int64_t hub; /* whoever has more contacts is counted in `ties` */
    int32_t *group;
    int32_t *next; /* member of the same group */
    Joined *of;
    Between *pair;
    Listed *list;
    int64_t *listed; /* how many there are */
    Numbers at;      /* one more than the number of the pair of two groups */
    Numbers ties;    /* of a party with a group */
} Table;

/* What `join_round` goes by. Pairs that are not listed were weighed by `known`, which is what
   `shorter` was once: it has grown by no more than `drift` since. */
typedef struct {
    const int64_t *shorter;
    const int64_t *known;
    int64_t sizes; /* of `known` */
    int64_t needed;
} Aim;

/* What is far away in memory is asked for so many before it is wanted. */
#define AHEAD 16
/* So many steps are a nat. */
#define NAT ((int64_t)1 << 20)
/* A pair is listed that lacks less than this. */
#define NEAR (8 * NAT)

static int64_t drift(int64_t halves) { return 8 * NAT + halves * (NAT / 16); }

static int has_drifted(const Aim *aim, int64_t sizes) {
    for (int64_t halves = 0; halves < sizes && halves < aim->sizes; halves++)
        if (aim->shorter[halves] - aim->known[halves] > drift(halves)) return 1;
    return sizes > aim->sizes;
}

/* Where to begin to look for a key. */
static int64_t begin_of(const Numbers *numbers, int64_t key) {
    return (int64_t)((uint64_t)key * 0x9E3779B97F4A7C15u >> 20) & (numbers->size - 1);
}

static int64_t slot_of(const Numbers *numbers, int64_t key) {
    int64_t last = numbers->size - 1, at = begin_of(numbers, key);
    while (numbers->slot[at].key != key && numbers->slot[at].key != -1) at = (at + 1) & last;
    return at;
}

/* Leave out what has come to nothing. */
static int tidy(Numbers *numbers) {
    size_t size = (size_t)numbers->size * sizeof(Slot);
    Slot *before = malloc(size);
    if (!before) return 0;
    memcpy(before, numbers->slot, size);
    memset(numbers->slot, 0xFF, size);
    *numbers->used = 0;
    for (int64_t i = 0; i < numbers->size; i++) {
        if (before[i].key == -1 || !before[i].value) continue;
        numbers->slot[slot_of(numbers, before[i].key)] = before[i];
        ++*numbers->used;
    }
    free(before);
    return 1;
}

/* The number to read or to change, 0 at first; NULL for want of memory. */
static int64_t *number_at(Numbers *numbers, int64_t one, int64_t other) {
    int64_t key = one << 32 | other, at = slot_of(numbers, key);
    if (numbers->slot[at].key == -1) {
        if (*numbers->used >= numbers->size / 4 * 3) {
            if (!tidy(numbers)) return NULL;
            at = slot_of(numbers, key);
        }
        numbers->slot[at] = (Slot){key, 0};
        ++*numbers->used;
    }
    return &numbers->slot[at].value;
}

/* Ask for the memory where a number is, or will be. */
static void want(const Numbers *numbers, int64_t one, int64_t other) {
    SOON(numbers->slot + begin_of(numbers, one << 32 | other));
}

static int64_t *pair_at(Table *table, int64_t a, int64_t b) {
    return number_at(&table->at, a < b ? a : b, a < b ? b : a);
}

/* What is there is nothing from now on; what it was. */
static int64_t take(Numbers *numbers, int64_t one, int64_t other) {
    Slot *slot = numbers->slot + slot_of(numbers, one << 32 | other);
    if (slot->key == -1) return 0;
    int64_t taken = slot->value;
    slot->value = 0;
    return taken;
}

static int is_hub(const Table *table, int32_t party) {
    return table->start[party + 1] - table->start[party] > table->hub;
}

/* What a group of so many members and tie ends adds to the description. */
static int64_t worth(const int64_t *factorial, int64_t ends, int64_t members) {
    return factorial[members + ends - 1] - factorial[members - 1] - factorial[members];
}

/* The gain of a pair but for what lies between groups. */
static int64_t weigh(const Table *table, const Between *pair) {
    const Joined *one = table->of + pair->group[0], *other = table->of + pair->group[1];
    return one->worth + other->worth -
        worth(table->factorial, one->ends + other->ends, one->members + other->members);
}

/* Ties of a pair in halves: of those of one party beyond those of all others and one every other
   half is left out. */
static int64_t halves_of(const Between *pair) {
    int64_t beyond = 2 * (int64_t)pair->most - pair->number - 1;
    return 2 * (int64_t)pair->number - (beyond > 0 ? beyond : 0);
}

static void lower_limit(Joined *of, int64_t members) {
    if (members < of->limit) of->limit = members;
}

/* Whether a pair lacks so much that it need not be looked at before one of its groups has grown.

   While a group of m members grows to m', a pair of it with one of n gains at most 2 n ln(m' / m),
   which is less than 2 n (m' - m) / m; n at most doubles before it is weighed again. So half of
   what it lacks is there for the growth of either. */
static int is_far(Table *table, const Between *pair, const Aim *aim, int64_t fixed) {
    int64_t halves = halves_of(pair);
    if (halves >= aim->sizes) return 0;
    int64_t lacks = aim->needed - fixed - aim->known[halves] - drift(halves);
    if (lacks < NEAR) return 0;
    Joined *one = table->of + pair->group[0], *other = table->of + pair->group[1];
    int64_t m = one->members, n = other->members, nats = lacks / NAT;
    lower_limit(one, m + m * nats / (8 * n));
    lower_limit(other, n + n * nats / (8 * m));
    return 1;
}

static void list_pair(Table *table, int64_t at, int64_t fixed) {
    Between *pair = table->pair + at;
    if (pair->listed) return;
    pair->listed = 1;
    table->list[(*table->listed)++] = (Listed){
        fixed, (int32_t)at, {pair->group[0], pair->group[1]}, (int32_t)halves_of(pair)};
}

/* Put a pair on the list unless it is there, or lacks too much. */
static void weigh_for_list(Table *table, int64_t at, const Aim *aim) {
    const Between *pair = table->pair + at;
    if (pair->listed) return;
    int64_t fixed = weigh(table, pair);
    if (!is_far(table, pair, aim, fixed)) list_pair(table, at, fixed);
}

static void append_pair(Table *table, int64_t group, int64_t end) {
    Joined *of = table->of + group;
    table->pair[end / 2].next[end % 2] = -1;
    if (of->last_pair < 0) of->first_pair = end;
    else table->pair[of->last_pair / 2].next[of->last_pair % 2] = (int32_t)end;
    of->last_pair = end;
}

/* Every pair of a group weighed again. Those that are no longer there leave its chain. */
static void weigh_again(Table *table, int64_t group, const Aim *aim) {
    Joined *of = table->of + group;
    int64_t end = of->first_pair;
    of->first_pair = of->last_pair = -1;
    of->limit = 2 * of->members;
    for (int64_t next; end >= 0; end = next) {
        const Between *pair = table->pair + end / 2;
        next = pair->next[end % 2];
        if (pair->group[0] < 0) continue;
        append_pair(table, group, end);
        weigh_for_list(table, end / 2, aim);
    }
}

static void weigh_all(Table *table, int64_t groups, int64_t pairs, const Aim *aim) {
    for (int64_t g = 0; g < groups; g++) table->of[g].limit = 2 * table->of[g].members;
    for (int64_t at = 0; at < pairs; at++) {
        if (at + AHEAD < pairs && table->pair[at + AHEAD].group[0] >= 0)
            SOON(table->of + table->pair[at + AHEAD].group[1]);
        if (table->pair[at].group[0] >= 0) weigh_for_list(table, at, aim);
    }
}

/* Pairs of `less` become pairs of `more`. Of each group that both are tied to, `shared` gets the
   pair; `met` lists these groups. Gives how many they are, or -1. */
static int64_t take_pairs(Table *table, int64_t less, int64_t more, int32_t *shared, int32_t *met,
                          int64_t *most_halves) {
    int64_t number = 0, end = table->of[less].first_pair;
    for (int64_t next; end >= 0; end = next) {
        Between *here = table->pair + end / 2;
        int32_t other = here->group[1 - end % 2];
        next = here->next[end % 2];
        if (here->group[0] < 0) continue;
        int64_t *at = other == more ? NULL : pair_at(table, more, other);
        if (other != more && !at) return -1;
        take(&table->at, less < other ? less : other, less < other ? other : less);
        if (other == more) {
            here->group[0] = here->group[1] = -1;
            continue;
        }
        if (!*at) {
            *at = end / 2 + 1;
            here->group[end % 2] = (int32_t)more;
            append_pair(table, more, end);
            list_pair(table, end / 2, 0);
            continue;
        }
        Between *kept = table->pair + *at - 1;
        kept->number += here->number;
        if (here->most > kept->most) kept->most = here->most;
        if (2 * kept->number > *most_halves) *most_halves = 2 * kept->number;
        here->group[0] = here->group[1] = -1;
        list_pair(table, *at - 1, 0);
        shared[other] = (int32_t)(*at - 1);
        met[number++] = other;
    }
    return number;
}

/* Ties that one party outside has to both groups: these are of one group from now on. */
static int count_again(Table *table, int64_t less, int64_t more, const int32_t *shared) {
    for (int64_t one = table->of[less].first; one >= 0; one = table->next[one]) {
        for (int64_t e = table->start[one]; e < table->start[one + 1]; e++) {
            int32_t party = table->to[e], there = table->group[party], ties = 0;
            if (there == less || there == more) continue;
            if (is_hub(table, party)) {
                int64_t taken = take(&table->ties, party, less);
                if (!taken) continue;
                int64_t *now = number_at(&table->ties, party, more);
                if (!now) return 0;
                *now += taken;
                ties = (int32_t)*now;
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
static int64_t put_together(Table *table, const Between *pair, int32_t *shared, int32_t *met,
                            int64_t *most_halves) {
    int fewer = table->of[pair->group[0]].ends > table->of[pair->group[1]].ends;
    int64_t less = pair->group[fewer], more = pair->group[1 - fewer];
    int64_t number = take_pairs(table, less, more, shared, met, most_halves);
    int made = number >= 0 && count_again(table, less, more, shared);
    for (int64_t i = 0; i < number; i++) shared[met[i]] = -1;
    if (!made) return -1;
    Joined *small = table->of + less, *large = table->of + more;
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

/* Whether a pair has lower names than another. */
static int comes_first(const Table *table, const Between *pair, const Between *other) {
    int64_t low[2], high[2];
    const Between *both[2] = {pair, other};
    for (int i = 0; i < 2; i++) {
        int64_t a = table->of[both[i]->group[0]].name, b = table->of[both[i]->group[1]].name;
        low[i] = a < b ? a : b;
        high[i] = a < b ? b : a;
    }
    return low[0] != low[1] ? low[0] < low[1] : high[0] < high[1];
}

/* For each group the pair that gains most, of those that gain more than `needed`; `gain` is that
   of the best so far. */
static void find_best(const Table *table, const Aim *aim, int32_t *best, int64_t *gain) {
    for (int64_t i = 0; i < *table->listed; i++) {
        const Listed *here = table->list + i;
        int64_t gains = here->fixed + aim->shorter[here->halves];
        if (gains <= aim->needed) continue;
        for (int side = 0; side < 2; side++) {
            int32_t group = here->group[side], before = best[group];
            if (before < 0 || gains > gain[group] ||
                (gains == gain[group] &&
                 comes_first(table, table->pair + here->pair, table->pair + before))) {
                best[group] = here->pair;
                gain[group] = gains;
            }
        }
    }
}

/* What is listed of groups that changed is weighed again, and stays unless it lacks too much. */
static void renew_list(Table *table, const Aim *aim, const uint8_t *changed) {
    int64_t kept = 0;
    for (int64_t i = 0; i < *table->listed; i++) {
        Listed here = table->list[i];
        if (changed[here.group[0]] || changed[here.group[1]]) {
            Between *pair = table->pair + here.pair;
            pair->listed = 0;
            if (pair->group[0] < 0) continue;
            here.fixed = weigh(table, pair);
            if (is_far(table, pair, aim, here.fixed)) continue;
            here.group[0] = pair->group[0];
            here.group[1] = pair->group[1];
            here.halves = (int32_t)halves_of(pair);
            pair->listed = 1;
        }
        table->list[kept++] = here;
    }
    *table->listed = kept;
}

/* What `join_round` works on, made from the groups of a network and `pairs` pairs of them, of
   which `pair` has the groups, number and most. `kept` gets the ties between groups, the number
   of groups, the most halves, how many are listed, and slots in use. Slots are all -1 at first. */
KERNEL int64_t start_joining(const int64_t *start, const int32_t *to, const int64_t *factorial,
                             int64_t hub, int64_t groups, int64_t pairs, int32_t *group,
                             int32_t *next, int64_t *of, int32_t *pair, int64_t *list,
                             int64_t pair_slots, int64_t *pair_slot, int64_t tie_slots,
                             int64_t *tie_slot, int64_t *kept, int64_t count) {
    Table table = {start, to, factorial, hub, group, next, (Joined *)of, (Between *)pair,
                   (Listed *)list, kept + 3,
                   {pair_slots, (Slot *)pair_slot, kept + 4},
                   {tie_slots, (Slot *)tie_slot, kept + 5}};
    memset(kept, 0, 7 * sizeof(int64_t));
    kept[1] = groups;
    for (int64_t g = 0; g < groups; g++) table.of[g] = (Joined){g, 0, 0, 0, 0, -1, -1, -1, -1};
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
        Between *here = table.pair + at;
        if (at + AHEAD < pairs) want(&table.at, here[AHEAD].group[0], here[AHEAD].group[1]);
        int64_t *place = pair_at(&table, here->group[0], here->group[1]);
        if (!place) return 1;
        *place = at + 1;
        here->listed = 0;
        for (int side = 0; side < 2; side++) append_pair(&table, here->group[side], 2 * at + side);
        kept[0] += here->number;
        if (2 * here->number > kept[2]) kept[2] = 2 * here->number;
    }
    for (int32_t i = 0; i < count; i++) {
        if (!is_hub(&table, i)) continue;
        for (int64_t e = start[i]; e < start[i + 1]; e++) {
            if (e + AHEAD < start[i + 1]) want(&table.ties, i, group[to[e + AHEAD]]);
            if (group[to[e]] == group[i]) continue;
            int64_t *number = number_at(&table.ties, i, group[to[e]]);
            if (!number) return 1;
            ++*number;
        }
    }
    return 0;
}

/* Put those pairs of groups together that gain most from each other, and more than `needed`:
   `shorter` is what a pair gains for its ties in halves, `known` what it was when all pairs were
   weighed; where that is too long ago, they are weighed again, and the last of `kept` is 1. Gives
   how many pairs were put together, or -1. */
KERNEL int64_t join_round(const int64_t *start, const int32_t *to, const int64_t *factorial,
                          int64_t hub, int64_t groups, int64_t pairs, int32_t *group,
                          int32_t *next, int64_t *of, int32_t *pair, int64_t *list,
                          int64_t pair_slots, int64_t *pair_slot, int64_t tie_slots,
                          int64_t *tie_slot, int64_t *kept, const int64_t *shorter,
                          int64_t sizes, const int64_t *known, int64_t sizes_known,
                          int64_t needed) {
    Table table = {start, to, factorial, hub, group, next, (Joined *)of, (Between *)pair,
                   (Listed *)list, kept + 3,
                   {pair_slots, (Slot *)pair_slot, kept + 4},
                   {tie_slots, (Slot *)tie_slot, kept + 5}};
    Aim aim = {shorter, known, sizes_known, needed};
    size_t room = (size_t)groups * sizeof(int32_t) + 8;
    int32_t *best = malloc(room), *chosen = malloc(room), *met = malloc(room);
    int32_t *shared = malloc(room);
    int64_t *gain = malloc((size_t)groups * sizeof(int64_t) + 8), joined = 0;
    uint8_t *changed = calloc((size_t)groups + 1, 1);
    int made = best && chosen && met && shared && gain && changed;
    if (made) {
        memset(best, 0xFF, room);
        memset(shared, 0xFF, room);
        kept[6] = has_drifted(&aim, sizes);
        if (kept[6]) {
            aim.known = shorter;
            aim.sizes = sizes;
            weigh_all(&table, groups, pairs, &aim);
        }
        find_best(&table, &aim, best, gain);
    }
    for (int64_t g = 0; g < groups && made; g++) {
        int32_t at = best[g];
        if (at >= 0 && table.pair[at].group[0] == g && best[table.pair[at].group[1]] == at)
            chosen[joined++] = at;
    }
    for (int64_t i = 0; i < joined && made; i++) {
        Between both = table.pair[chosen[i]];
        kept[0] -= both.number;
        kept[1]--;
        int64_t more = put_together(&table, &both, shared, met, kept + 2);
        made = more >= 0;
        chosen[i] = (int32_t)more;
        changed[both.group[0]] = changed[both.group[1]] = 1;
    }
    if (made && joined) renew_list(&table, &aim, changed);
    for (int64_t i = 0; i < joined && made; i++)
        if (table.of[chosen[i]].members > table.of[chosen[i]].limit)
            weigh_again(&table, chosen[i], &aim);
    free(best);
    free(chosen);
    free(met);
    free(shared);
    free(gain);
    free(changed);
    return made ? joined : -1;
}
