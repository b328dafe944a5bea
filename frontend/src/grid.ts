/** A square grid over points: what lies near here, without looking at everything. */
export class Grid {
  private readonly cells = new Map<number, number[]>();

  constructor(
    private readonly xs: ArrayLike<number>,
    private readonly ys: ArrayLike<number>,
    private readonly size: number,
  ) {
    for (let item = 0; item < xs.length; item += 1) {
      const key = this.key(Math.floor(xs[item] / size), Math.floor(ys[item] / size));
      const cell = this.cells.get(key);
      if (cell) cell.push(item);
      else this.cells.set(key, [item]);
    }
  }

  private key(column: number, row: number): number {
    return column * 1_000_003 + row;
  }

  /** Items within `reach` of a point, nearest first; ties by index. */
  near(x: number, y: number, reach: number): number[] {
    const found: [number, number][] = [];
    const last = Math.floor((x + reach) / this.size);
    for (let column = Math.floor((x - reach) / this.size); column <= last; column += 1) {
      const bottom = Math.floor((y + reach) / this.size);
      for (let row = Math.floor((y - reach) / this.size); row <= bottom; row += 1) {
        for (const item of this.cells.get(this.key(column, row)) || []) {
          const away = Math.hypot(this.xs[item] - x, this.ys[item] - y);
          if (away <= reach) found.push([away, item]);
        }
      }
    }
    return found.sort((a, b) => a[0] - b[0] || a[1] - b[1]).map((pair) => pair[1]);
  }
}

/** A cell size that puts about two points in a cell. */
export function cellSize(width: number, height: number, count: number): number {
  return Math.sqrt((Math.max(width, 1e-9) * Math.max(height, 1e-9) * 2) / Math.max(count, 1)) || 1;
}

/** Median distance to the nearest other point: how closely the points stand. */
export function typicalGap(xs: number[], ys: number[], extent: number): number {
  const count = xs.length;
  if (count < 2) return extent || 1;
  const size = Math.max(cellSize(extent, extent, count), extent / 2000, 1e-9);
  const grid = new Grid(xs, ys, size);
  const gaps: number[] = [];
  const step = Math.max(1, Math.floor(count / 600));
  for (let item = 0; item < count; item += step) {
    const gap = nearestGap(grid, xs, ys, item, size, extent);
    if (gap > 0) gaps.push(gap);
  }
  gaps.sort((a, b) => a - b);
  return gaps.length ? gaps[Math.floor(gaps.length / 2)] : extent || 1;
}

function nearestGap(
  grid: Grid,
  xs: number[],
  ys: number[],
  item: number,
  size: number,
  extent: number,
): number {
  for (let reach = size; reach <= extent * 2; reach *= 2) {
    for (const other of grid.near(xs[item], ys[item], reach)) {
      const gap = Math.hypot(xs[other] - xs[item], ys[other] - ys[item]);
      if (other !== item && gap > 0) return gap;
    }
  }
  return 0;
}
