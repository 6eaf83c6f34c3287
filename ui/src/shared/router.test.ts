import { beforeEach, describe, expect, it } from "vitest";
import { findRoute, href, matchPath, readAddress, router, type Route } from "./router.svelte";

const page = (path: string) => ({ path, area: "careers", help: "careers" }) as Route;

describe("an address", () => {
  it("holds the path and the query", () => {
    const address = readAddress("#/careers/backend-architect?place=MA18140&field=a&field=b");
    expect(address.path).toBe("/careers/backend-architect");
    expect(address.query.get("place")).toBe("MA18140");
    expect(address.query.getAll("field")).toEqual(["a", "b"]);
  });

  it("is the root where there is none, and keeps question marks of a value", () => {
    expect(readAddress("").path).toBe("/");
    expect(readAddress("#/x?text=why%3F?").query.get("text")).toBe("why??");
  });

  it("is written so that it reads the same", () => {
    const written = href("careers", { text: "a b&c=ñ", field: ["x", "y"], place: "", sort: null });
    expect(written).toBe("#/careers?text=a+b%26c%3D%C3%B1&field=x&field=y");
    expect(readAddress(written).query.get("text")).toBe("a b&c=ñ");
  });
});

describe("a route", () => {
  it("takes parameters, also one that may be left out", () => {
    expect(matchPath("/careers/:slug?", "/careers")).toEqual({});
    expect(matchPath("/careers/:slug?", "/careers/3d-animator")).toEqual({ slug: "3d-animator" });
    expect(matchPath("/students/:id", "/students")).toBeNull();
    expect(matchPath("/students", "/students/7")).toBeNull();
    expect(matchPath("/students/:id", "/students/%E0%A4%A")).toEqual({ id: "%E0%A4%A" });
  });

  it("is the first that fits, and none for an unknown address", () => {
    const routes = [page("/students/import"), page("/students/:id?")];
    expect(findRoute(routes, "/students/import")?.route).toBe(routes[0]);
    expect(findRoute(routes, "/students/7")?.params).toEqual({ id: "7" });
    expect(findRoute(routes, "/nowhere")).toBeNull();
  });
});

describe("the router", () => {
  beforeEach(() => {
    history.replaceState(null, "", "#/home");
    const stop = router.start();
    return stop;
  });

  it("follows the address and wants the focus on a new page only", () => {
    expect(router.focusWanted).toBe(false);
    router.setQuery({ sort: "pay" });
    expect(location.hash).toBe("#/home?sort=pay");
    expect(router.focusWanted).toBe(false);
    router.go("careers");
    expect(router.path).toBe("/careers");
    expect(router.focusWanted).toBe(true);
  });

  it("changes a part of the query and leaves the rest", () => {
    router.go(href("careers", { text: "vet", field: ["a", "b"] }));
    router.setQuery({ text: null });
    expect(router.query.getAll("field")).toEqual(["a", "b"]);
    expect(router.query.has("text")).toBe(false);
  });

  it("goes back to the page before, with its query", async () => {
    router.go(href("careers", { text: "vet" }));
    router.go("students");
    const before = router.entry;
    await new Promise<void>((done) => {
      window.addEventListener("popstate", () => done(), { once: true });
      router.back();
    });
    expect(router.path).toBe("/careers");
    expect(router.query.get("text")).toBe("vet");
    expect(router.entry).toBe(before - 1);
  });
});

describe("any address", () => {
  // A generator of its own, so that a failure can be had again.
  const drawn = (seed: number) => () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed / 2 ** 32;
  };
  const pieces = [
    ..."#/?&=%+:;@.\\ \u0000\u202e",
    "%00",
    "%E0%A4%A",
    "%2e%2e/",
    "..",
    "careers",
    "students",
    ":id",
    "__proto__",
    "constructor",
    "<script>",
    "javascript:",
    "👩🏽‍🎓",
    "\ud800",
    "x".repeat(5000),
  ];
  const routes = ["/careers/:slug?", "/students/:id", "/applications/:id/versions"].map(page);

  it("is read without a fault, reads the same once it is written, and names no parameter that a route lacks", () => {
    const next = drawn(4);
    for (let run = 0; run < 3000; run++) {
      const hash = Array.from(
        { length: Math.floor(next() * 8) },
        () => pieces[Math.floor(next() * pieces.length)],
      );
      const { path, query } = readAddress(hash.join(""));
      expect(path.startsWith("/")).toBe(true);
      expect(path.includes("//")).toBe(false);
      const found = findRoute(routes, path);
      for (const name of Object.keys(found?.params ?? {})) expect(["slug", "id"]).toContain(name);
      const again = readAddress(href(path, { text: query.get("text") }));
      if (!path.includes("?")) expect(again.path).toBe(path);
      expect(again.query.get("text") ?? "").toBe(query.get("text") ?? "");
    }
  });
});
