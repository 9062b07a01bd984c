// After the build: each file also compressed, as the program serves it, and each route's first load within its bound. What a
// route loads is its entry with all that this imports at once, its own piece, the words of one language and the styles.

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { constants, brotliCompressSync, gzipSync } from "node:zlib";

const MOST_BYTES = 40 * 1024;
const folder = new URL("dist/", import.meta.url).pathname;
const manifest = JSON.parse(readFileSync(join(folder, ".vite/manifest.json"), "utf8"));

const size = new Map();
for (const name of readdirSync(join(folder, "assets"))) {
  if (/\.(gz|br)$/.test(name)) continue;
  const place = join(folder, "assets", name);
  const content = readFileSync(place);
  const zipped = gzipSync(content, { level: 9 });
  writeFileSync(`${place}.gz`, zipped);
  writeFileSync(`${place}.br`, brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
  size.set(`assets/${name}`, zipped.length);
}

/** The files that are there once this piece is. */
function loaded(key, seen = new Set()) {
  const piece = manifest[key];
  for (const file of [piece.file, ...(piece.css ?? [])]) seen.add(file);
  for (const other of piece.imports ?? []) if (!seen.has(manifest[other].file)) loaded(other, seen);
  return seen;
}

const words = Object.keys(manifest).filter((key) => key.endsWith("/messages/zh.json") || key.endsWith("/messages/en.json"));
const routes = Object.keys(manifest).filter((key) => key.startsWith("src/screens/"));
if (words.length !== 2 || routes.length === 0) throw new Error("the manifest has no words or no screens");
let heaviest = ["", 0];
for (const route of routes) {
  for (const language of words) {
    const files = new Set([...loaded("index.html"), ...loaded(route), ...loaded(language)]);
    const bytes = [...files].reduce((sum, file) => sum + (size.get(file) ?? 0), 0);
    if (bytes > heaviest[1]) heaviest = [route, bytes];
    if (bytes > MOST_BYTES) {
      console.error(`${route} loads ${bytes} bytes with ${language}; ${MOST_BYTES} are the most`);
      process.exitCode = 1;
    }
  }
}
console.log(`${routes.length} screens; the heaviest is ${heaviest[0]} with ${heaviest[1]} bytes of ${MOST_BYTES}`);
