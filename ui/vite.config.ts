import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";
import { statesModule } from "./scripts/states.js";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Compiles the message files at the start, and again whenever one changes while the pages are served. */
function messages(): Plugin {
  const compile = () => {
    execFileSync(process.execPath, [here("scripts/messages.js")], { stdio: "inherit" });
  };
  const folder = here("../data/messages");
  return {
    name: "waymark-messages",
    buildStart: compile,
    configureServer(server) {
      server.watcher.add(folder);
      server.watcher.on("change", (path) => {
        if (path.startsWith(folder)) compile();
      });
    },
  };
}

/** The shapes of the states, as the module that the map imports. */
function states(): Plugin {
  const name = "virtual:us-states";
  return {
    name: "waymark-states",
    resolveId: (id) => (id === name ? `\0${name}` : undefined),
    load: (id) => (id === `\0${name}` ? statesModule() : undefined),
  };
}

/** The test host for a browser only where it is asked for; everything else is for the window. */
const hosts = (mode: string) => (mode === "devhost" || mode === "test" ? "devhost" : "tauri");

export default defineConfig(({ mode }) => ({
  plugins: [messages(), states(), svelte()],
  // Relative, so that the pages work under the window's own scheme and under the test host alike.
  base: "./",
  build: {
    target: ["safari16.4", "chrome111"],
    // Fonts and pictures stay files: the content policy lets no font come from a data: address.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: { fs: { allow: [here("..")] } },
  resolve: {
    alias: { "#host": here(`src/platform/${hosts(mode)}.ts`) },
    ...(process.env.VITEST ? { conditions: ["browser"] } : {}),
  },
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.ts"],
    setupFiles: ["src/shared/testing/setup.ts"],
    restoreMocks: true,
  },
}));
