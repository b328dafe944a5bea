/* What the kernels of ringmap share. Every array comes from Python, checked there: see library.py.
   No kernel keeps anything between calls, but in what its caller gives it (see ground.py); one that
   returns int returns 0, or 1 for want of memory. */
#ifndef RINGMAP_H
#define RINGMAP_H

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#if defined(_WIN32)
#define KERNEL __declspec(dllexport)
#else
#define KERNEL __attribute__((visibility("default")))
#endif

/* Asks for memory that is wanted before long, so that there is less waiting for it. */
#ifdef __GNUC__
#define SOON(address) __builtin_prefetch(address)
#else
#define SOON(address) ((void)(address))
#endif

/* Contacts of party i: to[start[i]] up to, not including, to[start[i + 1]]. */
typedef struct {
    int64_t count;
    const int64_t *start;
    const int32_t *to;
} Network;

/* Splitmix64 (Steele, Lea, Flood 2014): the same numbers on every machine. */
static inline uint64_t draw(uint64_t *state) {
    uint64_t z = (*state += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

/* A whole number from 0 to below some bound below 2^32, each as likely, but for one in 2^32. */
static inline uint64_t draw_below(uint64_t *state, uint64_t bound) {
    return ((draw(state) >> 32) * bound) >> 32;
}

#endif
