/** Where the reader looks: a point of the world in the middle of the picture, and a scale. */
import type { Point } from "./geometry";

export interface Camera {
  x: number;
  y: number;
  scale: number;
}

export interface Frame {
  camera: Camera;
  width: number;
  height: number;
}

export interface Extent {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export function toScreen(frame: Frame, x: number, y: number): Point {
  return {
    x: (x - frame.camera.x) * frame.camera.scale + frame.width / 2,
    y: (y - frame.camera.y) * frame.camera.scale + frame.height / 2,
  };
}

export function toWorld(frame: Frame, x: number, y: number): Point {
  return {
    x: (x - frame.width / 2) / frame.camera.scale + frame.camera.x,
    y: (y - frame.height / 2) / frame.camera.scale + frame.camera.y,
  };
}

export function extentOf(xs: number[], ys: number[], wanted: (item: number) => boolean): Extent | null {
  const extent = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (let item = 0; item < xs.length; item += 1) {
    if (!wanted(item)) continue;
    extent.left = Math.min(extent.left, xs[item]);
    extent.right = Math.max(extent.right, xs[item]);
    extent.top = Math.min(extent.top, ys[item]);
    extent.bottom = Math.max(extent.bottom, ys[item]);
  }
  return extent.left <= extent.right ? extent : null;
}

/** A camera that shows the whole extent inside the margins. */
export function fitCamera(
  extent: Extent,
  width: number,
  height: number,
  margin: number,
  mostScale: number,
): Camera {
  const wide = Math.max(extent.right - extent.left, 1e-6);
  const high = Math.max(extent.bottom - extent.top, 1e-6);
  const room = Math.min(margin, width / 5, height / 5);
  const scale = Math.min((width - room * 2) / wide, (height - room * 2) / high, mostScale);
  return {
    x: (extent.left + extent.right) / 2,
    y: (extent.top + extent.bottom) / 2,
    scale: Math.max(scale, 1e-9),
  };
}

/** The same view in a picture of another size: nothing that was visible is lost. */
export function rescale(frame: Frame, width: number, height: number): Frame {
  const factor = Math.min(width / frame.width, height / frame.height);
  return { camera: { ...frame.camera, scale: frame.camera.scale * factor }, width, height };
}
