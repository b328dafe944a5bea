/** Bundles the page into one readable script and one stylesheet; same input, same bytes. */
import { readFile, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
export const assets = join(here, "..", "src", "ringmap", "view", "assets");
export const names = ["ringmap.js", "ringmap.css"];

export async function buildInto(folder) {
  const bundle = await build({
    absWorkingDir: here,
    entryPoints: ["src/main.ts"],
    bundle: true,
    write: false,
    format: "iife",
    target: ["es2019", "firefox78", "chrome80"],
    charset: "utf8",
    legalComments: "none",
    sourcemap: false,
    logLevel: "warning",
    banner: { js: "/* Made from frontend/src by `npm run build`; change it there. */" },
  });
  await mkdir(folder, { recursive: true });
  // The script stands inside <script>: these three sequences must not end or change that element.
  const script = bundle.outputFiles[0].text;
  for (const danger of ["</script", "<script", "<!--"]) {
    if (script.toLowerCase().includes(danger)) throw new Error(`the script contains ${danger}`);
  }
  await writeFile(join(folder, "ringmap.js"), script);
  const style = await readFile(join(here, "src", "ringmap.css"), "utf8");
  await writeFile(join(folder, "ringmap.css"), style.replace(/\r\n/g, "\n"));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildInto(assets);
