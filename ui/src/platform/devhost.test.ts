import { afterEach, describe, expect, it, vi } from "vitest";
import { fileName, host as devhost } from "./devhost";
import { OperationError } from "./errors";

afterEach(() => vi.unstubAllGlobals());

const answering = (answer: Response) =>
  vi.stubGlobal(
    "fetch",
    vi.fn(async () => answer),
  );

describe("the test host", () => {
  it("turns a refusal into its code and parameters", async () => {
    answering(
      new Response(JSON.stringify({ code: "vault.wait", params: { wait_seconds: 4 } }), { status: 422 }),
    );
    const fault = await devhost.call("vault.unlock", { passphrase: "x" }).catch((failed: unknown) => failed);
    expect(fault).toBeInstanceOf(OperationError);
    expect(fault).toMatchObject({ code: "vault.wait", params: { wait_seconds: 4 } });
  });

  it("names a host that does not answer", async () => {
    vi.stubGlobal(
      "fetch",
      vi.fn(async () => Promise.reject(new TypeError("refused"))),
    );
    await expect(devhost.call("vault.status", {})).rejects.toMatchObject({ code: "host.no_answer" });
    answering(new Response("", { status: 500 }));
    await expect(devhost.call("vault.status", {})).rejects.toMatchObject({ code: "host.no_answer" });
  });

  it("reads a document's name, letters beyond ASCII included", () => {
    expect(fileName(`attachment; filename="a.pdf"; filename*=UTF-8''solicitud%20%C3%B1.pdf`)).toBe(
      "solicitud ñ.pdf",
    );
    expect(fileName('attachment; filename="a b.pdf"')).toBe("a b.pdf");
    expect(fileName(null)).toBe("waymark");
  });
});
