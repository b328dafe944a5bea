/* Tables of text cut into cells, each distinct text of a column once; and texts looked up by number. */
#include "ringmap.h"

/* A text where it was first met: its first byte, and how many, negative where quotation marks in it
   are doubled; and a number that only other texts of over eight bytes share with it. */
typedef struct {
    int64_t at, size;
    uint64_t key;
} Text;

/* The texts of a column. */
typedef struct {
    Text *texts;
    int64_t count;
    /* 0 for nothing, else the hash in the upper half and the number of the text + 1 below. */
    uint64_t *slots;
    uint64_t mask;
} Column;

/* Cells that are cut before the first of them is looked up: nearly all the time goes into waiting
   for memory, so that of many cells is asked for before it is wanted. */
#define AHEAD 256

enum { ENDS_CELL = 1, ENDS_LINE = 2 };

#define NO_MEMORY (-1)
#define NOT_CUT (-2)

static inline uint64_t eight(const uint8_t *bytes) {
    uint64_t found;
    memcpy(&found, bytes, 8);
    return found;
}

static inline uint64_t four(const uint8_t *bytes) {
    uint32_t found;
    memcpy(&found, bytes, 4);
    return found;
}

static inline uint64_t mixed(uint64_t hash, uint64_t part) {
    hash = (hash ^ part) * 0xBF58476D1CE4E5B9u;
    return hash ^ (hash >> 29);
}

/* Both halves of a part, each with that of a key, multiplied. */
static inline uint64_t product(uint64_t part, uint64_t key) {
    uint32_t low = (uint32_t)part + (uint32_t)key;
    uint32_t high = (uint32_t)(part >> 32) + (uint32_t)(key >> 32);
    return (uint64_t)low * high;
}

static inline uint64_t stirred(uint64_t sum, uint64_t seed) {
    return (mixed(mixed(seed, sum), seed >> 7) * 0x94D049BB133111EBu) >> 32;
}

/* Up to eight bytes as a number; others of as many bytes are another number. */
static inline uint64_t packed(const uint8_t *bytes, int64_t size) {
    if (size == 8) return eight(bytes);
    if (size >= 4) return four(bytes) << 32 | four(bytes + size - 4);
    return size ? (uint64_t)bytes[0] << 16 | (uint64_t)bytes[size / 2] << 8 | bytes[size - 1] : 0;
}

/* A sum of products with a key for each eight bytes (NH of UMAC, Black and others 1999), so that
   nobody can make texts that collide. To multiply by numbers that everybody knows is not enough:
   bits at the top of one part undo those of the next whatever the seed. */
static inline uint64_t sum_of(const uint8_t *bytes, int64_t size, uint64_t seed) {
    uint64_t keys = seed, sum = (uint64_t)size * 0x9E3779B97F4A7C15u;
    for (int64_t at = 0; at + 8 < size; at += 8) sum += product(eight(bytes + at), draw(&keys));
    return sum + product(size < 8 ? packed(bytes, size) : eight(bytes + size - 8), draw(&keys));
}

/* 32 bits of some bytes, other ones with each seed. */
static inline uint64_t hash_of(const uint8_t *bytes, int64_t size, uint64_t seed) {
    return stirred(sum_of(bytes, size, seed), seed);
}

static inline int64_t bytes_of(int64_t size) {
    return size < 0 ? -size : size;
}

static int grow(Column *column) {
    uint64_t size = column->mask ? 2 * (column->mask + 1) : 64;
    uint64_t *slots = calloc(size, sizeof(uint64_t));
    if (!slots) return 0;
    for (uint64_t old = 0; column->mask && old <= column->mask; old++) {
        if (!column->slots[old]) continue;
        uint64_t slot = (column->slots[old] >> 32) & (size - 1);
        while (slots[slot]) slot = (slot + 1) & (size - 1);
        slots[slot] = column->slots[old];
    }
    free(column->slots);
    column->slots = slots;
    column->mask = size - 1;
    return 1;
}

/* True where so many bytes are the same; most texts are short, and a call takes longer than this. */
static inline int are_same(const uint8_t *one, const uint8_t *other, int64_t size) {
    if (size > 16) return !memcmp(one, other, (size_t)size);
    if (size >= 8) return eight(one) == eight(other) && eight(one + size - 8) == eight(other + size - 8);
    if (size >= 4) return four(one) == four(other) && four(one + size - 4) == four(other + size - 4);
    for (; size; size--, one++, other++) {
        if (*one != *other) return 0;
    }
    return 1;
}

static inline int is_text(const uint8_t *data, Text one, Text other) {
    return one.size == other.size && are_same(data + one.at, data + other.at, bytes_of(one.size));
}

/* The same where keys are known: all of a short text is in its key. */
static inline int is_keyed(const uint8_t *data, const Text *one, const Text *other) {
    return one->key == other->key && one->size == other->size
        && (bytes_of(one->size) <= 8 || are_same(data + one->at, data + other->at, bytes_of(one->size)));
}

/* What a cell holds: nothing, the text of the cell above, or one that is to be looked up. */
enum { EMPTY, AS_ABOVE, ASKED };

/* Rows that are cut and not yet numbered; the one above them stands first. */
typedef struct {
    int64_t width, rows, most, asked;
    uint64_t seed;
    Column *columns;
    Text *texts;
    uint32_t *hashes;
    int32_t *cells;  /* those to be looked up, so many as `asked` */
    uint8_t *holds;
} Ahead;

/* The number of a text in its column, new ones behind the others. */
static int64_t number_of(Column *column, const uint8_t *data, const Text *text, uint64_t hash) {
    uint64_t slot = hash & column->mask;
    for (; column->slots[slot]; slot = (slot + 1) & column->mask) {
        int64_t code = (int64_t)(column->slots[slot] & 0xFFFFFFFFu) - 1;
        if (column->slots[slot] >> 32 == hash && is_keyed(data, column->texts + code, text)) return code;
    }
    column->texts[column->count] = *text;
    column->slots[slot] = hash << 32 | (uint64_t)(column->count + 1);
    return column->count++;
}

/* Say what each cell of the last row holds, and ask for what the others are compared with; gives
   how many are filled. */
static int64_t weigh_row(Ahead *ahead, const uint8_t *data) {
    int64_t filled = 0;
    Text *row = ahead->texts + (ahead->rows + 1) * ahead->width;
    for (int64_t one = 0; one < ahead->width; one++) {
        int64_t cell = ahead->rows * ahead->width + one, size = bytes_of(row[one].size);
        Column *column = ahead->columns + one;
        ahead->holds[cell] = EMPTY;
        if (!size) continue;
        filled++;
        ahead->holds[cell] = AS_ABOVE;
        if (is_text(data, row[one - ahead->width], row[one])) continue;
        ahead->holds[cell] = ASKED;
        uint64_t sum = sum_of(data + row[one].at, size, ahead->seed);
        row[one].key = size > 8 ? sum : packed(data + row[one].at, size);
        ahead->hashes[cell] = (uint32_t)stirred(sum, ahead->seed);
        SOON(column->slots + (ahead->hashes[cell] & column->mask));
        ahead->cells[ahead->asked++] = (int32_t)cell;
    }
    return filled;
}

/* Number the texts of the rows that were cut, which become those from `row` on; 0 for want of memory. */
static int number_rows(Ahead *ahead, const uint8_t *data, int64_t room, int64_t row, int32_t *codes) {
    int64_t width = ahead->width, cells = ahead->rows * width;
    for (int64_t next = 0; next < ahead->asked; next++) {
        const Column *column = ahead->columns + ahead->cells[next] % width;
        uint64_t known = column->slots[ahead->hashes[ahead->cells[next]] & column->mask] & 0xFFFFFFFFu;
        SOON(column->texts + known);
    }
    for (int64_t one = 0; one < width; one++) {
        Column *column = ahead->columns + one;
        int32_t *code = codes + one * room + row;
        for (int64_t cell = one; cell < cells; cell += width, code++) {
            *code = -1;
            if (ahead->holds[cell] == EMPTY) continue;
            if (ahead->holds[cell] == AS_ABOVE) {
                *code = code[-1];
                continue;
            }
            if ((uint64_t)column->count * 2 >= column->mask && !grow(column)) return 0;
            *code = (int32_t)number_of(column, data, ahead->texts + cell + width, ahead->hashes[cell]);
        }
    }
    memcpy(ahead->texts, ahead->texts + cells, (size_t)width * sizeof(Text));
    ahead->rows = ahead->asked = 0;
    return 1;
}

static void free_ahead(Ahead *ahead) {
    for (int64_t one = 0; ahead->columns && one < ahead->width; one++) free(ahead->columns[one].slots);
    free(ahead->columns);
    free(ahead->texts);
    free(ahead->hashes);
    free(ahead->cells);
    free(ahead->holds);
}

static int make_ahead(Ahead *ahead, int64_t width, int64_t room, uint64_t seed, Text *texts) {
    ahead->width = width;
    ahead->seed = seed;
    ahead->rows = ahead->asked = 0;
    ahead->most = width < AHEAD ? AHEAD / width : 1;
    size_t cells = (size_t)(ahead->most * width);
    ahead->columns = calloc((size_t)width, sizeof(Column));
    ahead->texts = calloc(cells + (size_t)width, sizeof(Text));
    ahead->hashes = malloc(cells * sizeof(uint32_t));
    ahead->cells = malloc(cells * sizeof(int32_t));
    ahead->holds = malloc(cells);
    if (!ahead->columns || !ahead->texts || !ahead->hashes || !ahead->cells || !ahead->holds) return 0;
    for (int64_t one = 0; one < width; one++) {
        ahead->columns[one].texts = texts + one * room;
        if (!grow(ahead->columns + one)) return 0;
    }
    return 1;
}

/* Bytes of the space with which a text begins: blank, tab, ends of lines, U+00A0, U+3000. */
static inline int64_t space_at(const uint8_t *text, int64_t size) {
    if (size >= 1 && (text[0] == ' ' || text[0] == '\t' || text[0] == '\r' || text[0] == '\n')) return 1;
    if (size >= 2 && text[0] == 0xC2 && text[1] == 0xA0) return 2;
    return size >= 3 && text[0] == 0xE3 && text[1] == 0x80 && text[2] == 0x80 ? 3 : 0;
}

/* The same of the space with which it ends. */
static inline int64_t space_behind(const uint8_t *text, int64_t size) {
    for (int64_t bytes = 1; bytes <= 3 && bytes <= size; bytes++) {
        if (space_at(text + size - bytes, bytes) == bytes) return bytes;
    }
    return 0;
}

/* The end of a quotation that begins at `at`, where its closing mark stands; NOT_CUT if it never
   ends. */
static int64_t end_of_quotation(const uint8_t *data, int64_t length, int64_t at, int *doubled,
                                int64_t *line) {
    for (;; at++) {
        if (at >= length) return NOT_CUT;
        if (data[at] == '\n') ++*line;
        if (data[at] == '\r' && (at + 1 >= length || data[at + 1] != '\n')) ++*line;
        if (data[at] != '"') continue;
        if (at + 1 >= length || data[at + 1] != '"') return at;
        *doubled = 1;
        at++;
    }
}

/* Bytes of the end of a line that stands there; 0 for anything else. */
static inline int64_t line_end_at(const uint8_t *data, int64_t length, int64_t at) {
    if (data[at] == '\n') return 1;
    return data[at] != '\r' ? 0 : at + 1 < length && data[at + 1] == '\n' ? 2 : 1;
}

/* Bytes of a line of nothing but spaces and delimiters, with its end, whatever its width; 0 for any
   other. */
static inline int64_t blank_line_at(const uint8_t *data, int64_t length, int64_t delimiter, int64_t at) {
    int64_t place = at;
    while (place < length && data[place] != '\n' && data[place] != '\r') {
        int64_t bytes = data[place] == delimiter ? 1 : space_at(data + place, length - place);
        if (!bytes) return 0;
        place += bytes;
    }
    if (place == length) return place - at;
    int64_t end = line_end_at(data, length, place);
    return end ? place - at + end : 0;
}

/* Where a cell ends that begins at `at`: `first` and `last` are its bounds, without quotation marks;
   NOT_CUT where something stands between a quotation and the end of its cell. */
static inline int64_t end_of_cell(const uint8_t *data, int64_t length, const uint8_t *kind, int64_t at,
                                  int64_t *first, int64_t *last, int *doubled, int64_t *line) {
    *first = at;
    if (at < length && data[at] == '"') {
        *last = end_of_quotation(data, length, ++*first, doubled, line);
        if (*last < 0) return NOT_CUT;
        at = *last + 1;
        return at >= length || kind[data[at]] ? at : NOT_CUT;
    }
    while (at < length && !kind[data[at]]) at++;
    *last = at;
    return at;
}

/* Cut a text into rows of `width` cells, without its first row, empty lines and rows of empty cells.

   `codes`, `texts`: a stretch of `room` for each column. `codes` has the number of each cell's text,
   -1 for an empty one; `texts` says where each text stands. `lines`: the line on which each row
   begins, that of the first row too. `found`: how many cells each row has; a row of fewer than
   `width` has empty ones behind them, and of one with more `surplus` says where the others begin and
   end. Such a row is kept even if the cells within the width are empty. Gives the number of rows;
   NOT_CUT where the first row has another width or a quotation does not fill its cell, or where more
   than `most_missing` cells are missing. */
KERNEL int64_t cut_cells(const uint8_t *data, int64_t length, int64_t delimiter, int64_t width,
                         int64_t room, int64_t most_missing, uint64_t seed, int32_t *codes,
                         int64_t *texts, int64_t *distinct, int64_t *lines, int64_t *found,
                         int64_t *surplus) {
    uint8_t kind[256] = {0};
    kind[delimiter] = ENDS_CELL;
    kind['\n'] = kind['\r'] = ENDS_LINE;
    Ahead ahead;
    int64_t row = -1, place = 0, line = 1, missing = 0, answer = NO_MEMORY;
    if (!make_ahead(&ahead, width, room, seed, (Text *)texts)) goto end;
    answer = NOT_CUT;
    while (place < length) {
        int64_t begun = line, filled, cells = 0, empty = blank_line_at(data, length, delimiter, place);
        int64_t first, last;
        int doubled, more = 1;
        Text *cut = ahead.texts + (ahead.rows + 1) * width;
        if (empty) {
            place += empty;
            line++;
            continue;
        }
        if (row + ahead.rows >= room) goto end;
        for (; more && cells < width; cells++) {
            doubled = 0;
            place = end_of_cell(data, length, kind, place, &first, &last, &doubled, &line);
            if (place < 0) goto end;
            for (int64_t space; (space = space_at(data + first, last - first)); first += space) {}
            for (int64_t space; (space = space_behind(data + first, last - first)); last -= space) {}
            if (last - first > INT32_MAX) goto end;
            cut[cells].at = first;
            cut[cells].size = doubled ? first - last : last - first;
            more = place < length && kind[data[place]] == ENDS_CELL;
            place += more;
        }
        int64_t others = place, end;
        for (; more; cells++) {
            place = end_of_cell(data, length, kind, place, &first, &last, &doubled, &line);
            if (place < 0) goto end;
            more = place < length && kind[data[place]] == ENDS_CELL;
            place += more;
        }
        end = place;
        if (place < length) place += line_end_at(data, length, place);
        line++;
        if (row < 0) {
            if (cells != width) goto end;
            lines[++row] = begun;
            continue;
        }
        for (int64_t one = cells; one < width; one++) cut[one] = (Text){end, 0, 0};
        filled = weigh_row(&ahead, data);
        if (!filled && cells <= width) continue;
        if (cells < width) missing += width - cells;
        if (missing > most_missing) goto end;
        found[row + ahead.rows] = cells;
        if (cells > width) {
            surplus[2 * (row + ahead.rows)] = others;
            surplus[2 * (row + ahead.rows) + 1] = end;
        }
        ahead.rows++;
        lines[row + ahead.rows] = begun;
        if (ahead.rows < ahead.most) continue;
        row += ahead.rows;
        if (!number_rows(&ahead, data, room, row - ahead.most, codes)) {
            answer = NO_MEMORY;
            goto end;
        }
    }
    if (row >= 0) {
        int64_t left = ahead.rows;
        answer = number_rows(&ahead, data, room, row, codes) ? row + left : NO_MEMORY;
    } else {
        answer = 0;
    }
    for (int64_t one = 0; one < width; one++) distinct[one] = ahead.columns[one].count;
end:
    free_ahead(&ahead);
    return answer;
}

/* Texts one behind the other, of which `cut_cells` says where they stand: the end of each. */
KERNEL int64_t gather_texts(const uint8_t *data, int64_t count, const int64_t *texts, int64_t *ends,
                            uint8_t *out) {
    int64_t filled = 0;
    ends[0] = 0;
    for (int64_t one = 0; one < count; one++) {
        int64_t bytes = texts[3 * one + 1];
        const uint8_t *text = data + texts[3 * one];
        if (bytes >= 0) {
            memcpy(out + filled, text, (size_t)bytes);
            filled += bytes;
        } else {
            for (int64_t place = 0; place < -bytes; place++) {
                out[filled++] = text[place];
                if (text[place] == '"') place++;
            }
        }
        ends[one + 1] = filled;
    }
    return 0;
}

static inline uint64_t turned(uint64_t value, int by) {
    return value << by | value >> (64 - by);
}

static inline void stir(uint64_t v[4]) {
    v[0] += v[1]; v[1] = turned(v[1], 13) ^ v[0]; v[0] = turned(v[0], 32);
    v[2] += v[3]; v[3] = turned(v[3], 16) ^ v[2];
    v[0] += v[3]; v[3] = turned(v[3], 21) ^ v[0];
    v[2] += v[1]; v[1] = turned(v[1], 17) ^ v[2]; v[2] = turned(v[2], 32);
}

/* SipHash-2-4 (Aumasson, Bernstein 2012) of each text, by a key of two numbers. */
KERNEL int64_t sip_hashes(uint64_t key, uint64_t other_key, int64_t count, const int64_t *ends,
                          const uint8_t *data, uint64_t *hashes) {
    for (int64_t one = 0; one < count; one++) {
        const uint8_t *text = data + ends[one];
        int64_t size = ends[one + 1] - ends[one], at = 0;
        uint64_t v[4] = {key ^ 0x736F6D6570736575u, other_key ^ 0x646F72616E646F6Du,
                         key ^ 0x6C7967656E657261u, other_key ^ 0x7465646279746573u};
        uint64_t word = 0;
        for (; at + 8 <= size; at += 8) {
            word = 0;
            for (int byte = 7; byte >= 0; byte--) word = word << 8 | text[at + byte];
            v[3] ^= word;
            stir(v); stir(v);
            v[0] ^= word;
        }
        word = (uint64_t)size << 56;
        for (int64_t byte = at; byte < size; byte++) word |= (uint64_t)text[byte] << (8 * (byte - at));
        v[3] ^= word;
        stir(v); stir(v);
        v[0] ^= word;
        v[2] ^= 0xFF;
        stir(v); stir(v); stir(v); stir(v);
        hashes[one] = v[0] ^ v[1] ^ v[2] ^ v[3];
    }
    return 0;
}

/* Move what stands in slots to more of them; `mask` is their number less one, a power of two. */
KERNEL int64_t seat_again(int64_t count, const uint64_t *old, uint64_t mask, uint64_t *slots) {
    for (int64_t one = 0; one < count; one++) {
        if (!old[one]) continue;
        uint64_t slot = (old[one] >> 32) & mask;
        while (slots[slot]) slot = (slot + 1) & mask;
        slots[slot] = old[one];
    }
    return 0;
}

/* Hash some texts, and ask for the memory of those that they may be. */
static void ask_ahead(uint64_t seed, uint64_t mask, const uint64_t *slots, const int64_t *known_ends,
                      const uint8_t *known_data, int64_t count, const int64_t *ends,
                      const uint8_t *data, uint64_t *hashes) {
    for (int64_t one = 0; one < count; one++) {
        hashes[one] = hash_of(data + ends[one], ends[one + 1] - ends[one], seed);
        SOON(slots + (hashes[one] & mask));
    }
    for (int64_t one = 0; one < count; one++) SOON(known_ends + (slots[hashes[one] & mask] & 0xFFFFFFFFu));
    for (int64_t one = 0; one < count; one++) {
        uint64_t number = slots[hashes[one] & mask] & 0xFFFFFFFFu;
        if (number) SOON(known_data + known_ends[number - 1]);
    }
}

/* The number of each text among `known` ones of one `sort`; -1 for another, or the next number if
   `enters`. Texts stand one behind the other, `ends` has 0 and the end of each. There is room for
   the new ones, and slots for twice as many; gives how many are known then. */
KERNEL int64_t look_up(uint64_t seed, uint64_t mask, uint64_t *slots, int64_t known, uint8_t *sorts,
                       int64_t *known_ends, uint8_t *known_data, int64_t sort, int64_t enters,
                       int64_t count, const int64_t *ends, const uint8_t *data, int64_t *found) {
    uint64_t hashes[AHEAD];
    for (int64_t one = 0; one < count; one++) {
        const uint8_t *text = data + ends[one];
        int64_t size = ends[one + 1] - ends[one], ahead = one % AHEAD;
        if (!ahead) {
            int64_t more = count - one < AHEAD ? count - one : AHEAD;
            ask_ahead(seed + (uint64_t)sort * 0x9E3779B97F4A7C15u, mask, slots, known_ends, known_data,
                      more, ends + one, data, hashes);
        }
        uint64_t slot = hashes[ahead] & mask;
        found[one] = -1;
        for (; slots[slot]; slot = (slot + 1) & mask) {
            if (slots[slot] >> 32 != hashes[ahead]) continue;
            int64_t number = (int64_t)(slots[slot] & 0xFFFFFFFFu) - 1, begin = known_ends[number];
            if (sorts[number] == sort && known_ends[number + 1] - begin == size
                && are_same(known_data + begin, text, size)) {
                found[one] = number;
                break;
            }
        }
        if (found[one] >= 0 || !enters) continue;
        slots[slot] = hashes[ahead] << 32 | (uint64_t)(known + 1);
        sorts[known] = (uint8_t)sort;
        memcpy(known_data + known_ends[known], text, (size_t)size);
        known_ends[known + 1] = known_ends[known] + size;
        found[one] = known++;
    }
    return known;
}

/* Add to each total what a code stands for; nothing for a code below 0. */
KERNEL int64_t add_by_code(int64_t count, const int32_t *codes, const uint64_t *of_code, uint64_t *totals) {
    for (int64_t one = 0; one < count; one++) {
        if (codes[one] >= 0) totals[one] += of_code[codes[one]];
    }
    return 0;
}
