/** Text folded for searching: no case, no diacritics. Đ has no decomposition, so it is named. */
export function fold(text: string): string {
  return text
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/[đĐ]/g, "d")
    .toLowerCase();
}

/** How well a folded haystack answers folded words: 0 not at all, higher is better. */
export function matchScore(words: string[], label: string, rest: string): number {
  let score = 0;
  for (const word of words) {
    const found = wordScore(word, label, rest);
    if (found === 0) return 0;
    score += found;
  }
  return score;
}

function wordScore(word: string, label: string, rest: string): number {
  if (label === word) return 8;
  if (label.startsWith(word)) return 6;
  if (label.includes(" " + word)) return 5;
  if (label.includes(word)) return 3;
  return rest.includes(word) ? 1 : 0;
}
