// An ordinary browser: the same operations over loopback HTTP, for tests. Never part of what ships to a person.
import { NO_ANSWER, OperationError, readError } from "./errors";
import type { Logged } from "../generated/contract";
import type { Host } from "./host";

const token = new URLSearchParams(location.search).get("token") ?? "";

async function post(path: string, input: unknown): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetch(path, {
      method: "POST",
      headers: { "content-type": "application/json", "x-waymark-token": token },
      body: JSON.stringify(input),
    });
  } catch {
    throw new OperationError(NO_ANSWER);
  }
  if (answer.status === 422) throw readError(await answer.json());
  if (!answer.ok) throw new OperationError(NO_ANSWER);
  return answer;
}

/** The file's name from a content-disposition header, its encoded form first. */
export function fileName(header: string | null): string {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(header ?? "")?.[1];
  if (encoded) return decodeURIComponent(encoded);
  return /filename="([^"]+)"/i.exec(header ?? "")?.[1] ?? "waymark";
}

export const host: Host = {
  canPickFolder: false,
  async call(name, input) {
    return (await post(`/call/${name}`, input)).json();
  },
  async saveDocument(name, input) {
    const answer = await post(`/document/${name}`, input);
    const saved = fileName(answer.headers.get("content-disposition"));
    const address = URL.createObjectURL(await answer.blob());
    const link = document.createElement("a");
    link.href = address;
    link.download = saved;
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
    const told = (name: string) => decodeURIComponent(answer.headers.get(`x-waymark-${name}`) ?? "");
    return { saved, missing: told("missing"), logged: JSON.parse(told("logged") || "null") as Logged | null };
  },
  pickFolder: async () => null,
  heardClose: async () => undefined,
  leave: async () => undefined,
  painted: async () => undefined,
  touched: async () => undefined,
  onEvent: () => () => undefined,
};
