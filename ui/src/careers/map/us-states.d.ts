/** Shapes of the states, made at build time by scripts/states.js. */
declare module "virtual:us-states" {
  export interface Shape {
    /** Id of the place, `ST39`. */
    id: string;
    path: string;
  }
  /** Width and height within which the paths lie. */
  export const frame: [number, number];
  export const shapes: Shape[];
}
