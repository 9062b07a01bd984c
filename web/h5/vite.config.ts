// How the pages for phones are made: one entry, one piece for each screen, names with the digest of what is in them.

import { defineConfig } from "vite";

export default defineConfig({
  base: "/",
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: "dist",
    manifest: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: "es2022",
  },
  server: { proxy: { "^/(v1|s|c|p|pages|sandbox)(/|$)": { target: process.env["LINLI_URL"] ?? "http://127.0.0.1:8080" } } },
});
