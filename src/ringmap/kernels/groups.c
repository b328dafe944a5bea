/* Groups of parties that hold together by the constant Potts model, and ties between groups. */
#include "ringmap.h"

/* A contact. More than `STRONG`, two million ties of mean strength, counts as so much. */
typedef struct {
    int32_t to;
    int32_t strength;
} Arc;

#define STRONG INT32_MAX

static Arc arc_to(int32_t to, int64_t strength) {
    return (Arc){to, (int32_t)(strength < STRONG ? strength : STRONG)};
}

/* A network of parties, or of groups of them: `arc` for each contact, `members` for each. */
typedef struct {
    int32_t count;
    int64_t *start;
    Arc *arc;
    int64_t *members;
} Level;

/* What moving needs, for a level of at most so many: made once for a whole search. */
typedef struct {
    int64_t *members; /* of each group */
    int64_t *tied;    /* strength of the one in hand to each group: 0 between whiles */
    int32_t *met;     /* groups that the one in hand is tied to */
    int32_t *queue;
    int32_t *map;
    uint8_t *waits;
} Desk;

/* Parties next to each other in number are shuffled, so many at a time: that is all the chance
   that runs need to differ, and memory is read nearly in order. */
#define WINDOW 1024

static const int32_t *shuffle(int32_t count, uint64_t seed, int32_t *order) {
    for (int32_t i = 0; i < count; i++) order[i] = i;
    for (int32_t first = 0; first < count; first += WINDOW) {
        int32_t size = count - first < WINDOW ? count - first : WINDOW;
        for (int32_t i = size - 1; i > 0; i--) {
            int32_t j = (int32_t)draw_below(&seed, (uint64_t)i + 1);
            int32_t swap = order[first + i];
            order[first + i] = order[first + j];
            order[first + j] = swap;
        }
    }
    return order;
}

/* So many contacts before it is looked at, the group of one is asked for. */
#define AHEAD 24

static int has_contact_elsewhere(const Level *level, const int32_t *group, int32_t party) {
    int64_t begin = level->start[party], end = level->start[party + 1];
    if (end + AHEAD < level->start[level->count])
        for (int64_t e = begin; e < end; e++) SOON(group + level->arc[e + AHEAD].to);
    for (int64_t e = begin; e < end; e++)
        if (group[level->arc[e].to] != group[party]) return 1;
    return 0;
}

/* So few groups are found faster one after the other than in a table of all. */
#define FEW 16

/* The group that a party gains most in: its own where no other is better, the first met of equals.
   Each group has a member at least: one where already that is too many is asked nothing more. */
static int32_t best_of_few(const Level *level, const int32_t *group, int64_t price, int32_t party,
                           const Desk *desk) {
    int32_t own = group[party], groups = 0, best = own, met[FEW];
    int64_t at_home = 0, strength[FEW];
    for (int64_t e = level->start[party]; e < level->start[party + 1]; e++) {
        int32_t other = group[level->arc[e].to], at = 0;
        if (other == own) {
            at_home += level->arc[e].strength;
            continue;
        }
        met[groups] = other;
        while (met[at] != other) at++;
        if (at == groups) strength[groups++] = 0;
        strength[at] += level->arc[e].strength;
    }
    int64_t most = at_home - price * (desk->members[own] - level->members[party]);
    for (int32_t i = 0; i < groups; i++) {
        if (strength[i] - price <= most) continue;
        int64_t gain = strength[i] - price * desk->members[met[i]];
        if (gain > most) {
            most = gain;
            best = met[i];
        }
    }
    return best;
}

static int32_t best_group(const Level *level, const int32_t *group, int64_t resolution,
                          int32_t party, Desk *desk) {
    int32_t own = group[party], groups = 0, best = own;
    int64_t price = resolution * level->members[party];
    if (level->start[party + 1] - level->start[party] <= FEW)
        return best_of_few(level, group, price, party, desk);
    for (int64_t e = level->start[party]; e < level->start[party + 1]; e++) {
        int32_t other = group[level->arc[e].to];
        desk->met[groups] = other;
        groups += !desk->tied[other];
        desk->tied[other] += level->arc[e].strength;
    }
    int64_t most = desk->tied[own] - price * (desk->members[own] - level->members[party]);
    for (int32_t i = 0; i < groups; i++) {
        int32_t other = desk->met[i];
        int64_t gain = desk->tied[other] - price * desk->members[other];
        desk->tied[other] = 0;
        if (other != own && gain > most) {
            most = gain;
            best = other;
        }
    }
    return best;
}

/* Of those who come soon the places among the arcs are asked for, and of who comes next the groups
   of the first contacts: some are far away in memory. */
enum { COMES_LATER = 24, COMES_SOON = 14, COMES_NEXT = 6, FIRST = 8 };

static void look_ahead(const Level *level, const int32_t *group, const int32_t *queue,
                       int32_t left) {
    if (left <= COMES_LATER) return;
    SOON(level->start + queue[COMES_LATER]);
    SOON(level->arc + level->start[queue[COMES_SOON]]);
    int64_t begin = level->start[queue[COMES_NEXT]], end = level->start[queue[COMES_NEXT] + 1];
    if (end > begin + FIRST) end = begin + FIRST;
    for (int64_t e = begin; e < end; e++) SOON(group + level->arc[e].to);
}

/* Everybody alone, and whoever has a contact in the queue: in the order of their numbers, shuffled.
   Gives how many are. */
static int32_t start_alone(const Level *level, uint64_t seed, int32_t *group, Desk *desk) {
    const int32_t *order = shuffle(level->count, seed, desk->met);
    int32_t waiting = 0;
    for (int32_t i = 0; i < level->count; i++) {
        int32_t party = order[i];
        group[i] = i;
        desk->members[i] = level->members[i];
        desk->waits[party] = level->start[party] < level->start[party + 1];
        desk->queue[waiting] = party;
        waiting += desk->waits[party];
    }
    return waiting;
}

/* The groups as they are, and whoever has a contact elsewhere in the queue, in the order of their
   numbers. Gives how many are. */
static int32_t start_from(const Level *level, const int32_t *group, Desk *desk) {
    int32_t waiting = 0;
    memset(desk->members, 0, (size_t)level->count * sizeof(int64_t));
    for (int32_t i = 0; i < level->count; i++) {
        desk->members[group[i]] += level->members[i];
        desk->waits[i] = (uint8_t)has_contact_elsewhere(level, group, i);
        desk->queue[waiting] = i;
        waiting += desk->waits[i];
    }
    return waiting;
}

/* Move one at a time to where it gains most, until nobody gains (the queue of Traag 2019): first
   those who are waiting in the queue. */
static void move(const Level *level, int64_t resolution, int32_t waiting, int32_t *group,
                 Desk *desk) {
    int32_t count = level->count, head = 0;
    while (waiting) {
        int32_t party = desk->queue[head];
        int32_t in_a_row = waiting < count - head ? waiting : count - head;
        look_ahead(level, group, desk->queue + head, in_a_row);
        head = head + 1 == count ? 0 : head + 1;
        waiting--;
        desk->waits[party] = 0;
        int32_t best = best_group(level, group, resolution, party, desk);
        if (best == group[party]) continue;
        desk->members[group[party]] -= level->members[party];
        desk->members[best] += level->members[party];
        group[party] = best;
        for (int64_t e = level->start[party]; e < level->start[party + 1]; e++) {
            int32_t other = level->arc[e].to;
            if (desk->waits[other] || group[other] == best) continue;
            int64_t tail = (int64_t)head + waiting++;
            desk->queue[tail < count ? tail : tail - count] = other;
            desk->waits[other] = 1;
        }
    }
}

/* Numbers of groups by first party, and how many there are. */
static int32_t renumber(int32_t count, int32_t *group, int32_t *map) {
    int32_t found = 0;
    memset(map, 0xFF, (size_t)count * sizeof(int32_t));
    for (int32_t i = 0; i < count; i++) {
        if (map[group[i]] < 0) map[group[i]] = found++;
        group[i] = map[group[i]];
    }
    return found;
}

static void free_level(Level *level) {
    free(level->start);
    free(level->arc);
    free(level->members);
}

/* The network of groups, numbered as `renumber` does. Ties inside a group leave it. */
static int make_coarse(const Level *level, const int32_t *group, int32_t groups, Desk *desk,
                       Level *coarse) {
    int64_t arcs = level->start[level->count];
    size_t size = (size_t)groups + 1;
    int64_t *first = calloc(size + 1, sizeof(int64_t));
    int32_t *inside = malloc((size_t)level->count * sizeof(int32_t) + 8);
    coarse->count = groups;
    coarse->start = malloc(size * sizeof(int64_t));
    coarse->members = calloc(size, sizeof(int64_t));
    coarse->arc = malloc((size_t)arcs * sizeof(Arc) + 8);
    int made = first && inside && coarse->start && coarse->members && coarse->arc;
    for (int32_t i = 0; i < level->count && made; i++) first[group[i] + 2]++;
    for (int32_t g = 0; g < groups && made; g++) first[g + 2] += first[g + 1];
    for (int32_t i = 0; i < level->count && made; i++) inside[first[group[i] + 1]++] = i;
    int64_t end = 0;
    for (int32_t g = 0; g < groups && made; g++) {
        int32_t met = 0;
        coarse->start[g] = end;
        for (int64_t at = first[g]; at < first[g + 1]; at++) {
            int32_t party = inside[at];
            coarse->members[g] += level->members[party];
            for (int64_t e = level->start[party]; e < level->start[party + 1]; e++) {
                if (e + 2 * AHEAD < arcs) {
                    SOON(group + level->arc[e + 2 * AHEAD].to);
                    SOON(desk->tied + group[level->arc[e + AHEAD].to]);
                }
                int32_t other = group[level->arc[e].to];
                if (other == g) continue;
                desk->met[met] = other;
                met += !desk->tied[other];
                desk->tied[other] += level->arc[e].strength;
            }
        }
        for (int32_t i = 0; i < met; i++) {
            coarse->arc[end++] = arc_to(desk->met[i], desk->tied[desk->met[i]]);
            desk->tied[desk->met[i]] = 0;
        }
    }
    if (made) coarse->start[groups] = end;
    free(first);
    free(inside);
    return made;
}

/* Groups put together for as long as that gains. */
static int put_together(const Level *level, int64_t resolution, uint64_t seed, int32_t *group,
                        Desk *desk) {
    int32_t groups = renumber(level->count, group, desk->map);
    if (groups == level->count) return 1;
    Level coarse = {0};
    int32_t *upper = malloc((size_t)groups * sizeof(int32_t) + 8);
    int made = upper && make_coarse(level, group, groups, desk, &coarse);
    if (made) {
        move(&coarse, resolution, start_alone(&coarse, draw(&seed), upper, desk), upper, desk);
        made = put_together(&coarse, resolution, draw(&seed), upper, desk);
    }
    for (int32_t i = 0; i < level->count && made; i++) group[i] = upper[group[i]];
    free(upper);
    free_level(&coarse);
    return made;
}

/* Groups of parties at each of several resolutions, falling: those of one are what the next
   starts from. `strength` for each pair, `members` what each party counts in its group, `group`
   a row of `count` for each resolution; where `begun` is 1, groups to start from are in the first. */
KERNEL int64_t divide(int64_t count, const int64_t *start, const int32_t *to, const int32_t *pair,
                      const int64_t *strength, const int64_t *members, int64_t resolutions,
                      const int64_t *resolution, uint64_t seed, int64_t begun, int32_t *group) {
    size_t size = (size_t)count + 1;
    int64_t arcs = start[count];
    Level level = {(int32_t)count, (int64_t *)start, malloc((size_t)arcs * sizeof(Arc) + 8),
                   (int64_t *)members};
    Desk desk = {malloc(size * sizeof(int64_t)), calloc(size, sizeof(int64_t)),
                 malloc(size * sizeof(int32_t)), malloc(size * sizeof(int32_t)),
                 malloc(size * sizeof(int32_t)), malloc(size)};
    int made = level.arc && desk.members && desk.tied && desk.met && desk.queue && desk.map &&
        desk.waits;
    for (int64_t e = 0; e < arcs && made; e++)
        level.arc[e] = arc_to(to[e], strength[pair[e]]);
    for (int64_t one = 0; one < resolutions && made; one++) {
        int32_t *found = group + one * count;
        if (one) memcpy(found, found - count, (size_t)count * sizeof(int32_t));
        else if (!begun)
            move(&level, resolution[one], start_alone(&level, draw(&seed), found, &desk), found, &desk);
        made = put_together(&level, resolution[one], draw(&seed), found, &desk);
        if (made) move(&level, resolution[one], start_from(&level, found, &desk), found, &desk);
        if (made) renumber(level.count, found, desk.map);
    }
    free(level.arc);
    free(desk.members);
    free(desk.tied);
    free(desk.met);
    free(desk.queue);
    free(desk.map);
    free(desk.waits);
    return !made;
}

/* Groups after each party, all at once, has gone where it is tied at least as strongly as to its
   own group and where its contacts have more than twice as many other contacts inside, and one.
   Of several such groups to the one of the strongest ties, then of the most contacts, then of the
   lowest number. Returns how many went, or -1. */
KERNEL int64_t settle(int64_t count, const int64_t *start, const int32_t *to, const int32_t *pair,
                      const int64_t *strength, const int32_t *group, int64_t groups, int32_t *settled) {
    int32_t *inside = calloc((size_t)count + 1, sizeof(int32_t));
    int64_t *tied = calloc((size_t)groups + 1, sizeof(int64_t));
    int64_t *near = calloc((size_t)groups + 1, sizeof(int64_t));
    int32_t *met = malloc((size_t)groups * sizeof(int32_t) + 8);
    int made = inside && tied && near && met;
    int64_t gone = 0, arcs = start[count];
    for (int64_t i = 0; i < count && made; i++)
        for (int64_t e = start[i]; e < start[i + 1]; e++) {
            if (e + AHEAD < arcs) SOON(group + to[e + AHEAD]);
            inside[i] += group[to[e]] == group[i];
        }
    for (int64_t i = 0; i < count && made; i++) {
        int32_t own = group[i], best = own;
        int64_t several = 0;
        settled[i] = own;
        if (inside[i] == start[i + 1] - start[i]) continue;
        for (int64_t e = start[i]; e < start[i + 1]; e++) {
            if (e + AHEAD < arcs) {
                SOON(group + to[e + AHEAD]);
                SOON(inside + to[e + AHEAD]);
                SOON(strength + pair[e + AHEAD]);
            }
            int32_t there = group[to[e]];
            met[several] = there;
            several += !tied[there];
            tied[there] += strength[pair[e]];
            near[there] += inside[to[e]] - (there == own);
        }
        for (int64_t at = 0; at < several; at++) {
            int32_t there = met[at];
            if (there == own || tied[there] < tied[own] || near[there] <= 2 * near[own] + 1) continue;
            int64_t more = tied[there] - tied[best];
            if (!more) more = near[there] - near[best];
            if (best == own || more > 0 || (!more && there < best)) best = there;
        }
        for (int64_t at = 0; at < several; at++) tied[met[at]] = near[met[at]] = 0;
        settled[i] = best;
        gone += best != own;
    }
    free(inside);
    free(tied);
    free(near);
    free(met);
    return made ? gone : -1;
}

/* Tied groups `one` < `other`, `number` of ties between them and how many of these the party
   with most of them has, as met. Gives how many there are, or -1. */
KERNEL int64_t ties_between(int64_t count, const int64_t *start, const int32_t *to,
                            const int32_t *group, int64_t groups, int32_t *one,
                            int32_t *other, int32_t *number, int32_t *most) {
    int64_t *first = calloc((size_t)groups + 2, sizeof(int64_t));
    int32_t *inside = malloc((size_t)count * sizeof(int32_t) + 8);
    int32_t *place = malloc((size_t)groups * sizeof(int32_t) + 8);
    int32_t *own = calloc((size_t)groups + 1, sizeof(int32_t));
    int32_t *theirs = calloc((size_t)count + 1, sizeof(int32_t));
    int32_t *met = malloc((size_t)groups * sizeof(int32_t) + 8);
    int32_t *seen = malloc((size_t)count * sizeof(int32_t) + 8);
    int64_t found = 0, arcs = start[count];
    int made = first && inside && place && own && theirs && met && seen;
    for (int64_t i = 0; i < count && made; i++) first[group[i] + 2] += start[i] < start[i + 1];
    for (int64_t g = 0; g < groups && made; g++) first[g + 2] += first[g + 1];
    for (int64_t i = 0; i < count && made; i++)
        if (start[i] < start[i + 1]) inside[first[group[i] + 1]++] = (int32_t)i;
    for (int64_t g = 0; g < groups && made; g++) place[g] = -1;
    for (int64_t g = 0; g < groups && made; g++) {
        int64_t begin = found;
        int32_t people = 0;
        for (int64_t at = first[g]; at < first[g + 1]; at++) {
            int32_t party = inside[at], groups_met = 0;
            for (int64_t e = start[party]; e < start[party + 1]; e++) {
                if (e + AHEAD < arcs) SOON(group + to[e + AHEAD]);
                int32_t there = group[to[e]];
                if (there <= g) continue;
                if (place[there] < 0) {
                    place[there] = (int32_t)found;
                    one[found] = (int32_t)g;
                    other[found] = there;
                    number[found] = most[found] = 0;
                    found++;
                }
                number[place[there]]++;
                if (!own[there]++) met[groups_met++] = there;
                if (!theirs[to[e]]++) seen[people++] = to[e];
            }
            for (int32_t i = 0; i < groups_met; i++) {
                int32_t at_pair = place[met[i]];
                if (own[met[i]] > most[at_pair]) most[at_pair] = own[met[i]];
                own[met[i]] = 0;
            }
        }
        for (int32_t i = 0; i < people; i++) {
            int32_t at_pair = place[group[seen[i]]];
            if (theirs[seen[i]] > most[at_pair]) most[at_pair] = theirs[seen[i]];
            theirs[seen[i]] = 0;
        }
        for (int64_t at = begin; at < found; at++)
            place[other[at]] = -1;
    }
    free(first);
    free(inside);
    free(place);
    free(own);
    free(theirs);
    free(met);
    free(seen);
    return made ? found : -1;
}

static int are_tied(const int64_t *start, const int32_t *to, int64_t a, int64_t b) {
    if (start[b + 1] - start[b] < start[a + 1] - start[a]) {
        int64_t swap = a;
        a = b;
        b = swap;
    }
    for (int64_t e = start[a]; e < start[a + 1]; e++)
        if (to[e] == b) return 1;
    return 0;
}

/* So many tries to exchange ends of two ties, a-b and c-d to a-d and c-b, where none of these is
   there and nobody is tied to themselves (Maslov, Sneppen 2002). Changes `low` and `high`. */
KERNEL int64_t exchange_ends(int64_t count, int64_t ties, int64_t tries, uint64_t seed,
                             int64_t *low, int64_t *high) {
    int64_t *start = calloc((size_t)count + 2, sizeof(int64_t));
    int64_t *next = calloc((size_t)count + 2, sizeof(int64_t));
    int32_t *to = malloc((size_t)ties * 2 * sizeof(int32_t) + 8);
    int64_t *at_low = malloc((size_t)ties * sizeof(int64_t) + 8);
    int64_t *at_high = malloc((size_t)ties * sizeof(int64_t) + 8);
    int made = start && next && to && at_low && at_high;
    for (int64_t e = 0; e < ties && made; e++) {
        start[low[e] + 1]++;
        start[high[e] + 1]++;
    }
    for (int64_t i = 0; i < count && made; i++) next[i + 1] = start[i + 1] += start[i];
    for (int64_t e = 0; e < ties && made; e++) {
        at_low[e] = next[low[e]]++;
        at_high[e] = next[high[e]]++;
        to[at_low[e]] = (int32_t)high[e];
        to[at_high[e]] = (int32_t)low[e];
    }
    for (int64_t one = 0; one < tries && made && ties; one++) {
        int64_t i = (int64_t)draw_below(&seed, (uint64_t)ties);
        int64_t j = (int64_t)draw_below(&seed, (uint64_t)ties);
        int turned = (int)(draw(&seed) & 1);
        int64_t *near = turned ? high : low, *far = turned ? low : high;
        int64_t *at_near = turned ? at_high : at_low, *at_far = turned ? at_low : at_high;
        int64_t a = low[i], b = high[i], c = near[j], d = far[j];
        if (a == d || c == b || are_tied(start, to, a, d) || are_tied(start, to, c, b)) continue;
        int64_t at_b = at_high[i];
        to[at_low[i]] = (int32_t)d;
        to[at_far[j]] = (int32_t)a;
        to[at_near[j]] = (int32_t)b;
        to[at_b] = (int32_t)c;
        high[i] = d;
        at_high[i] = at_far[j];
        far[j] = b;
        at_far[j] = at_b;
    }
    free(start);
    free(next);
    free(to);
    free(at_low);
    free(at_high);
    return !made;
}
