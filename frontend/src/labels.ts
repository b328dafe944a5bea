/** Labels that never collide: each takes the first free place beside its mark, or stays away. */

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Boxes already taken, in a coarse grid so that asking is quick. */
export class Taken {
  private readonly cells = new Map<number, Box[]>();

  constructor(private readonly size = 48) {}

  private *keys(box: Box): Generator<number> {
    const lastColumn = Math.floor(box.right / this.size);
    const lastRow = Math.floor(box.bottom / this.size);
    for (let column = Math.floor(box.left / this.size); column <= lastColumn; column += 1) {
      for (let row = Math.floor(box.top / this.size); row <= lastRow; row += 1) {
        yield column * 100_003 + row;
      }
    }
  }

  isFree(box: Box): boolean {
    for (const key of this.keys(box)) {
      for (const other of this.cells.get(key) || []) if (overlap(box, other)) return false;
    }
    return true;
  }

  take(box: Box): void {
    for (const key of this.keys(box)) {
      const cell = this.cells.get(key);
      if (cell) cell.push(box);
      else this.cells.set(key, [box]);
    }
  }
}

export function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** Places for a label beside a mark of radius `reach`: right, left, below, above. */
export function placesBeside(
  x: number,
  y: number,
  reach: number,
  width: number,
  height: number,
): Box[] {
  const gap = reach + 3;
  const at = (left: number, top: number): Box => ({
    left,
    top,
    right: left + width,
    bottom: top + height,
  });
  return [
    at(x + gap, y - height / 2),
    at(x - gap - width, y - height / 2),
    at(x - width / 2, y + gap),
    at(x - width / 2, y - gap - height),
  ];
}

/** The first free box inside the picture, now taken; or null when there is none. */
export function placeLabel(
  taken: Taken,
  choices: Box[],
  width: number,
  height: number,
): Box | null {
  for (const box of choices) {
    const inside = box.left >= 2 && box.top >= 2 && box.right <= width - 2 && box.bottom <= height - 2;
    if (!inside || !taken.isFree(box)) continue;
    taken.take(box);
    return box;
  }
  return null;
}

/** Signs that turn the direction of writing round are left out: they can make a name read falsely. */
export function withoutTurns(text: string): string {
  return text.replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "");
}

/** A label cut to a length that a picture can bear; the whole text stays in the details. */
export function shorten(text: string, longest = 30): string {
  const letters = Array.from(text.replace(/\s+/g, " "));
  return letters.length <= longest ? letters.join("") : letters.slice(0, longest - 1).join("") + "…";
}
