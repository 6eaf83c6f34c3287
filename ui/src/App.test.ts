import { render, screen, waitFor } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import App from "./App.svelte";
import type { Home, MeetingStatus, Settings, VaultStatus } from "./generated/contract";
import { call, OperationError } from "./platform";
import { language } from "./shared/language.svelte";
import { saveBeforeLeaving } from "./shared/leaving";
import { meeting } from "./shared/meeting.svelte";

vi.mock("./platform", async (original) => ({ ...(await original<object>()), call: vi.fn() }));
// What the areas show is their own tests' matter.
vi.mock("./careers/routes", () => ({ routes: [] }));
vi.mock("./students/routes", () => ({ routes: [] }));
vi.mock("./applications/routes", () => ({ routes: [] }));
vi.mock("./log/routes", () => ({ routes: [] }));

const settings: Settings = {
  language: "en",
  theme: "dark",
  high_contrast: false,
  text_percent: 150,
  place: "US",
  idle_minutes: 10,
};
const home: Home = {
  students: 2,
  applications: 0,
  careers: 5,
  drafts: [],
  without_application: 0,
  forgotten: [],
  recent: [],
  sample: null,
};
let status: VaultStatus;
let sitting: MeetingStatus;
const student = { id: "7", name: "Sample Student", graduation_year: 2027 };
let answers: Record<string, (input: never) => unknown>;

// Most of the program: compiling it is no part of what is timed below.
beforeAll(() => import("./OpenPages.svelte"));

beforeEach(() => {
  language.current = "en";
  history.replaceState(null, "", "#/home");
  status = {
    state: "unlocked",
    folder: "/r",
    default_folder: "/r",
    settings_file: "/s/settings.json",
    problem: null,
    wait_seconds: 0,
    opened_by: null,
    keys_restored: null,
    keychain_off: false,
  };
  sitting = { under_way: false, number: 0, student: null, has_pin: true, wait_seconds: 0 };
  answers = {
    "vault.status": () => status,
    "vault.lock": () => (status = { ...status, state: "locked" }),
    "meeting.status": () =>
      status.state === "unlocked" ? sitting : { ...sitting, student: null, has_pin: false },
    "meeting.end": (input: { pin: string }) => {
      if (input.pin !== "2580") throw new OperationError("meeting.wrong_pin", { wait_seconds: "0" });
      return (sitting = { ...sitting, under_way: false, number: 0, student: null });
    },
    "settings.get": () => settings,
    "settings.save": (input) => input,
    "home.show": () => home,
    "catalogue.info": () => ({ careers: 5, guides: 5, places: 1, sources: [] }),
    "careers.titles": () => [],
    "careers.places": () => [],
  };
  vi.mocked(call).mockImplementation(async (name, input) => {
    const answer = answers[name];
    if (!answer) throw new OperationError("operation.unknown");
    return answer(input as never) as never;
  });
});

const NOT_HERE = "This is not in the meeting";
const heading = (name: string | RegExp) => screen.findByRole("heading", { level: 1, name });

describe("the window shows", () => {
  it("the first run while there are no records", async () => {
    status.state = "first_run";
    render(App);
    await heading("Welcome to Waymark");
  });

  it("the unlock page while they are locked, and no navigation", async () => {
    status.state = "locked";
    render(App);
    await heading("Unlock your records");
    expect(screen.queryByRole("navigation")).toBeNull();
  });

  it("what stands in the way of opening them, and tries again", async () => {
    status = { ...status, state: "locked", problem: "vault.in_use" };
    render(App);
    await heading("The records are open elsewhere");
    status = { ...status, problem: null };
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    await heading("Unlock your records");
  });

  it("that the folder of the records is not there, and which, with a way to another", async () => {
    status = { ...status, state: "locked", problem: "vault.not_there", folder: "/media/stick/records" };
    render(App);
    await heading("The records folder is not there");
    expect(screen.getByRole("alert").textContent).toContain("connected?");
    expect(screen.getByText("/media/stick/records")).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "Records in another folder" }));
    await heading("Open records in another folder");
  });

  it.each(["settings.unreadable", "settings.damaged"])(
    "that of %s nothing is guessed, and begins with new ones only when asked to",
    async (problem) => {
      status = { ...status, state: "locked", problem };
      answers["settings.begin_anew"] = () => {
        status = { ...status, state: "first_run", problem: null };
        return settings;
      };
      render(App);
      await heading("The settings can’t be read");
      expect(screen.getByText("/s/settings.json")).toBeTruthy();
      expect(screen.queryByRole("button", { name: "Records in another folder" })).toBeNull();
      await userEvent.click(screen.getByRole("button", { name: "Try again" }));
      await heading("The settings can’t be read");
      await userEvent.click(screen.getByRole("button", { name: "Begin with new settings" }));
      await heading("Welcome to Waymark");
    },
  );

  it("why the settings that can't be read could not be set aside", async () => {
    status = { ...status, state: "locked", problem: "settings.damaged" };
    answers["settings.begin_anew"] = () => Promise.reject(new OperationError("storage.settings"));
    render(App);
    await userEvent.click(await screen.findByRole("button", { name: "Begin with new settings" }));
    await screen.findByText(/could not be kept/);
    await heading("The settings can’t be read");
  });

  it("the home page with counts when they are open, dark and large as set", async () => {
    render(App);
    expect(await screen.findByRole("link", { name: /Students\s*2/ })).toBeTruthy();
    expect(screen.getByRole("link", { name: "Home" }).getAttribute("aria-current")).toBe("page");
    expect(document.documentElement.dataset.theme).toBe("dark");
    expect(document.documentElement.style.fontSize).toBe("150%");
  });

  it("that there is no such page at an unknown address", async () => {
    history.replaceState(null, "", "#/nowhere/at/all");
    render(App);
    await heading("There is no such page");
  });

  it("that the program does not answer, with a way to try again", async () => {
    answers["settings.get"] = () => Promise.reject(new OperationError("host.no_answer"));
    render(App);
    expect((await screen.findByRole("alert")).textContent).toContain("Waymark does not answer");
    answers["settings.get"] = () => settings;
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByRole("navigation")).toBeTruthy();
  });
});

describe("the language", () => {
  it("is switched at once, on the page that is open", async () => {
    history.replaceState(null, "", "#/settings");
    render(App);
    await heading("Settings");
    await userEvent.click(screen.getByRole("radio", { name: "Español" }));
    await heading("Ajustes");
    expect(document.documentElement.lang).toBe("es");
    expect(screen.getByRole("link", { name: /Carreras/ })).toBeTruthy();
    expect(vi.mocked(call)).toHaveBeenCalledWith("settings.save", { ...settings, language: "es" });
  });
});

describe("locking by the keyboard", () => {
  it("saves first and shows the unlock page, which names nobody", async () => {
    const save = vi.fn(async () => expect(status.state).toBe("unlocked"));
    const stop = saveBeforeLeaving(save);
    sitting = { ...sitting, under_way: true, number: 1, student };
    render(App);
    expect(await screen.findByText("Sample Student")).toBeTruthy();
    await userEvent.keyboard("{Control>}l{/Control}");
    await heading("Unlock your records");
    expect(save).toHaveBeenCalledOnce();
    expect(meeting.student).toBeNull();
    expect(document.body.textContent).not.toContain("Sample Student");
    expect(await screen.findByRole("checkbox", { name: "End the meeting" })).toBeTruthy();
    stop();
  });

  it("does not lock, and says why, while something can't be saved", async () => {
    const stop = saveBeforeLeaving(() => Promise.reject(new OperationError("storage.disk_full")));
    render(App);
    await screen.findByRole("navigation");
    await userEvent.keyboard("{Control>}l{/Control}");
    await waitFor(() => expect(screen.getByText(/Not locked.*The disk is full/)).toBeTruthy());
    expect(status.state).toBe("unlocked");
    stop();
  });
});

describe("in a meeting", () => {
  beforeEach(() => {
    sitting = { ...sitting, under_way: true, number: 3, student };
  });

  it("the navigation knows the student, applications and careers, and counts nothing", async () => {
    render(App);
    const navigation = await screen.findByRole("navigation");
    const links = [...navigation.querySelectorAll("a")].map((link) => link.textContent.trim());
    expect(links).toEqual(["Student", "Applications", "Careers"]);
    expect(screen.getByText("Sample Student")).toBeTruthy();
  });

  it.each(["#/home", "#/settings", "#/students", "#/students/8", "#/students/import"])(
    "the page at %s is no part of it",
    async (address) => {
      history.replaceState(null, "", address);
      render(App);
      await heading(
        address === "#/home" || address === "#/settings" ? NOT_HERE : /not in the meeting|no such page/,
      );
      expect(document.title).toBe("Waymark");
    },
  );

  it("an address from before it is no part of it, whatever it holds", async () => {
    history.replaceState({ entry: 1, meeting: 0 }, "", "#/applications?q=Other");
    render(App);
    await heading(NOT_HERE);
    expect(document.body.textContent).not.toContain("Other");
  });

  it("Alt 1 and Alt 5 lead nowhere", async () => {
    render(App);
    await screen.findByRole("navigation");
    const before = location.hash;
    await userEvent.keyboard("{Alt>}1{/Alt}{Alt>}5{/Alt}");
    expect(location.hash).toBe(before);
    await userEvent.keyboard("{Alt>}3{/Alt}");
    expect(location.hash).toBe("#/students/7");
  });

  it("the PIN ends it, and another one does not", async () => {
    render(App);
    await userEvent.click(await screen.findByRole("button", { name: "Leave meeting" }));
    const pin = screen.getByLabelText("PIN");
    await userEvent.type(pin, "1111{Enter}");
    await screen.findByText("That is not the PIN.");
    expect(meeting.student).not.toBeNull();
    await userEvent.clear(pin);
    await userEvent.type(pin, "2580{Enter}");
    expect(await screen.findByRole("link", { name: /Students\s*2/ })).toBeTruthy();
    expect(meeting.student).toBeNull();
  });
});
