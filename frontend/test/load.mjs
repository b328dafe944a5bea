/** Bundles one module of src so that node can run it; nothing is written to disk. */
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const source = join(dirname(fileURLToPath(import.meta.url)), "..", "src");

export async function load(module) {
  const made = await build({
    entryPoints: [join(source, module)],
    bundle: true,
    write: false,
    format: "esm",
    target: "es2019",
    charset: "utf8",
  });
  const text = Buffer.from(made.outputFiles[0].text).toString("base64");
  return import(`data:text/javascript;base64,${text}`);
}
