// Keeps the scroll place of a part of a page for each entry of the history, so that Back finds it.
import type { Attachment } from "svelte/attachments";
import { router } from "./router.svelte";

const places = new Map<string, number>();
const MOST = 200;

/** Put on the element that scrolls: `{@attach keepScroll("careers-list")}`. */
export function keepScroll(name: string): Attachment<HTMLElement> {
  return (element) => {
    const key = `${router.entry}:${name}`;
    const wanted = places.get(key) ?? 0;
    // What is inside may arrive later and make the element tall enough only then.
    const restore = () => {
      element.scrollTop = wanted;
      if (element.scrollTop >= wanted - 1) watch.disconnect();
    };
    const watch = new MutationObserver(restore);
    if (wanted > 0) {
      watch.observe(element, { childList: true, subtree: true });
      restore();
    }
    const keep = () => {
      places.delete(key);
      places.set(key, element.scrollTop);
      if (places.size > MOST) places.delete(places.keys().next().value ?? "");
    };
    const settle = () => watch.disconnect();
    element.addEventListener("scroll", keep, { passive: true });
    element.addEventListener("wheel", settle, { passive: true });
    return () => {
      watch.disconnect();
      element.removeEventListener("scroll", keep);
      element.removeEventListener("wheel", settle);
    };
  };
}
