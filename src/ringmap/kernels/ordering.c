/* Whole numbers put in order. */
#include "ringmap.h"

#define BITS 11
#define DIGITS 6
#define VALUES (1 << BITS)

typedef struct {
    uint64_t key;
    int64_t place;
} Placed;

/* The places of some numbers in rising order, those of equal ones as they stand: by some bits
   after the other, the lowest first (radix sort; Knuth, The Art of Computer Programming 5.2.5). */
KERNEL int64_t places_in_order(int64_t count, const int64_t *keys, int64_t *places) {
    int64_t sorted = 0;
    while (sorted < count && (!sorted || keys[sorted - 1] <= keys[sorted])) sorted++;
    if (sorted == count) {
        for (int64_t one = 0; one < count; one++) places[one] = one;
        return 0;
    }
    int64_t(*many)[VALUES] = calloc(DIGITS, sizeof *many);
    Placed *from = malloc((size_t)count * sizeof(Placed) + 1), *to = malloc((size_t)count * sizeof(Placed) + 1);
    int failed = !many || !from || !to;
    for (int64_t one = 0; one < count && !failed; one++) {
        /* Negative numbers come before the others. */
        from[one].key = (uint64_t)keys[one] ^ (uint64_t)1 << 63;
        from[one].place = one;
        for (int digit = 0; digit < DIGITS; digit++) many[digit][from[one].key >> digit * BITS & (VALUES - 1)]++;
    }
    for (int digit = 0; digit < DIGITS && count && !failed; digit++) {
        int64_t *next = many[digit], begun = 0;
        if (next[from[0].key >> digit * BITS & (VALUES - 1)] == count) continue;
        for (int value = 0; value < VALUES; value++) {
            int64_t these = next[value];
            next[value] = begun;
            begun += these;
        }
        for (int64_t one = 0; one < count; one++) to[next[from[one].key >> digit * BITS & (VALUES - 1)]++] = from[one];
        Placed *done = to;
        to = from;
        from = done;
    }
    for (int64_t one = 0; one < count && !failed; one++) places[one] = from[one].place;
    free(many);
    free(from);
    free(to);
    return failed;
}
