/* Whole numbers put in order, and numbered anew. */
#include "ringmap.h"

#define BITS 11
#define DIGITS 3
#define VALUES (1 << BITS)

/* Put places in the order of 32 bits of what stands there, those of equal ones as they are: by some
   bits after the other, the lowest first (radix sort; Knuth, The Art of Computer Programming 5.2.5). */
static void order_by_half(int64_t count, const int64_t *keys, uint64_t least, int shift, int64_t *places,
                          uint64_t *from, uint64_t *to) {
    int64_t many[DIGITS][VALUES] = {{0}};
    for (int64_t one = 0; one < count; one++) {
        uint64_t half = ((uint64_t)keys[places[one]] - least) >> shift & 0xFFFFFFFFu;
        from[one] = half << 32 | (uint64_t)places[one];
        for (int digit = 0; digit < DIGITS; digit++) many[digit][half >> digit * BITS & (VALUES - 1)]++;
    }
    for (int digit = 0; digit < DIGITS; digit++) {
        int64_t *next = many[digit], begun = 0;
        int bits = 32 + digit * BITS;
        if (next[from[0] >> bits & (VALUES - 1)] == count) continue;
        for (int value = 0; value < VALUES; value++) {
            int64_t these = next[value];
            next[value] = begun;
            begun += these;
        }
        for (int64_t one = 0; one < count; one++) to[next[from[one] >> bits & (VALUES - 1)]++] = from[one];
        uint64_t *done = to;
        to = from;
        from = done;
    }
    for (int64_t one = 0; one < count; one++) places[one] = (int64_t)(from[one] & 0xFFFFFFFFu);
}

/* The places of fewer than 2^32 numbers in rising order, those of equal ones as they stand. */
KERNEL int64_t places_in_order(int64_t count, const int64_t *keys, int64_t *places) {
    int64_t least = count ? keys[0] : 0, most = least;
    for (int64_t one = 0; one < count; one++) {
        places[one] = one;
        if (keys[one] < least) least = keys[one];
        if (keys[one] > most) most = keys[one];
    }
    size_t room = (size_t)count * sizeof(uint64_t) + 1;
    uint64_t *from = malloc(room), *to = malloc(room);
    int failed = !from || !to;
    for (int shift = 0; shift < 64 && !failed; shift += 32) {
        if (((uint64_t)most - (uint64_t)least) >> shift) {
            order_by_half(count, keys, (uint64_t)least, shift, places, from, to);
        }
    }
    free(from);
    free(to);
    return failed;
}

/* Number codes from 0 in the order in which they first stand in a column, -1 being no code. `place`
   has -1 for each code there may be, and then the new number of each that stands; `standing` the
   codes by their new numbers. Returns how many stand. */
KERNEL int64_t number_by_cells(int64_t count, const int32_t *codes, int32_t *place, int64_t *standing,
                               int32_t *numbers) {
    int32_t known = 0;
    for (int64_t cell = 0; cell < count; cell++) {
        int32_t code = codes[cell];
        if (code < 0) {
            numbers[cell] = -1;
            continue;
        }
        if (place[code] < 0) {
            standing[known] = code;
            place[code] = known++;
        }
        numbers[cell] = place[code];
    }
    return known;
}
