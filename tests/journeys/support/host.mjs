// The test host: the product's operations over loopback, with a records folder that is thrown away.
import { join } from "node:path";
import { catalogue, devhost, pages, temporaryFolder } from "./places.mjs";
import { start, until } from "./programs.mjs";

export const PASSPHRASE = "quiet lantern under seven maples";

/**
 * Starts a host on a home folder (a new one unless named).
 * `prefix`: a program with its arguments that starts the host, such as one that drops rights.
 */
export async function startHost({ home = temporaryFolder(), args = ["--weak-keys"], prefix = [] } = {}) {
  const words = [...prefix, devhost, "--home", home, "--catalogue", catalogue, "--pages", pages, ...args];
  const running = start(words[0], words.slice(1));
  let over = null;
  running.ended.then(
    (how) => (over = how),
    (error) => (over = error),
  );
  const address = await until(() => {
    if (over) throw new Error(`the test host ended at once: ${running.errors() || JSON.stringify(over)}`);
    return /^http:\S+$/m.exec(running.output())?.[0];
  }, "the test host's address");
  const { origin, searchParams } = new URL(address);
  return {
    address,
    origin,
    home,
    records: join(home, "records"),
    /** Carries out an operation past the pages. A refusal is thrown with its code. */
    async call(operation, input = {}) {
      const answer = await fetch(`${origin}/call/${operation}`, {
        method: "POST",
        headers: { "content-type": "application/json", "x-waymark-token": searchParams.get("token") },
        body: JSON.stringify(input),
      });
      if (answer.ok) return answer.json();
      const text = await answer.text();
      throw Object.assign(new Error(`${operation}: ${answer.status} ${text}`), readRefusal(text));
    },
    /** Ends it the hard way, as a power cut of the program would. */
    kill: () => running.kill("SIGKILL"),
    /** Ends it in order: the records are closed. */
    async stop() {
      running.child.stdin.write("end\n");
      await running.finish();
      await running.kill();
    },
  };
}

function readRefusal(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

/** A host whose records are made and open. */
export async function startWithRecords({ language = "en", sample = false, ...options } = {}) {
  const host = await startHost(options);
  const settings = await host.call("settings.get");
  await host.call("settings.save", { ...settings, language });
  const { groups } = await host.call("vault.create", { folder: null, passphrase: PASSPHRASE });
  const student = sample ? (await host.call("students.add_sample", { language })).id : null;
  return { ...host, groups, student };
}

export const PIN = "258013";

/** Sets the PIN that ends a meeting. */
export const setPin = (host) => host.call("meeting.set_pin", { pin: PIN, passphrase: PASSPHRASE });

/** A draft that is begun on the shipped form. */
export async function beginDraft(host, { student = null, career = null, answers, language = "en" } = {}) {
  const plan = { student_id: student, career, programme: null, institution: null };
  const { id } = await host.call("applications.start", { plan, form: "general-admission", language });
  if (answers) await host.call("applications.save", { id, answers });
  return id;
}
