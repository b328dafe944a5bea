/** Small pictures for lists and legends, drawn by the same code as the big ones. */
import type { App } from "./app";
import { drawMark, shapeOf } from "./shapes";
import { type Surface, SvgSurface } from "./surface";

export function icon(
  width: number,
  height: number,
  draw: (surface: Surface) => void,
): SVGElement {
  const surface = new SvgSurface(width, height);
  draw(surface);
  surface.root.setAttribute("aria-hidden", "true");
  surface.root.setAttribute("class", "icon");
  return surface.root;
}

export function markIcon(app: App, party: number, size: number): SVGElement {
  const shape = shapeOf(app.model, party);
  const radius = size * (shape === "victim" || shape === "both" ? 0.27 : 0.38);
  return icon(size, size, (surface) =>
    drawMark(surface, size / 2, size / 2, {
      shape,
      group: app.model.group[party],
      radius: Math.max(radius, 3.5),
      palette: app.palette(),
      alpha: 1,
    }),
  );
}
