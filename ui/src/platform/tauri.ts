// The window: calls go through Tauri's own bridge.
import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import { readError } from "./errors";
import type { EventName, Host, SavedDocument } from "./host";

async function ask<T>(command: string, args?: Record<string, unknown>): Promise<T> {
  try {
    return await invoke<T>(command, args);
  } catch (fault) {
    throw readError(fault);
  }
}

export const host: Host = {
  canPickFolder: true,
  call: (operation, input) => ask("call", { operation, input }),
  saveDocument: (operation, input) => ask<SavedDocument>("save_document", { operation, input }),
  pickFolder: () => ask<string | null>("pick_folder"),
  heardClose: () => ask("heard_close"),
  leave: (saved) => ask("leave", { saved }),
  painted: () => ask("painted"),
  touched: () => ask("touched"),
  onEvent(name: EventName, heard) {
    const stop = listen(name, heard);
    return () => void stop.then((end) => end());
  },
};
