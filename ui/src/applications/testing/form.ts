// A small form and draft for tests, with every kind of answer.
import type {
  AnswerKind,
  Counter,
  Draft,
  Fault,
  FormPack,
  JsonValue,
  Limit,
  Question,
  Review,
} from "../../generated/contract";

const text = (en: string) => ({ en, es: `${en} (es)` });

export function question(id: string, answer: AnswerKind, more: Partial<Question> = {}): Question {
  return {
    id,
    label: text(`The ${id}`),
    help: null,
    answer,
    required: true,
    required_if: null,
    show_if: null,
    skip_if: null,
    limits: [],
    prefill: null,
    returns_to: null,
    sensitive: false,
    target: null,
    rules: [],
    past: false,
    ...more,
  };
}

export const limit = (counter: Counter, min: number | null, max: number | null): Limit => ({
  counter,
  line_break: "one",
  trailing_space: "in",
  width: null,
  min,
  max,
});

export const choices = ["red", "green", "blue"].map((id) => ({ id, label: text(id) }));

export const pack: FormPack = {
  id: "test-form",
  version: 1,
  name: text("Test form"),
  description: text("For tests."),
  source: "none",
  checked: "2026-11-23",
  cycle: null,
  lists: {},
  rules: [],
  deadlines: [],
  checks: [],
  sections: [
    {
      id: "person",
      title: text("Person"),
      help: null,
      show_if: null,
      skip_if: null,
      rules: [],
      parts: [
        { part: "question", ...question("name", { type: "text" }) },
        { part: "question", ...question("email", { type: "email" }) },
        { part: "question", ...question("other", { type: "yes_no" }) },
        {
          part: "question",
          ...question("other_name", { type: "text" }, { show_if: { question: "other", is: "yes" } }),
        },
      ],
    },
    {
      id: "studies",
      title: text("Studies"),
      help: null,
      show_if: null,
      skip_if: null,
      rules: [],
      parts: [
        {
          part: "group",
          id: "schools",
          label: text("Schools"),
          item_label: text("School"),
          help: null,
          min: 1,
          max: 6,
          show_if: null,
          skip_if: null,
          kind: "items",
          target: null,
          rules: [],
          questions: [
            question("name", { type: "text" }),
            question("until", { type: "month" }, { show_if: { question: "left", is: "yes" } }),
          ],
        },
        {
          part: "question",
          ...question("essay", { type: "long_text" }, { limits: [limit("words", 2, 4)] }),
        },
      ],
    },
  ],
};

export const review = (faults: Fault[] = [], hidden: string[] = ["other_name"]): Review => ({
  hidden,
  computed: {},
  faults,
  sections: pack.sections.map(({ id }) => ({
    id,
    state: "started",
    asked: 3,
    answered: 1,
    faults: faults.filter((fault) => fault.section === id).length,
  })),
});

export function draft(answers: Record<string, JsonValue> = {}, more: Partial<Draft> = {}): Draft {
  return {
    application: {
      id: "application-1",
      plan: { student_id: "student-1", career: null, programme: "Computer Science", institution: null },
      student_name: "Sample Student",
      form: pack.id,
      form_version: 1,
      created_at: "2026-11-23T10:00:00Z",
      saved_at: "2026-11-23T10:00:00Z",
      versions: 1,
      progress: { sections: 2, complete: 0, faults: 0 },
      between_us: false,
    },
    pack,
    answers,
    prefilled: [],
    review: review(),
    ...more,
  };
}
