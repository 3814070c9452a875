// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors

// Bundles the console into target/classes/web, or with --test the tests into target/test.
import { cpSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

process.chdir(dirname(fileURLToPath(import.meta.url)));
const common = { bundle: true, jsx: "automatic", jsxImportSource: "preact", logLevel: "warning" };

if (process.argv.includes("--test")) {
  rmSync("target/test", { recursive: true, force: true });
  const tests = readdirSync("test").filter((name) => name.endsWith(".test.ts"));
  await build({
    ...common,
    entryPoints: tests.map((name) => join("test", name)),
    outdir: "target/test",
    platform: "node",
    format: "esm",
    outExtension: { ".js": ".mjs" },
    target: "node18",
  });
} else {
  const web = "target/classes/web";
  rmSync(web, { recursive: true, force: true });
  mkdirSync(web, { recursive: true });
  await build({
    ...common,
    entryPoints: { console: "src/main.tsx" },
    outdir: web,
    format: "iife",
    target: "es2020",
    minify: true,
    sourcemap: false,
    legalComments: "linked",
  });
  cpSync("src/index.html", join(web, "index.html"));
  cpSync("src/icon.svg", join(web, "icon.svg"));
}
