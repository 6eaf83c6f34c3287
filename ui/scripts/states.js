// The shapes of the states as a module of the pages: Census shapes (npm package `us-atlas`, projected with Alaska and
// Hawaii set below), decoded into SVG paths on whole units. Made at build time; nothing of it is committed.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { feature } from "topojson-client";

/** Width and height of the projection, as `us-atlas` draws it. */
const FRAME = [975, 610];

/** One ring as a path; points that fall together on whole units are said once. */
function ring(points) {
  const said = [];
  for (const [x, y] of points) {
    const point = `${Math.round(x)} ${Math.round(y)}`;
    if (said.at(-1) !== point) said.push(point);
  }
  return said.length > 3 ? `M${said.join("L")}Z` : "";
}

/** Every state with its place id (`ST39`) and its path. */
export function states() {
  const file = createRequire(import.meta.url).resolve("us-atlas/states-albers-10m.json");
  const atlas = JSON.parse(readFileSync(file, "utf8"));
  return feature(atlas, atlas.objects.states)
    .features.map(({ id, geometry }) => {
      const parts = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
      return { id: `ST${id}`, path: parts.flat().map(ring).join("") };
    })
    .filter(({ path }) => path)
    .sort((a, b) => a.id.localeCompare(b.id));
}

/** The module's text. */
export const statesModule = () =>
  `export const frame = ${JSON.stringify(FRAME)};\nexport const shapes = ${JSON.stringify(states())};\n`;
