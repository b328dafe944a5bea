/** Rebuilds elsewhere and compares bytes: exit 1 when the committed assets are not what src makes. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assets, buildInto, names } from "./build.mjs";

const folder = await mkdtemp(join(tmpdir(), "ringmap-assets-"));
try {
  await buildInto(folder);
  for (const name of names) {
    const fresh = await readFile(join(folder, name));
    const committed = await readFile(join(assets, name)).catch(() => Buffer.alloc(0));
    if (fresh.equals(committed)) continue;
    console.error(`${name} differs from what frontend/src makes: run \`npm run build\` in frontend/`);
    process.exitCode = 1;
  }
} finally {
  await rm(folder, { recursive: true });
}
