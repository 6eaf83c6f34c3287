import { cleanup, render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { call } from "../platform";
import StudentDialog from "./StudentDialog.svelte";
import { forgetUnsaved } from "../shared/leaving";
import { lock, takeStatus } from "../shared/session.svelte";
import { keeping, keepsTexts, lockAndUnlock } from "../shared/testing/locking";
import { unlocked as status } from "../shared/testing/unlocked";

vi.mock("../platform", async (original) => ({ ...(await original<object>()), call: vi.fn() }));

beforeEach(() => keepsTexts());
afterEach(() => {
  cleanup();
  forgetUnsaved();
});

const name = () => screen.getByLabelText<HTMLInputElement>("Name");

it("a dialog that was being filled in opens again with what stood in it, however often it is locked over", async () => {
  render(StudentDialog, { open: true });
  await userEvent.type(name(), "Demo Learner");
  await userEvent.type(screen.getByLabelText(/Year of graduation/), "2031");
  await lockAndUnlock();
  render(StudentDialog, { open: false });
  expect(name().value).toBe("Demo Learner");
  expect(screen.getByLabelText<HTMLInputElement>(/Year of graduation/).value).toBe("2031");
  expect(keeping.texts).toEqual([]);
  await lockAndUnlock();
  render(StudentDialog, { open: false });
  expect(name().value).toBe("Demo Learner");
});

it("what no dialog has taken yet is kept over the next lock as well", async () => {
  render(StudentDialog, { open: true });
  await userEvent.type(name(), "Demo Learner");
  await lockAndUnlock();
  await lockAndUnlock();
  render(StudentDialog, { open: false });
  expect(name().value).toBe("Demo Learner");
});

it("a dialog in which nothing was typed, or that was closed, is not kept", async () => {
  render(StudentDialog, { open: true });
  await lock();
  expect(keeping.texts).toEqual([]);
  takeStatus(status);
  await userEvent.type(name(), "Demo Learner");
  await userEvent.click(screen.getByRole("button", { name: "Cancel" }));
  await lock();
  expect(keeping.texts).toEqual([]);
});

it("records are not locked over a dialog that could not be kept", async () => {
  render(StudentDialog, { open: true });
  await userEvent.type(name(), "Demo Learner");
  const calls = vi.mocked(call).getMockImplementation();
  vi.mocked(call).mockImplementation(async (asked, input) => {
    if (asked === "vault.keep_unsaved") throw new Error("no memory");
    return (await calls?.(asked, input)) as never;
  });
  vi.mocked(call).mockClear();
  await expect(lock()).rejects.toThrow();
  expect(vi.mocked(call).mock.calls.map(([asked]) => asked)).not.toContain("vault.lock");
  expect(name().value).toBe("Demo Learner");
});
