// Written by `cargo xtask contract` from crates/api. Do not edit.

export type Activity = { 
/**
 * What it is: a sport, a job, care at home.
 */
category: string | null, 
/**
 * Role or position.
 */
role: string | null, 
/**
 * Organization.
 */
organization: string | null, 
/**
 * What was done and what came of it.
 */
description: string | null, 
/**
 * Grades in which it was done, 9 to 13 (13 is after school).
 */
grades: Array<number>, 
/**
 * Hours a week.
 */
hours_a_week: number | null, 
/**
 * Weeks a year.
 */
weeks_a_year: number | null, 
/**
 * Whether the student means to go on with it at college.
 */
goes_on: boolean | null, };
export type AddSample = { 
/**
 * Language of its texts.
 */
language: Language, };
export type Address = { 
/**
 * What it is: home, letters, the other parent's.
 */
label: string | null, 
/**
 * Street and number, one line or several.
 */
street: string | null, 
/**
 * City or place.
 */
city: string | null, 
/**
 * State, province or region.
 */
region: string | null, 
/**
 * Postal code.
 */
postal_code: string | null, 
/**
 * Country.
 */
country: string | null, };
export type AnswerCheck = { 
/**
 * Unique among the pack's checks, `snake_case`.
 */
id: string, 
/**
 * Wrong while this holds.
 */
wrong_if: Condition, 
/**
 * The question or group at which it is said.
 */
at: string, 
/**
 * What is wrong and what would mend it.
 */
text: { [key in string]: string }, 
/**
 * How bad it is.
 */
severity: Severity, 
/**
 * Rules that say so.
 */
rules: Array<string>, };
export type AnswerForWhom = { 
/**
 * The outputs that left together.
 */
batch: string, 
/**
 * For whom they were.
 */
audience: Audience, 
/**
 * Who received them, where it was somebody else.
 */
party: string | null, 
/**
 * Their legitimate interest, where it was somebody else.
 */
interest: string | null, 
/**
 * Whether this corrects what was said before; that stays in the log of changes.
 */
correcting: boolean, };
export type AnswerKind = { "type": "text" } | { "type": "long_text" } | { "type": "email" } | { "type": "phone" } | { "type": "date" } | { "type": "month" } | { "type": "partial_date" } | { "type": "number", 
/**
 * Least, included.
 */
min: number | null, 
/**
 * Greatest, included.
 */
max: number | null, } | { "type": "choice", 
/**
 * What can be chosen; empty where a shared list is named.
 */
choices: Array<Choice>, 
/**
 * Name of a list of the pack, shared by several questions.
 */
list: string | null, } | { "type": "many_choices", 
/**
 * What can be chosen; empty where a shared list is named.
 */
choices: Array<Choice>, 
/**
 * Name of a list of the pack, shared by several questions.
 */
list: string | null, } | { "type": "yes_no" } | { "type": "declaration" } | { "type": "address", 
/**
 * Those of `ADDRESS_FIELDS` that the target asks for.
 */
fields: Array<Question>, } | { "type": "person", 
/**
 * Those of `PERSON_FIELDS` that the target asks for.
 */
fields: Array<Question>, } | { "type": "school", 
/**
 * Those of `SCHOOL_FIELDS` that the target asks for.
 */
fields: Array<Question>, } | { "type": "signature", 
/**
 * Who signs.
 */
by: Signer, 
/**
 * `name` and `date`, both.
 */
fields: Array<Question>, } | { "type": "file", 
/**
 * Endings of the names that the target takes ("pdf"), lower case, without the dot; empty takes any.
 */
accept: Array<string>, 
/**
 * Most bytes.
 */
max_bytes: number | null, } | { "type": "computed", 
/**
 * How.
 */
value: Expression, 
/**
 * Least that a complete form may have, for numbers.
 */
min: number | null, 
/**
 * Most that a complete form may have, for numbers.
 */
max: number | null, };
export type ApplicationId = { 
/**
 * UUIDv7.
 */
id: string, };
export type ApplicationInList = { 
/**
 * What the records say.
 */
application: ApplicationRow, 
/**
 * Name of its form. None where this version of the program does not know the form: the draft keeps its place in
 * the lists, and is refused only when it is opened.
 */
form_name: { [key in string]: string } | null, };
export type ApplicationRow = { 
/**
 * UUIDv7.
 */
id: string, 
/**
 * What it is for.
 */
plan: Plan, 
/**
 * The student's name, where one is chosen.
 */
student_name: string | null, 
/**
 * Form pack and its version.
 */
form: string, 
/**
 * Version of the form pack that the draft stands on.
 */
form_version: number, 
/**
 * When it was begun, RFC 3339 UTC.
 */
created_at: string, 
/**
 * When something in it was last saved, RFC 3339 UTC.
 */
saved_at: string, 
/**
 * Versions kept.
 */
versions: number, 
/**
 * How ready it is.
 */
progress: Progress, 
/**
 * Hidden in a meeting: the student asked for it.
 */
between_us: boolean, };
export type AsideCopy = { 
/**
 * Its folder.
 */
folder: string, 
/**
 * Whether the present key opens it; whether it is whole shows only when it is read through.
 */
opens: boolean, };
export type AsideWish = "keep" | "rewrite" | "rewrite_or_delete";
export type Audience = "student" | "parent" | "school_official" | "written_consent" | "other";
export type BackedUp = { 
/**
 * Not where nothing was changed since the last one.
 */
made: boolean, };
export type BackupElsewhere = { 
/**
 * The folder.
 */
folder: string, 
/**
 * Name of the backup.
 */
name: string, 
/**
 * The passphrase of that time …
 */
passphrase: string | null, 
/**
 * … or the recovery key of that time.
 */
recovery_key: string | null, 
/**
 * Whether records that lie in the records folder are set aside for it. Else only an empty one, or one whose
 * records are incomplete, takes it.
 */
replace: boolean, };
export type BackupName = { 
/**
 * Its name.
 */
name: string, 
/**
 * Whether the copy in the second place is meant.
 */
second: boolean, 
/**
 * For one under an older key: the passphrase of that time …
 */
passphrase: string | null, 
/**
 * … or the recovery key of that time.
 */
recovery_key: string | null, };
export type BackupReason = "regular" | "closing" | "by_hand" | "update" | "import";
export type BackupRow = { 
/**
 * Its name.
 */
name: string, 
/**
 * When it was made, RFC 3339 UTC.
 */
made_at: string, 
/**
 * Why; not known where it can't be read.
 */
reason: BackupReason | null, 
/**
 * Bytes.
 */
size: number, 
/**
 * How the copy in the first place stands, where there is one.
 */
first: BackupState | null, 
/**
 * How the copy in the second place stands, where there is one.
 */
second: BackupState | null, 
/**
 * Students in it.
 */
students: number | null, 
/**
 * Applications in it.
 */
applications: number | null, 
/**
 * Versions of drafts in it.
 */
versions: number | null, 
/**
 * When a draft in it was last saved.
 */
newest_draft_at: string | null, 
/**
 * When it was last checked.
 */
checked_at: string | null, };
export type BackupState = "whole" | "damaged" | "older_key" | "not_described";
export type BackupsStatus = { 
/**
 * The first place, within the records folder.
 */
first: string, 
/**
 * The second place, where one is set.
 */
second: SecondPlace | null, 
/**
 * Whether the person is to be told that there is no second place: the records are older than a week.
 */
second_missing: boolean, 
/**
 * When the last backup was made, RFC 3339 UTC.
 */
last_at: string | null, 
/**
 * Whether anything was changed since.
 */
changed: boolean, 
/**
 * Code of why the last backup that was due could not be made.
 */
fault: string | null, 
/**
 * Whether a place has so little room that fewer old backups are kept than usual.
 */
scarce: boolean, 
/**
 * Whether old backups were dropped for it.
 */
thinned_early: boolean, 
/**
 * Code of why old backups could not be dropped after the last one was made.
 */
thinning_fault: string | null, };
export type BeginMeeting = { 
/**
 * With whom.
 */
student_id: string, };
export type BetweenUs = { 
/**
 * Application.
 */
id: string, 
/**
 * On or off.
 */
on: boolean, };
export type Birth = { 
/**
 * `YYYY-MM-DD`, `YYYY-MM` or `YYYY`.
 */
date: string | null, 
/**
 * City or place.
 */
place: string | null, 
/**
 * Country.
 */
country: string | null, };
export type Block = { "kind": "paragraph", 
/**
 * Its runs.
 */
runs: Array<Run>, } | { "kind": "list", 
/**
 * Each item's runs.
 */
items: Array<Array<Run>>, };
export type Career = { 
/**
 * Its address.
 */
slug: string, 
/**
 * Title in the language asked for.
 */
title: string, 
/**
 * One sentence.
 */
summary: string, 
/**
 * Other titles.
 */
alternate_titles: Array<string>, 
/**
 * The occupation whose figures are shown.
 */
occupation: OccupationRef, 
/**
 * How its figures relate to this career.
 */
relation: Relation, 
/**
 * The same in words.
 */
relation_note: string, 
/**
 * Years in another job first, where that is usual; else empty.
 */
reached_after: string, 
/**
 * Career clusters; most careers stand in one, a few in two or in none.
 */
fields: Array<Named>, 
/**
 * Major group of the Standard Occupational Classification (`15-0000`).
 */
group: Named, 
/**
 * School subject ids.
 */
subjects: Array<string>, 
/**
 * Demand.
 */
outlook: Outlook, 
/**
 * Pay at the chosen area, its state, and the nation; the nation is always last.
 */
pay: Array<PayAtPlace>, 
/**
 * Entry education, experience and training ids, as BLS names them.
 */
entry: Entry, 
/**
 * Job zone 1–5.
 */
preparation: number | null, 
/**
 * Shares of respondents naming the required level of education; empty is not provided.
 */
education_shares: Array<EducationShare>, 
/**
 * The largest industries.
 */
industries: Array<Industry>, 
/**
 * Skills, knowledge, abilities, activities.
 */
ratings: Array<Rating>, 
/**
 * Interest profile, absent where not rated.
 */
interests: Interests | null, 
/**
 * Work values and styles.
 */
work_values: Array<Trait>, 
/**
 * Work styles.
 */
work_styles: Array<Trait>, 
/**
 * Tools and technology.
 */
technology: Array<Technology>, 
/**
 * Related careers and occupations.
 */
related: Array<Related>, 
/**
 * Programmes that lead there.
 */
programmes: Array<Programme>, 
/**
 * The guide.
 */
guide: Guide, 
/**
 * What the page that the project began with said, as quoted claims.
 */
originals: Array<Original>, 
/**
 * Every source that the page uses, in the order of first use.
 */
sources: Array<Source>, 
/**
 * For each field of this shape that holds figures (`outlook`, `pay`, `entry`, `preparation`, `education_shares`,
 * `industries`, `ratings`, `interests`, `work_values`, `work_styles`, `technology`, `related`, `programmes`):
 * ids of the sources that it was taken from.
 */
figure_sources: { [key in string]: Array<string> }, };
export type CareerAddress = { 
/**
 * Address.
 */
slug: string, };
export type CareerFilters = { 
/**
 * Career clusters.
 */
field: Array<string>, 
/**
 * Major groups of the Standard Occupational Classification (`15-0000`).
 */
group: Array<string>, 
/**
 * First letter of the title, in the language asked for: one capital letter, or `#` for what begins otherwise.
 */
letter: Array<string>, 
/**
 * Entry education ids.
 */
education: Array<string>, 
/**
 * Least middle pay, dollars a year, at the place.
 */
pay_at_least: number | null, 
/**
 * Growth classes.
 */
growth: Array<GrowthClass>, 
/**
 * Least openings a year, nation.
 */
openings_at_least: number | null, 
/**
 * Highest interest type, one letter of RIASEC.
 */
interest: Array<string>, 
/**
 * Preparation levels (job zones 1–5).
 */
preparation: Array<number>, 
/**
 * School subjects.
 */
subject: Array<string>, };
export type CareerName = { 
/**
 * Address.
 */
slug: string, 
/**
 * Title in the language asked for.
 */
title: string, };
export type CareerNote = { 
/**
 * Address of the career.
 */
slug: string, 
/**
 * The note; empty where there is none.
 */
text: string, 
/**
 * When it was saved, RFC 3339 UTC; none where there is none.
 */
saved_at: string | null, };
export type CareerPage = { 
/**
 * Careers that fit.
 */
total: number, 
/**
 * The rows asked for.
 */
rows: Array<CareerRow>, 
/**
 * For each filter (`field`, `group`, `letter`, `education`, `growth`, `interest`, `preparation`, `subject`): value → careers that
 * would be left if it were chosen beside the other filters.
 */
counts: { [key in string]: { [key in string]: number } }, 
/**
 * Middle pay at the place of all careers that fit the other filters, dollars a year, for the small histogram.
 */
pays: Array<number>, };
export type CareerQuery = { 
/**
 * What was typed; empty lists all.
 */
text: string, 
/**
 * What narrows the list.
 */
filters: CareerFilters, 
/**
 * Order of the rows.
 */
sort: CareerSort, 
/**
 * Rows to pass over.
 */
offset: number, 
/**
 * Rows to give, at most 200.
 */
limit: number, 
/**
 * Place whose pay is meant (`US`, `ST39`, `MA18140`).
 */
place: string, 
/**
 * Language of titles.
 */
language: Language, };
export type CareerRow = { 
/**
 * Its address.
 */
slug: string, 
/**
 * Its title, in the language asked for.
 */
title: string, 
/**
 * The other title or word by which it was found, where that is not the title.
 */
found_by: string | null, 
/**
 * How well it answers to the text, 0 to about 1; 0 where nothing was typed.
 */
score: number, 
/**
 * One sentence.
 */
summary: string, 
/**
 * Career cluster ids; most careers stand in one, a few in two or in none.
 */
fields: Array<string>, 
/**
 * How the figures relate to the career.
 */
relation: Relation, 
/**
 * Middle pay at the place, dollars a year.
 */
pay: Figure, 
/**
 * Growth of jobs over the projection's ten years, per cent.
 */
growth_percent: Figure, 
/**
 * Openings a year, persons.
 */
openings: Figure, 
/**
 * Entry education id.
 */
education: string | null, };
export type CareerSort = "relevance" | "name" | "pay" | "growth" | "openings";
export type CareerStates = { 
/**
 * Address.
 */
slug: string, 
/**
 * Language of the states' names.
 */
language: Language, };
export type CatalogueCopy = "bundled" | "renewed";
export type CatalogueInfo = { 
/**
 * Careers with a page.
 */
careers: number, 
/**
 * Occupations (O*NET-SOC codes) with a page of their own.
 */
occupations: number, 
/**
 * Long guides.
 */
guides: number, 
/**
 * Places with pay.
 */
places: number, 
/**
 * All sources.
 */
sources: Array<Source>, };
export type CatalogueStatus = { 
/**
 * Which file.
 */
copy: CatalogueCopy, 
/**
 * Code of what is wrong with it (`catalogue.…`); absent where it can be used.
 */
fault: string | null, };
export type Certificate = { 
/**
 * A random id.
 */
id: string, 
/**
 * When, RFC 3339 UTC.
 */
at: string, 
/**
 * By whom.
 */
actor: string, 
/**
 * How much.
 */
counts: Erased, };
export type ChangePassphrase = { 
/**
 * The present one.
 */
passphrase: string, 
/**
 * The new one, at least twelve characters.
 */
new_passphrase: string, };
export type ChangePlan = { 
/**
 * Application.
 */
id: string, 
/**
 * The new plan, whole.
 */
plan: Plan, };
export type Changed = { 
/**
 * Students who are the same in both.
 */
same: number, 
/**
 * Students whose entry or drafts are others in the backup.
 */
changed: Array<string>, 
/**
 * Students who are in the backup and not in the records now.
 */
back: Array<string>, 
/**
 * Students who are in the records now and not in the backup.
 */
gone: Array<string>, 
/**
 * Whether drafts of no student, notes or saved searches are others.
 */
others: boolean, };
export type Choice = { 
/**
 * Stable id, kept in the draft.
 */
id: string, 
/**
 * What it is called.
 */
label: { [key in string]: string }, };
export type ChooseFolder = { 
/**
 * The folder.
 */
folder: string, };
export type CompareCareers = { 
/**
 * Their addresses, in the order in which they are to stand; one that is named twice counts once.
 */
slugs: Array<string>, 
/**
 * Place whose pay is shown.
 */
place: string, 
/**
 * Language.
 */
language: Language, };
export type ComputedValue = { "kind": "number", 
/**
 * The number.
 */
number: number, } | { "kind": "date", 
/**
 * `YYYY-MM-DD`.
 */
date: string, } | { "kind": "text", 
/**
 * As it was answered.
 */
text: string, } | { "kind": "yes_no", 
/**
 * It does.
 */
yes: boolean, };
export type Condition = { 
/**
 * The parts.
 */
all: Array<Condition>, } | { 
/**
 * The parts.
 */
any: Array<Condition>, } | { 
/**
 * The part.
 */
not: Condition, } | { 
/**
 * Id of a question of the same item, or else of the form.
 */
question: string, 
/**
 * The value.
 */
is: string, } | { 
/**
 * Id of a question of the same item, or else of the form.
 */
question: string, 
/**
 * The values.
 */
in: Array<string>, } | { 
/**
 * Id of a question of the same item, or else of a question or group of the form.
 */
answered: string, } | { 
/**
 * Two of one type.
 */
equal: [Expression, Expression], } | { 
/**
 * Two numbers or two dates.
 */
less: [Expression, Expression], } | { 
/**
 * Two numbers or two dates.
 */
at_most: [Expression, Expression], } | { 
/**
 * Two numbers or two dates.
 */
more: [Expression, Expression], } | { 
/**
 * Two numbers or two dates.
 */
at_least: [Expression, Expression], };
export type Contact = { 
/**
 * Which.
 */
way: Way, 
/**
 * The address or number.
 */
value: string, 
/**
 * What it is: home, school, mornings.
 */
label: string | null, };
export type Counter = "words" | "characters" | "utf16_units" | "graphemes" | "lines";
export type Course = { 
/**
 * Title.
 */
title: string, 
/**
 * School year, such as 2026–27, or the grade in school.
 */
year: string | null, 
/**
 * Term within it.
 */
term: string | null, 
/**
 * Regular, honors, AP, IB, dual enrollment.
 */
level: string | null, 
/**
 * Grade, as the school writes it.
 */
grade: string | null, 
/**
 * Credits, as the school writes them.
 */
credits: string | null, };
export type CreateVault = { 
/**
 * Folder; none means the default.
 */
folder: string | null, 
/**
 * At least twelve characters.
 */
passphrase: string, };
export type Deadline = { 
/**
 * Unique in the pack, `snake_case`.
 */
id: string, 
/**
 * What must have arrived.
 */
label: { [key in string]: string }, 
/**
 * What it is for.
 */
kind: DeadlineKind, 
/**
 * The day, `YYYY-MM-DD`.
 */
date: string, 
/**
 * The time on that day, `HH:MM`; none where the target names none, and the day's end is meant.
 */
time: string | null, 
/**
 * Whose clock: a name of the IANA time zone database (`Europe/London`), or `applicant` for where the student is.
 */
zone: string, 
/**
 * Rules that say so.
 */
rules: Array<string>, };
export type DeadlineKind = "application" | "school_documents" | "aid" | "scholarship" | "housing" | "deposit" | "reply" | "decision" | "other";
export type Detail = { "kind": "names" } & Names | { "kind": "birth" } & Birth | { "kind": "rights_holder" } & RightsHolder | { "kind": "contact" } & Contact | { "kind": "address" } & Address | { "kind": "guardian" } & Guardian | { "kind": "school" } & School | { "kind": "course" } & Course | { "kind": "test" } & Test | { "kind": "activity" } & Activity;
export type DetailKind = "names" | "birth" | "rights_holder" | "contact" | "address" | "guardian" | "school" | "course" | "test" | "activity";
export type DetailRow = { 
/**
 * UUIDv7.
 */
id: string, 
/**
 * What is known.
 */
detail: Detail, 
/**
 * When it was saved, RFC 3339 UTC.
 */
saved_at: string, };
export type Draft = { 
/**
 * What the records say.
 */
application: ApplicationRow, 
/**
 * The form pack, in every language, at the version that the draft stands on.
 */
pack: FormPack, 
/**
 * The answers by key.
 */
answers: { [key in string]: JsonValue }, 
/**
 * Keys whose answer came from the student's record or the plan and has not been changed since.
 */
prefilled: Array<string>, 
/**
 * The readiness check.
 */
review: Review, };
export type DraftTime = { 
/**
 * The student, where it is a student's.
 */
student: string | null, 
/**
 * RFC 3339 UTC.
 */
saved_at: string, };
export type Due = { 
/**
 * The student.
 */
student_id: string, 
/**
 * Their name.
 */
name: string, 
/**
 * Year of graduation.
 */
graduation_year: number, 
/**
 * Their applications.
 */
applications: number, 
/**
 * A hold stands: they can't be erased.
 */
held: boolean, };
export type EditStudent = { 
/**
 * Id.
 */
id: string, 
/**
 * The new content.
 */
student: StudentInput, };
export type EducationShare = { 
/**
 * O*NET's scale, 1 (less than high school) to 12 (post-doctoral).
 */
category: number, 
/**
 * Per cent.
 */
share_percent: Figure, };
export type ElsewhereRow = { 
/**
 * Its name.
 */
name: string, 
/**
 * When it was made, by its name, RFC 3339 UTC.
 */
made_at: string, 
/**
 * Bytes.
 */
size: number, 
/**
 * Id of the records that it is of, where its description can be read: several people may share a folder.
 */
records: string | null, 
/**
 * Whether the file of keys that opens it is there.
 */
openable: boolean, };
export type EndMeeting = { 
/**
 * The PIN.
 */
pin: string, };
export type Entry = { 
/**
 * Usual education at entry.
 */
education: string | null, 
/**
 * Work experience in a related occupation.
 */
experience: string | null, 
/**
 * On-the-job training.
 */
training: string | null, 
/**
 * Source id.
 */
source: string, };
export type Erase = { 
/**
 * UUIDv7.
 */
student_id: string, 
/**
 * What is erased.
 */
scope: EraseScope, 
/**
 * Id from the preview.
 */
certificate: string, 
/**
 * Whether the backups that can be reached are written anew without it, as a job.
 */
backups: boolean, 
/**
 * What becomes of copies of the records that were set aside; none lets them be.
 */
aside?: AsideWish, 
/**
 * Whether others are erased right after this one: the copies then are written anew once for all of them, which
 * `rights.go_on` begins.
 */
more_follow?: boolean, };
export type ErasePreview = { 
/**
 * How much.
 */
counts: Erased, 
/**
 * Open holds: while there is one, nothing can be erased.
 */
holds: Array<Hold>, 
/**
 * Copies of the records that were set aside: they hold whom the records held then, so perhaps this student too.
 */
aside: Array<AsideCopy>, 
/**
 * Id that the certificate will have, to be printed on a copy that bears the name.
 */
certificate: string, };
export type EraseScope = "record" | "drafts";
export type Erased = { 
/**
 * Students.
 */
students: number, 
/**
 * Applications.
 */
applications: number, 
/**
 * Answers of drafts.
 */
answers: number, 
/**
 * Versions of drafts.
 */
versions: number, 
/**
 * Careers on the shortlist.
 */
shortlist: number, 
/**
 * What is known of them beyond the roster's line.
 */
details: number, 
/**
 * Memory aids.
 */
memory_aids: number, 
/**
 * Entries in the record of disclosures.
 */
disclosures: number, 
/**
 * Entries in the record of accesses.
 */
accesses: number, 
/**
 * Holds, all of them closed.
 */
holds: number, 
/**
 * Parts of the log of changes.
 */
changes: number, };
export type ErasedRecord = { 
/**
 * The certificate that stays.
 */
certificate: Certificate, 
/**
 * Whether the file was written anew already; if not, that is made good at the next opening.
 */
clean: boolean, 
/**
 * The job that writes the backups anew, where that was wished.
 */
job: JobId | null, 
/**
 * Day by which the last backup that still holds it is dropped, where the program is used, `YYYY-MM-DD`.
 */
backups_until: string, };
export type ExportStudent = { 
/**
 * UUIDv7.
 */
student_id: string, 
/**
 * Language of the PDF in it.
 */
language: Language, };
export type Expression = number | { 
/**
 * `YYYY-MM-DD`.
 */
date: string, } | { 
/**
 * As it stands.
 */
text: string, } | { 
/**
 * Id of a question of the same item, or else of the form.
 */
answer: string, } | { 
/**
 * Id of a group.
 */
count: string, 
/**
 * Only those of which this holds; names are looked for in the item, then in the form.
 */
where: Condition | null, } | { 
/**
 * What is added up.
 */
sum: ItemNumber, 
/**
 * Only of items of which this holds.
 */
where: Condition | null, } | { 
/**
 * Which answer, and how it is counted.
 */
length: Length, } | { 
/**
 * Numbers.
 */
add: Array<Expression>, } | { 
/**
 * Two numbers.
 */
subtract: [Expression, Expression], } | { 
/**
 * Numbers.
 */
multiply: Array<Expression>, } | { 
/**
 * Two numbers.
 */
divide: [Expression, Expression], } | { 
/**
 * The condition.
 */
holds: Condition, };
export type Fault = { 
/**
 * Id of the section.
 */
section: string, 
/**
 * Key of the question or group.
 */
key: string, 
/**
 * What is wrong.
 */
fault: FaultKind, };
export type FaultKind = { "code": "missing" } | { "code": "not_confirmed" } | { "code": "too_long", 
/**
 * How it is counted.
 */
counter: Counter, 
/**
 * Counted.
 */
count: number, 
/**
 * The limit.
 */
limit: number, } | { "code": "too_short", 
/**
 * How it is counted.
 */
counter: Counter, 
/**
 * Counted.
 */
count: number, 
/**
 * The limit.
 */
limit: number, } | { "code": "not_an_email" } | { "code": "not_a_phone" } | { "code": "not_a_date" } | { "code": "in_the_future" } | { "code": "not_a_number" } | { "code": "out_of_range", 
/**
 * Least.
 */
min: number | null, 
/**
 * Greatest.
 */
max: number | null, } | { "code": "not_a_choice" } | { "code": "not_a_file" } | { "code": "file_kind", 
/**
 * Endings that it takes.
 */
accepted: Array<string>, } | { "code": "file_too_large", 
/**
 * Its size, bytes.
 */
bytes: number, 
/**
 * The most, bytes.
 */
limit: number, } | { "code": "check", 
/**
 * Id of the pack's check.
 */
check: string, 
/**
 * What is wrong and what would mend it.
 */
text: { [key in string]: string }, 
/**
 * How bad it is.
 */
severity: Severity, } | { "code": "too_few_items", 
/**
 * Items.
 */
count: number, 
/**
 * Needed.
 */
limit: number, } | { "code": "too_many_items", 
/**
 * Items.
 */
count: number, 
/**
 * Taken.
 */
limit: number, };
export type Figure = { "kind": "value", 
/**
 * In the unit that the field names.
 */
value: number, } | { "kind": "at_least", 
/**
 * The source's bound.
 */
value: number, } | { "kind": "not_published" } | { "kind": "not_rated" } | { "kind": "hourly_only" } | { "kind": "not_provided" };
export type Find = { 
/**
 * The text.
 */
text: string, 
/**
 * Language of career titles.
 */
language: Language, };
export type FindDue = { 
/**
 * Category.
 */
category: RetentionCategory, };
export type FindGood = { 
/**
 * None that is newer than the one of this name; none means the newest.
 */
from: string | null, 
/**
 * The passphrase of its time …
 */
passphrase: string | null, 
/**
 * … or the recovery key of its time.
 */
recovery_key: string | null, };
export type FindPlaces = { 
/**
 * What was typed; empty gives the nation and the states. An exact place id gives that place.
 */
text: string, 
/**
 * Language of the names.
 */
language: Language, };
export type FormName = { 
/**
 * Id of the form pack.
 */
id: string, 
/**
 * Name.
 */
name: { [key in string]: string }, 
/**
 * For whom and what for.
 */
description: { [key in string]: string }, };
export type FormPack = { 
/**
 * Stable name of the form, kebab-case.
 */
id: string, 
/**
 * Grows by one with every published change; a draft keeps the version that it began on.
 */
version: number, 
/**
 * What the form is called.
 */
name: { [key in string]: string }, 
/**
 * One or two sentences: for whom and what for.
 */
description: { [key in string]: string }, 
/**
 * Where its questions and limits come from.
 */
source: string, 
/**
 * The day on which its rules were last checked, `YYYY-MM-DD`.
 */
checked: string, 
/**
 * The cycle of admission that the form is of ("2025–26").
 */
cycle: { [key in string]: string } | null, 
/**
 * What is asked.
 */
sections: Array<Section>, 
/**
 * Lists of choices that questions share, by name.
 */
lists: { [key in string]: Array<Choice> }, 
/**
 * Rules of the cycle, each with its source.
 */
rules: Array<Rule>, 
/**
 * Days by which things must have arrived.
 */
deadlines: Array<Deadline>, 
/**
 * What must not hold over several answers together.
 */
checks: Array<AnswerCheck>, };
export type Found = { 
/**
 * Careers.
 */
careers: Array<CareerName>, 
/**
 * Students.
 */
students: Array<FoundStudent>, 
/**
 * Applications.
 */
applications: Array<FoundApplication>, };
export type FoundApplication = { 
/**
 * Id.
 */
id: string, 
/**
 * What it is for.
 */
plan: Plan, 
/**
 * The student's name.
 */
student_name: string | null, };
export type FoundBackup = { 
/**
 * The place in which it lies; the first one where it is in both.
 */
folder: string, 
/**
 * Its name.
 */
name: string, 
/**
 * When it was made, by its name, RFC 3339 UTC.
 */
made_at: string, 
/**
 * Bytes.
 */
size: number, 
/**
 * Id of the records that it is of, where its description can be read: several people may share a folder.
 */
records: string | null, 
/**
 * Whether the file of keys that opens it is there.
 */
openable: boolean, };
export type FoundBackups = { 
/**
 * Newest first, by what their names tell.
 */
rows: Array<FoundBackup>, 
/**
 * The second place, where one is set and it can't be reached now.
 */
away: string | null, 
/**
 * Where what is in the place of the records goes when a backup takes it.
 */
set_aside: string, };
export type FoundStudent = { 
/**
 * Id.
 */
id: string, 
/**
 * Name.
 */
name: string, 
/**
 * Year of graduation.
 */
graduation_year: number | null, };
export type FullCheck = { 
/**
 * Nothing was found.
 */
whole: boolean, 
/**
 * Pages whose seal does not fit.
 */
seals: number, 
/**
 * Faults of the trees and of what a column may hold.
 */
structure: number, 
/**
 * Rows that hang on a row which is not there.
 */
references: number, };
export type GoneOn = { 
/**
 * The job; none where nothing is to be done.
 */
job: JobId | null, };
export type GoodBackup = { 
/**
 * The place in which it lies.
 */
folder: string, 
/**
 * Newer ones that were passed over: they are damaged, or under an older key.
 */
passed: number, 
/**
 * What it holds.
 */
preview: Preview, };
export type Group = { 
/**
 * Unique in the pack, `snake_case`; the key of the list of item ids.
 */
id: string, 
/**
 * What the list holds ("Schools").
 */
label: { [key in string]: string }, 
/**
 * What one item is called ("School").
 */
item_label: { [key in string]: string }, 
/**
 * What helps to fill it.
 */
help: { [key in string]: string } | null, 
/**
 * Least number of items of a complete form.
 */
min: number, 
/**
 * Greatest number of items that the target takes.
 */
max: number | null, 
/**
 * Shown only while this holds.
 */
show_if: Condition | null, 
/**
 * Passed over while this holds.
 */
skip_if: Condition | null, 
/**
 * What its items are.
 */
kind: GroupKind, 
/**
 * Its place on the target's own page.
 */
target: TargetPlace | null, 
/**
 * Rules that it rests on.
 */
rules: Array<string>, 
/**
 * Asked of each item.
 */
questions: Array<Question>, };
export type GroupKind = "items" | "courses";
export type GrowthClass = "faster" | "average" | "slower" | "shrinking";
export type Guardian = { 
/**
 * Name.
 */
name: string, 
/**
 * Mother, grandfather, foster parent.
 */
relation: string | null, 
/**
 * E-mail.
 */
email: string | null, 
/**
 * Telephone.
 */
phone: string | null, 
/**
 * Language to speak or write in.
 */
language: string | null, 
/**
 * Whether the student lives there.
 */
lives_with: boolean, 
/**
 * Occupation.
 */
occupation: string | null, 
/**
 * Schooling: asked on many forms.
 */
education: string | null, };
export type Guide = { 
/**
 * Long (many sections, for a career of its own) or short (one for each occupation).
 */
kind: GuideKind, 
/**
 * Ids of the sources that a short guide was written from.
 */
written_from: Array<string>, 
/**
 * The language it is shown in.
 */
language: Language, 
/**
 * Day on which it was written, `YYYY-MM-DD`.
 */
written: string, 
/**
 * Whether somebody who does this work has read it.
 */
reviewed: boolean, 
/**
 * Sections in their order.
 */
sections: Array<GuideSection>, };
export type GuideKind = "long" | "short";
export type GuideSection = { 
/**
 * Its id; the heading is in the message files.
 */
id: string, 
/**
 * Its text.
 */
blocks: Array<Block>, };
export type Hold = { 
/**
 * Its id.
 */
id: string, 
/**
 * The student.
 */
student_id: string, 
/**
 * Why.
 */
kind: HoldKind, 
/**
 * In the counselor's words.
 */
reason: string, 
/**
 * RFC 3339 UTC.
 */
opened_at: string, 
/**
 * None while it stands.
 */
closed_at: string | null, };
export type HoldId = { 
/**
 * UUIDv7.
 */
id: string, };
export type HoldKind = "legal" | "inspection";
export type Holder = "parents" | "student" | "other";
export type Home = { 
/**
 * Students on the roster.
 */
students: number, 
/**
 * Applications.
 */
applications: number, 
/**
 * Careers in the catalogue; absent while it cannot be used.
 */
careers: number | null, 
/**
 * Newest drafts first, at most eight.
 */
drafts: Array<ApplicationInList>, 
/**
 * Students without any application.
 */
without_application: number, 
/**
 * The first few of them, by year of graduation and name.
 */
forgotten: Array<StudentRow>, 
/**
 * Careers looked at lately, newest first, at most six.
 */
recent: Array<CareerName>, 
/**
 * Id of the sample student while it is there.
 */
sample: string | null, };
export type HourlyPay = { 
/**
 * One in ten earns less.
 */
p10: Figure, 
/**
 * A quarter earns less.
 */
p25: Figure, 
/**
 * Half earn less.
 */
p50: Figure, 
/**
 * Three quarters earn less.
 */
p75: Figure, 
/**
 * Nine in ten earn less.
 */
p90: Figure, };
export type Industry = { 
/**
 * NAICS code.
 */
naics: string, 
/**
 * Title (published in English).
 */
title: string, 
/**
 * Jobs, persons.
 */
employment: Figure, 
/**
 * Share of the occupation's jobs, per cent.
 */
share_percent: Figure, };
export type Interests = { 
/**
 * Practical, with things.
 */
realistic: number, 
/**
 * Finding out.
 */
investigative: number, 
/**
 * Making and expressing.
 */
artistic: number, 
/**
 * Helping and teaching.
 */
social: number, 
/**
 * Leading and persuading.
 */
enterprising: number, 
/**
 * Ordering and keeping.
 */
conventional: number, 
/**
 * The leading letters, as published.
 */
high_points: string, };
export type ItemNumber = { 
/**
 * Id of the group.
 */
group: string, 
/**
 * Id of a question of its items that takes a number.
 */
question: string, };
export type JobId = { 
/**
 * Its number.
 */
id: number, };
export type JobKind = "backup" | "copy" | "check" | "restore" | "new_key" | "erase" | "salvage" | "find_backup";
export type JobRow = { 
/**
 * Number, for cancelling.
 */
id: number, 
/**
 * What it is about.
 */
kind: JobKind, 
/**
 * Items done.
 */
done: number, 
/**
 * Items in all; 0 while that is not known.
 */
total: number, 
/**
 * How it stands.
 */
state: JobState, 
/**
 * Whether it was told to stop and has not ended yet.
 */
stopping: boolean, 
/**
 * Code of its fault, where it failed.
 */
code: string | null, 
/**
 * Parameters of the fault.
 */
params: { [key in string]: string }, };
export type JobState = "running" | "stopped" | "done" | "failed";
export type JsonValue = number | string | boolean | Array<JsonValue> | { [key in string]: JsonValue } | null;
export type KeychainOff = { 
/**
 * Whether the keychain has forgotten the secret. One that it still holds opens nothing any more.
 */
forgotten: boolean, };
export type KeychainPage = { 
/**
 * Whether it is turned on for these records.
 */
on: boolean, 
/**
 * Whether the keychain can be asked to open the records now.
 */
offered: boolean, 
/**
 * Code of what stands in its way, where something does.
 */
problem: string | null, };
export type KeysPage = { 
/**
 * By what the records were opened.
 */
opened_by: OpenedBy, 
/**
 * Whether the school has a recovery key.
 */
school_key: boolean, 
/**
 * The public half of the recovery key that the school has set for this computer, while it does not open these
 * records: it is offered, and never added by itself.
 */
offered_school_key: string | null, 
/**
 * Whether the counselor's recovery key opens memory aids too; one from before they existed does not.
 */
recovery_key_is_new: boolean, 
/**
 * Whether memory aids can be read and written.
 */
memory_aids: boolean, 
/**
 * Whether this computer's keychain opens the records.
 */
keychain: boolean, 
/**
 * Backup places in which something still opens with what held before the keys were last changed.
 */
left: Array<PlaceLeft>, };
export type KeysRestored = { 
/**
 * When the copy was written, RFC 3339 UTC, where its file says so.
 */
written: string | null, };
export type KnownCopies = { 
/**
 * Those that were set aside.
 */
aside: Array<AsideCopy>, 
/**
 * Day by which the last backup of now is dropped, where the program is used, `YYYY-MM-DD`.
 */
backups_until: string, };
export type Language = "en" | "es";
export type LeftReason = "absent" | "not_writable" | "older_keys";
export type Length = { 
/**
 * Id of a question of the same item, or else of the form, that takes typed text.
 */
question: string, 
/**
 * What is counted.
 */
counter: Counter, 
/**
 * What a line break counts.
 */
line_break: LineBreak, 
/**
 * Whether white space at the end counts.
 */
trailing_space: TrailingSpace, };
export type Limit = { 
/**
 * What is counted.
 */
counter: Counter, 
/**
 * What a line break counts, where characters are counted.
 */
line_break: LineBreak, 
/**
 * Whether white space at the end counts.
 */
trailing_space: TrailingSpace, 
/**
 * For `lines`: how many characters the target prints on one.
 */
width: number | null, 
/**
 * Least, where there is one.
 */
min: number | null, 
/**
 * Most, where there is one.
 */
max: number | null, };
export type LineBreak = "one" | "two";
export type ListLog = { 
/**
 * Which part of it.
 */
filter: LogFilter, 
/**
 * Only what stands after the row of this place.
 */
after: string | null, 
/**
 * The most rows; none is a page.
 */
most: number | null, };
export type ListStudents = { 
/**
 * Letters of the name or the school's number; empty lists all.
 */
text: string, 
/**
 * Only this year of graduation.
 */
graduation_year: number | null, };
export type ListTitles = { 
/**
 * Language.
 */
language: Language, };
export type LogAsTable = { 
/**
 * Which part of it.
 */
filter: LogFilter, 
/**
 * Language.
 */
language: Language, 
/**
 * Today in the reader's own time zone, `YYYY-MM-DD`.
 */
today: string, };
export type LogCheck = { 
/**
 * Sealed entries that hold.
 */
entries: number, 
/**
 * Parts whose content was erased under a certificate.
 */
erased: number, 
/**
 * Backups whose log ends at an entry that this log has.
 */
backups: number, 
/**
 * Backups from before these records went back to an older one: the entry of that says so.
 */
left_backups: number, 
/**
 * Backups that could not be asked.
 */
unread_backups: number, 
/**
 * The first thing that does not hold.
 */
broken: LogFault | null, };
export type LogFault = { "fault": "missing", 
/**
 * Its number.
 */
number: number, } | { "fault": "altered", 
/**
 * Its number.
 */
number: number, } | { "fault": "content", 
/**
 * Its number.
 */
number: number, } | { "fault": "gone", 
/**
 * Its number.
 */
number: number, } | { "fault": "row", 
/**
 * Its table.
 */
table: string, 
/**
 * Number of the entry.
 */
number: number, } | { "fault": "row_missing", 
/**
 * Its table.
 */
table: string, 
/**
 * Number of the entry.
 */
number: number, } | { "fault": "row_added", 
/**
 * Its table.
 */
table: string, } | { "fault": "backup", 
/**
 * When the backup was made, RFC 3339 UTC.
 */
made_at: string, 
/**
 * Number of the entry.
 */
number: number, };
export type LogFilter = { 
/**
 * Only what is about this student.
 */
student: string | null, 
/**
 * Only this kind.
 */
kind: LogKind | null, 
/**
 * Only outputs that were for these.
 */
audience: Said | null, 
/**
 * From this time on, RFC 3339 UTC.
 */
from: string | null, 
/**
 * Before this time, RFC 3339 UTC.
 */
until: string | null, };
export type LogKind = "disclosure" | "change" | "access" | "rights";
export type LogPage = { 
/**
 * The rows, the newest first.
 */
rows: Array<LogRow>, 
/**
 * Whether there are more after them.
 */
more: boolean, 
/**
 * The student whose log it is, where one was asked for.
 */
student: LogStudent | null, 
/**
 * Outputs of all students of which nobody has said for whom they were.
 */
unsaid: number, };
export type LogRow = { 
/**
 * Its place in the order of the log, for the next page.
 */
place: string, 
/**
 * When, RFC 3339 UTC.
 */
at: string, 
/**
 * What it is about.
 */
kind: LogKind, 
/**
 * Name of the output, the view or the act.
 */
name: string, 
/**
 * Students in it, as many as were asked for.
 */
students: Array<LogStudent>, 
/**
 * How many students there are in it altogether.
 */
students_count: number, 
/**
 * Outputs that left together have the same.
 */
batch: string | null, 
/**
 * For whom an output was, once somebody has said it.
 */
audience: Audience | null, 
/**
 * Who received it, where it was somebody else.
 */
party: string | null, 
/**
 * Their legitimate interest.
 */
interest: string | null, 
/**
 * The output could not be written after all.
 */
failed: boolean, };
export type LogStudent = { 
/**
 * The id.
 */
id: string, 
/**
 * The name; none where the student is no longer in the records.
 */
name: string | null, };
export type Logged = { 
/**
 * Outputs that left together, answered together.
 */
batch: string, 
/**
 * Name of the operation that made it.
 */
output: string, 
/**
 * Students in it; at most three are named.
 */
students: Array<LogStudent>, 
/**
 * How many there are altogether.
 */
students_count: number, };
export type LookElsewhere = { 
/**
 * The folder, or one that has it in it as `backups`.
 */
folder: string, };
export type LostChanges = { 
/**
 * Whether some surely are missing; otherwise at most the one that was being saved when everything stopped.
 */
certain: boolean, 
/**
 * The last change that is there, RFC 3339 UTC.
 */
from: string | null, 
/**
 * When anything was last written before the stop, RFC 3339 UTC.
 */
to: string | null, 
/**
 * Where the files lie as they were found.
 */
set_aside: string, };
export type ManagedSettings = { 
/**
 * The file; none where there is none.
 */
file: string | null, 
/**
 * Code of what is wrong with it (`settings.managed_…`).
 */
problem: string | null, 
/**
 * The second backup place.
 */
backup_folder: string | null, 
/**
 * Minutes after which the records lock by themselves.
 */
idle_minutes: number | null, 
/**
 * Whether the school's recovery key is set there.
 */
school_recovery_key: boolean, 
/**
 * The documents that may be made, by their operation; none means all.
 */
allowed_exports: Array<string> | null, 
/**
 * Whether this computer's keychain may open records; none means that it may.
 */
keychain: boolean | null, };
export type MeetingStatus = { 
/**
 * Whether one is under way.
 */
under_way: boolean, 
/**
 * Which one since the program was started; none is 0.
 */
number: number, 
/**
 * With whom. None while the records are locked: a locked page names nobody.
 */
student: MeetingStudent | null, 
/**
 * Whether there is a PIN; not known, and said to be none, while the records are locked.
 */
has_pin: boolean, 
/**
 * Seconds to wait before the next try of the PIN.
 */
wait_seconds: number, };
export type MeetingStudent = { 
/**
 * Id.
 */
id: string, 
/**
 * Name.
 */
name: string, 
/**
 * Year of graduation.
 */
graduation_year: number | null, };
export type MemoryAid = { 
/**
 * Whether it can be read and written.
 */
state: MemoryAidState, 
/**
 * What was written; empty where there is nothing, or where it can't be read.
 */
text: string, 
/**
 * When it was saved, RFC 3339 UTC; none where nothing was written.
 */
saved_at: string | null, };
export type MemoryAidState = "open" | "school_key" | "needs_recovery_key" | "other_key";
export type Named = { 
/**
 * Stable id.
 */
id: string, 
/**
 * Name in the language asked for.
 */
name: string, };
export type NamedStep = { 
/**
 * The step.
 */
step: Step, 
/**
 * Names of the students, as far as they are on the roster.
 */
students: Array<string>, };
export type NamedSteps = { 
/**
 * Done, newest first.
 */
undo: Array<NamedStep>, 
/**
 * Taken back, the one taken back last first.
 */
redo: Array<NamedStep>, };
export type Names = { 
/**
 * Given name or names; the only name where there is one.
 */
given: string | null, 
/**
 * Family name or names.
 */
family: string | null, 
/**
 * Names between them.
 */
middle: string | null, 
/**
 * What people call the student.
 */
preferred: string | null, 
/**
 * Names of earlier documents.
 */
former: string | null, 
/**
 * The name to use at school, where it is another.
 */
at_school: string | null, 
/**
 * The name to use with the family, where it is another.
 */
at_home: string | null, 
/**
 * The name to use on applications, where it is another.
 */
on_applications: string | null, 
/**
 * Pronouns, as the student gives them.
 */
pronouns: string | null, };
export type Nothing = Record<symbol, never>;
export type OccupationRef = { 
/**
 * O*NET-SOC code.
 */
code: string, 
/**
 * SOC code.
 */
soc: string, 
/**
 * Title in the language asked for.
 */
title: string, };
export type OpenHold = { 
/**
 * UUIDv7.
 */
student_id: string, 
/**
 * Why.
 */
kind: HoldKind, 
/**
 * In the counselor's words; not empty.
 */
reason: string, };
export type OpenedBy = "passphrase" | "recovery_key" | "school_key" | "keychain";
export type Opening = { 
/**
 * The program or the computer had stopped before they were closed; they were checked and are whole.
 */
unclean: boolean, 
/**
 * What is or may be missing.
 */
lost: LostChanges | null, };
export type OrderDetails = { 
/**
 * Student.
 */
student_id: string, 
/**
 * Which.
 */
kind: DetailKind, 
/**
 * Ids, the first one first. Those that are not named follow.
 */
ids: Array<string>, };
export type Original = { 
/**
 * What it is about: `demand`, `pay_card`, `pay_entry`, `pay_mid`, `pay_senior`, `education`, `growth`, `reach`, `field`.
 */
topic: string, 
/**
 * Its words.
 */
said: string, 
/**
 * `card` or `prose`.
 */
place: string, 
/**
 * `unsourced`, `contradicts` or `outdated`.
 */
verdict: string, 
/**
 * What there is to say about it.
 */
note: string, };
export type Outlook = { 
/**
 * First year, e.g. 2024.
 */
from: number, 
/**
 * Last year, e.g. 2034.
 */
to: number, 
/**
 * Jobs in the first year, persons.
 */
employment: Figure, 
/**
 * Jobs in the last year, persons.
 */
employment_to: Figure, 
/**
 * Change, per cent.
 */
growth_percent: Figure, 
/**
 * Change of all occupations, per cent.
 */
growth_all_percent: Figure, 
/**
 * Class for the filter, where it can be told.
 */
class: GrowthClass | null, 
/**
 * Openings a year, persons.
 */
openings: Figure, 
/**
 * Of these, a year, to replace people who leave, persons.
 */
replacement: Figure, 
/**
 * Share of self-employed, per cent. Pay figures leave them out.
 */
self_employed_percent: Figure, 
/**
 * Source id.
 */
source: string, };
export type Part = { "part": "question" } & Question | { "part": "group" } & Group;
export type PayAtPlace = { 
/**
 * The place.
 */
place: Place, 
/**
 * Jobs there, persons.
 */
employment: Figure, 
/**
 * Share of local jobs against the nation's share.
 */
location_quotient: Figure, 
/**
 * One in ten earns less.
 */
p10: Figure, 
/**
 * A quarter earns less.
 */
p25: Figure, 
/**
 * Half earn less.
 */
p50: Figure, 
/**
 * Three quarters earn less.
 */
p75: Figure, 
/**
 * Nine in ten earn less.
 */
p90: Figure, 
/**
 * Dollars an hour, only where no yearly pay exists.
 */
hourly: HourlyPay | null, 
/**
 * Too few people or too wide an error (about 50 jobs or fewer, or a wage error above 10 %): middle only.
 */
too_few: boolean, 
/**
 * Source id.
 */
source: string, };
export type Place = { 
/**
 * `US`, `ST39`, `MA18140`.
 */
id: string, 
/**
 * Name.
 */
name: string, 
/**
 * Nation, state, metropolitan or nonmetropolitan area.
 */
kind: PlaceKind, 
/**
 * States that it lies in, as place ids.
 */
states: Array<string>, };
export type PlaceKind = "nation" | "state" | "metropolitan" | "nonmetropolitan";
export type PlaceLeft = { 
/**
 * Its folder.
 */
place: string, 
/**
 * Why.
 */
reason: LeftReason, };
export type Plan = { 
/**
 * The student's id.
 */
student_id: string | null, 
/**
 * Address of the career.
 */
career: string | null, 
/**
 * Programme, as written.
 */
programme: string | null, 
/**
 * Institution or place, as written.
 */
institution: string | null, };
export type Preview = { 
/**
 * Its name.
 */
name: string, 
/**
 * When it was made, RFC 3339 UTC.
 */
made_at: string, 
/**
 * Why, where its description can be read.
 */
reason: BackupReason | null, 
/**
 * Students in it.
 */
students: number, 
/**
 * Applications in it.
 */
applications: number, 
/**
 * Versions of drafts in it.
 */
versions: number, 
/**
 * Notes on careers in it.
 */
notes: number, 
/**
 * The drafts that were saved last.
 */
newest_drafts: Array<DraftTime>, 
/**
 * What going back would do to the present records; none where there are none that are open.
 */
changed: Changed | null, };
export type PreviewErase = { 
/**
 * UUIDv7.
 */
student_id: string, 
/**
 * What is to be erased.
 */
scope: EraseScope, };
export type PrintApplication = { 
/**
 * Application.
 */
id: string, 
/**
 * Language of the form's words.
 */
language: Language, 
/**
 * Today, as the reader writes it: `YYYY-MM-DD` in the reader's own time zone.
 */
today: string, };
export type PrintCareer = { 
/**
 * Address.
 */
slug: string, 
/**
 * Place whose pay is shown.
 */
place: string, 
/**
 * Language.
 */
language: Language, 
/**
 * The whole page, or one sheet.
 */
full: boolean, 
/**
 * Today in the reader's own time zone, `YYYY-MM-DD`.
 */
today: string, };
export type PrintCertificate = { 
/**
 * UUIDv7.
 */
student_id: string, 
/**
 * What will be erased.
 */
scope: EraseScope, 
/**
 * Id from the preview.
 */
certificate: string, 
/**
 * Language.
 */
language: Language, };
export type PrintComparison = { 
/**
 * Addresses of two to four careers, in the order in which they are to stand.
 */
slugs: Array<string>, 
/**
 * Place whose pay is shown.
 */
place: string, 
/**
 * Language.
 */
language: Language, 
/**
 * Today in the reader's own time zone, `YYYY-MM-DD`.
 */
today: string, };
export type PrintDisclosures = { 
/**
 * Whose.
 */
student: string, 
/**
 * Language.
 */
language: Language, 
/**
 * Today in the reader's own time zone, `YYYY-MM-DD`.
 */
today: string, };
export type Problem = { 
/**
 * The folder in use.
 */
folder: string, 
/**
 * Where the damaged files were copied to, the newest such folder.
 */
set_aside: string | null, 
/**
 * The cloud client that copies the folder, where one does.
 */
client: string | null, 
/**
 * Whether there is a records file with its keys, out of which something may be read.
 */
can_salvage: boolean, 
/**
 * Where a copy on this computer's own disk would lie; none where the folder is on one already, or has no records.
 */
local_copy: string | null, 
/**
 * With a copy: the second place of its backups. That is the folder from which it was made, unless one is set.
 */
second_place: string | null, 
/**
 * Whether that one was set before.
 */
second_place_stays: boolean, };
export type Programme = { 
/**
 * CIP 2020 code.
 */
cip: string, 
/**
 * Title (published in English).
 */
title: string, };
export type Progress = { 
/**
 * Sections of the form.
 */
sections: number, 
/**
 * Of these, complete.
 */
complete: number, 
/**
 * Faults to mend, missing answers included.
 */
faults: number, };
export type Proof = { 
/**
 * The passphrase.
 */
passphrase: string, };
export type Question = { 
/**
 * Unique among its neighbours, `snake_case`. The key of its answer is `id`, or `group/item/id` in a group.
 */
id: string, 
/**
 * The question itself.
 */
label: { [key in string]: string }, 
/**
 * What helps to answer it.
 */
help: { [key in string]: string } | null, 
/**
 * What kind of answer it takes.
 */
answer: AnswerKind, 
/**
 * Whether a complete form needs an answer (while the question is shown).
 */
required: boolean, 
/**
 * An answer is needed while this holds.
 */
required_if: Condition | null, 
/**
 * Shown only while this holds.
 */
show_if: Condition | null, 
/**
 * Passed over while this holds.
 */
skip_if: Condition | null, 
/**
 * What the target counts, and how much it takes. Text over a limit is kept, counted and named.
 */
limits: Array<Limit>, 
/**
 * The field of the student's record that a first answer may come from.
 */
prefill: RecordField | null, 
/**
 * The field of the student's record that the answer may go back to.
 */
returns_to: RecordField | null, 
/**
 * Stays in its draft, is never reused, is printed only where that is wished, and may be left to the target's own
 * page.
 */
sensitive: boolean, 
/**
 * Its place on the target's own page.
 */
target: TargetPlace | null, 
/**
 * Rules that it rests on.
 */
rules: Array<string>, 
/**
 * For a date or a month: it must not lie after the day of the review.
 */
past: boolean, };
export type Rating = { 
/**
 * What is rated.
 */
kind: RatingKind, 
/**
 * O*NET element id.
 */
element: string, 
/**
 * Name in the language asked for.
 */
name: string, 
/**
 * Importance 1–5.
 */
importance: Figure, 
/**
 * Level 0–7.
 */
level: Figure, };
export type RatingKind = "skill" | "knowledge" | "ability" | "activity";
export type RecordField = "student_name" | "given_name" | "middle_name" | "family_name" | "name_suffix" | "preferred_name" | "former_name" | "birth_date" | "email" | "phone" | "address_line1" | "address_line2" | "address_line3" | "city" | "region" | "postal_code" | "country" | "graduation_year" | "school_name" | "school_code" | "school_city" | "counselor_name" | "counselor_email" | "counselor_phone" | "programme" | "institution" | "career";
export type Recover = { 
/**
 * As printed; spaces, hyphens and case do not matter.
 */
recovery_key: string, 
/**
 * The new passphrase.
 */
passphrase: string, };
export type RecoveryKey = { 
/**
 * Nine groups of four characters; the last group checks the others.
 */
groups: Array<string>, };
export type Related = { 
/**
 * Address, where the catalogue has a page.
 */
slug: string | null, 
/**
 * O*NET-SOC code.
 */
code: string, 
/**
 * Title.
 */
title: string, 
/**
 * Middle pay, nation, dollars a year.
 */
pay: Figure, 
/**
 * Growth, per cent.
 */
growth_percent: Figure, 
/**
 * Entry education id.
 */
education: string | null, 
/**
 * How these figures relate to the title; an occupation without a page is always `same`.
 */
relation: Relation, };
export type Relation = "same" | "specialty" | "nearest";
export type RemoveDetail = { 
/**
 * Student.
 */
student_id: string, 
/**
 * Id of the detail.
 */
id: string, };
export type Removed = { 
/**
 * The student.
 */
id: string, 
/**
 * Their name when they were removed.
 */
name: string, 
/**
 * When they were removed, RFC 3339 UTC.
 */
removed_at: string, };
export type RestoredBackup = { 
/**
 * Its name.
 */
name: string, 
/**
 * Where what was there before lies now, where something was there.
 */
set_aside: string | null, 
/**
 * Whether the passphrase and the recovery key are those of the backup's time from now on.
 */
other_key: boolean, 
/**
 * What became of what had happened since by the records that were replaced: what left and for whom, who looked,
 * holds, certificates of erasures.
 */
taken_along: TakenAlong, };
export type RetentionCategory = "records" | "drafts";
export type RetentionRule = { 
/**
 * Category.
 */
category: RetentionCategory, 
/**
 * Years after the year of graduation.
 */
years: number | null, };
export type Review = { 
/**
 * Keys of questions and groups that are not asked, by their conditions. Their answers are kept.
 */
hidden: Array<string>, 
/**
 * What computed questions come to, by key. Those that are not asked or have no value are left out.
 */
computed: { [key in string]: ComputedValue }, 
/**
 * The sections in their order.
 */
sections: Array<SectionReview>, 
/**
 * Every fault, in the order of the form.
 */
faults: Array<Fault>, };
export type Rewrapped = { 
/**
 * Backup places in which something still opens with what held before.
 */
left: Array<PlaceLeft>, 
/**
 * Whether this computer's keychain opened the records until now and does no longer.
 */
keychain_off: boolean, };
export type RightsHolder = { 
/**
 * Who.
 */
holder: Holder, 
/**
 * What has to be known of it, such as a court's decision.
 */
note: string | null, };
export type RosterCheck = { 
/**
 * The headings, or "1", "2", … where there are none.
 */
headings: Array<string>, 
/**
 * How the columns are read.
 */
columns: RosterColumns, 
/**
 * Students that would be added, the first 200 rows as read.
 */
rows: Array<RosterRow>, 
/**
 * Students that would be added.
 */
new: number, 
/**
 * Rows left out because a student of the same school number, or of the same name and year, is there.
 */
known: number, 
/**
 * Every fault with its line and column. While there is one, nothing can be imported.
 */
faults: Array<RosterFault>, };
export type RosterColumns = { 
/**
 * Whether the first line is a heading.
 */
heading: boolean, 
/**
 * The name, or the given name where `family_name` is another column.
 */
name: number, 
/**
 * The family name, where it stands alone.
 */
family_name: number | null, 
/**
 * The year of graduation.
 */
graduation_year: number | null, 
/**
 * The school's number.
 */
school_id: number | null, };
export type RosterFault = { 
/**
 * Line in the text, from 1.
 */
line: number, 
/**
 * Column from 0, where one cell is meant.
 */
column: number | null, 
/**
 * What is wrong.
 */
fault: RosterFaultKind, };
export type RosterFaultKind = "name_missing" | "year_not_a_year" | "school_id_twice" | "cells_missing" | "unreadable";
export type RosterImported = { 
/**
 * Students added.
 */
added: number, 
/**
 * Rows left out as already known.
 */
known: number, 
/**
 * Number of the change, for undo. None where nobody was added.
 */
change: number | null, };
export type RosterRow = { 
/**
 * Line in the text, from 1.
 */
line: number, 
/**
 * The student.
 */
student: StudentInput, 
/**
 * Already on the roster.
 */
known: boolean, };
export type RosterText = { 
/**
 * The text, at most 64 MB.
 */
text: string, 
/**
 * Which column is what; none lets the program guess from the first line.
 */
columns: RosterColumns | null, };
export type Rule = { 
/**
 * Unique in the pack, `snake_case`.
 */
id: string, 
/**
 * The rule, in our own words.
 */
text: { [key in string]: string }, 
/**
 * Address of the page that says so, `https`.
 */
source: string, 
/**
 * The day on which it was checked there, `YYYY-MM-DD`.
 */
checked: string, };
export type Run = { "kind": "text", 
/**
 * The words.
 */
text: string, } | { "kind": "strong", 
/**
 * The words.
 */
text: string, } | { "kind": "source", 
/**
 * Id of a source of the page.
 */
source: string, };
export type Said = "student" | "parent" | "school_official" | "written_consent" | "other" | "not_said";
export type Salvage = { 
/**
 * The passphrase of the records …
 */
passphrase: string | null, 
/**
 * … or their recovery key.
 */
recovery_key: string | null, 
/**
 * What a student is called whose own row can't be read, in the language of the page; a number follows.
 */
student: string, };
export type Salvaged = { 
/**
 * Names of the students of whom something is missing, as far as they are known.
 */
names: Array<string>, 
/**
 * When, RFC 3339 UTC.
 */
at: string, 
/**
 * Where the damaged files lie.
 */
set_aside: string, 
/**
 * Pages of the damaged file.
 */
pages: number, 
/**
 * Those of them that can't be read.
 */
unreadable_pages: number, 
/**
 * Whether each page that was read was proved to be as it was written.
 */
proved: boolean, 
/**
 * The last change that is there, RFC 3339 UTC.
 */
last_change: string | null, 
/**
 * Every table with what was read of it and what was not.
 */
tables: Array<SalvagedTable>, 
/**
 * Rows that were made up because others hang on them.
 */
stand_ins: number, 
/**
 * Pages with rows of which nobody can tell what they are.
 */
untold_pages: number, 
/**
 * Ids of the students of whom something is missing, as far as it is known.
 */
students: Array<string>, };
export type SalvagedTable = { 
/**
 * Its name.
 */
table: string, 
/**
 * Rows that are in the new file.
 */
rows: number, 
/**
 * Rows that were there and could not be read, as far as an index or their own rest tells.
 */
missing: number, 
/**
 * Pages of it that could not be read; how many rows stood there only `missing` tells, where it does.
 */
pages: number, };
export type SaveAnswer = { 
/**
 * When it was saved, RFC 3339 UTC.
 */
saved_at: string, 
/**
 * Number of the version that holds it.
 */
version: number, 
/**
 * Number of the change, for undo. None where nothing had to change.
 */
change: number | null, 
/**
 * The readiness check after it.
 */
review: Review, };
export type SaveAnswers = { 
/**
 * Application.
 */
id: string, 
/**
 * New values by key.
 */
answers: { [key in string]: JsonValue }, };
export type SaveDetail = { 
/**
 * Student.
 */
student_id: string, 
/**
 * Id of the detail to change; none adds one. Of a kind of which a student has one, the one that is there is changed.
 */
id: string | null, 
/**
 * What is known.
 */
detail: Detail, };
export type SaveMemoryAid = { 
/**
 * Id of the student.
 */
id: string, 
/**
 * The text; an empty one takes it away.
 */
text: string, };
export type SaveNote = { 
/**
 * Address of the career.
 */
slug: string, 
/**
 * The note; empty takes it away.
 */
text: string, };
export type SaveSearch = { 
/**
 * The search that is changed; none for a new one.
 */
id: string | null, 
/**
 * Its name.
 */
name: string, 
/**
 * The part of the list's address that holds it.
 */
query: string, };
export type Saved = { 
/**
 * Id of what was made or changed.
 */
id: string, 
/**
 * Number of the change, for undo. None where nothing had to change.
 */
change: number | null, 
/**
 * When it was saved, RFC 3339 UTC.
 */
saved_at: string, };
export type SavedSearchId = { 
/**
 * Id.
 */
id: string, };
export type SavedSearchRow = { 
/**
 * Id.
 */
id: string, 
/**
 * What the counsellor calls it.
 */
name: string, 
/**
 * The part of the list's address that holds what was typed, chosen and ordered.
 */
query: string, 
/**
 * When it was saved, RFC 3339 UTC.
 */
saved_at: string, };
export type School = { 
/**
 * Name.
 */
name: string, 
/**
 * City or place.
 */
city: string | null, 
/**
 * Country.
 */
country: string | null, 
/**
 * From, `YYYY-MM-DD`, `YYYY-MM` or `YYYY`.
 */
from: string | null, 
/**
 * Until, in the same forms; none while the student is there.
 */
until: string | null, 
/**
 * Code under which colleges know it (CEEB).
 */
code: string | null, };
export type Score = { 
/**
 * The part, or "total".
 */
part: string, 
/**
 * As the test writes it.
 */
score: string, };
export type SecondPlace = { 
/**
 * Its folder.
 */
folder: string, 
/**
 * Whether the school has set it: the person can't choose another.
 */
managed: boolean, 
/**
 * Whether it is there now.
 */
reachable: boolean, 
/**
 * When it last had every backup, RFC 3339 UTC.
 */
seen_at: string | null, 
/**
 * Code of what stood in the way of the last copy to it.
 */
fault: string | null, };
export type Section = { 
/**
 * Unique in the pack, `snake_case`.
 */
id: string, 
/**
 * Heading.
 */
title: { [key in string]: string }, 
/**
 * One short paragraph under the heading.
 */
help: { [key in string]: string } | null, 
/**
 * Asked only while this holds.
 */
show_if: Condition | null, 
/**
 * Passed over while this holds.
 */
skip_if: Condition | null, 
/**
 * Rules that it rests on.
 */
rules: Array<string>, 
/**
 * Questions and repeating groups, in order.
 */
parts: Array<Part>, };
export type SectionReview = { 
/**
 * The section's id.
 */
id: string, 
/**
 * Its state in a word.
 */
state: SectionState, 
/**
 * Questions shown, those of each item of a group included.
 */
asked: number, 
/**
 * Of these, answered.
 */
answered: number, 
/**
 * Faults in it, warnings aside.
 */
faults: number, };
export type SectionState = "empty" | "started" | "faults" | "complete";
export type SetPin = { 
/**
 * Four to twelve digits.
 */
pin: string, 
/**
 * The passphrase, so that nobody else sets it at a desk that was left open.
 */
passphrase: string, };
export type SetPlace = { 
/**
 * A folder that is there; none takes the second place away. Backups that lie in it stay.
 */
folder: string | null, };
export type SetRecoveryKey = { 
/**
 * The passphrase, asked again.
 */
passphrase: string, 
/**
 * The new key as the person typed it from the sheet.
 */
recovery_key: string, };
export type SetSchoolPublicKey = { 
/**
 * The passphrase, asked again.
 */
passphrase: string, 
/**
 * The public half of the school's recovery key, as the school handed it on.
 */
public_key: string, };
export type Settings = { 
/**
 * Language of the pages.
 */
language: Language, 
/**
 * Light, dark, or the system's.
 */
theme: Theme, 
/**
 * Whether high contrast is wanted whatever the system says.
 */
high_contrast: boolean, 
/**
 * Size of text, per cent, 100 to 200.
 */
text_percent: number, 
/**
 * Place whose pay is shown.
 */
place: string, 
/**
 * Minutes without a touch after which the records are locked.
 */
idle_minutes: number, };
export type Severity = "error" | "warning";
export type Shortlist = { 
/**
 * Student.
 */
student_id: string, 
/**
 * Career's address.
 */
career: string, 
/**
 * On or off.
 */
on: boolean, };
export type ShowCareer = { 
/**
 * Address.
 */
slug: string, 
/**
 * Place whose pay is shown.
 */
place: string, 
/**
 * Language.
 */
language: Language, };
export type ShowHome = { 
/**
 * Language of career titles.
 */
language: Language, };
export type ShowInfo = { 
/**
 * Language.
 */
language: Language, };
export type ShowStudent = { 
/**
 * UUIDv7.
 */
id: string, 
/**
 * Language of career titles.
 */
language: Language, };
export type Signer = "student" | "guardian" | "counselor" | "teacher" | "other";
export type Source = { 
/**
 * Stable id.
 */
id: string, 
/**
 * Title.
 */
title: string, 
/**
 * Publisher.
 */
publisher: string, 
/**
 * Release.
 */
release: string, 
/**
 * Date of publication.
 */
date: string, 
/**
 * Address, to read; the program opens no connection.
 */
url: string, 
/**
 * Licence.
 */
licence: string, 
/**
 * How it was modified.
 */
note: string, };
export type StartApplication = { 
/**
 * What it is for.
 */
plan: Plan, 
/**
 * Id of the form pack; none takes the general one.
 */
form: string | null, 
/**
 * Language of prefilled texts such as a career's title.
 */
language: Language, };
export type Started = { 
/**
 * Its id.
 */
id: string, 
/**
 * Number of the change, for undo.
 */
change: number, };
export type StateFigures = { 
/**
 * The state, the District of Columbia or a territory.
 */
place: Place, 
/**
 * Middle pay, dollars a year.
 */
pay: Figure, 
/**
 * Share of the state's jobs against the nation's share.
 */
location_quotient: Figure, 
/**
 * Jobs there, persons.
 */
employment: Figure, 
/**
 * Too few people or too wide an error for the pay to be trusted.
 */
too_few: boolean, };
export type Step = { 
/**
 * Number of the change that an undo of this step names.
 */
change: number, 
/**
 * What was done, `area.verb`.
 */
act: string, 
/**
 * When it began, RFC 3339 UTC.
 */
at: string, 
/**
 * When it ended: later than `at` for a session of typing.
 */
until: string, 
/**
 * Ids of the students and applications that it speaks of.
 */
about: Array<string>, };
export type StoppedJob = { 
/**
 * Number that it had.
 */
id: number, 
/**
 * What it is about.
 */
kind: JobKind, };
export type StudentId = { 
/**
 * UUIDv7.
 */
id: string, };
export type StudentInput = { 
/**
 * The name as it is written.
 */
name: string, 
/**
 * Year of graduation.
 */
graduation_year: number | null, 
/**
 * The school's own number.
 */
school_id: string | null, };
export type StudentPage = { 
/**
 * The student.
 */
student: StudentRow, 
/**
 * Their applications, newest first.
 */
applications: Array<ApplicationInList>, 
/**
 * Applications that are left out because they are between the student and the counselor; none outside a meeting.
 */
hidden: number, 
/**
 * Their shortlist of careers, in the order of adding.
 */
shortlist: Array<CareerName>, };
export type StudentRow = { 
/**
 * UUIDv7.
 */
id: string, 
/**
 * The name as it is written; never split, never cut.
 */
name: string, 
/**
 * Year of graduation.
 */
graduation_year: number | null, 
/**
 * The school's own number for the student.
 */
school_id: string | null, 
/**
 * The fictional student of the first run.
 */
sample: boolean, 
/**
 * Applications of this student.
 */
applications: number, 
/**
 * When the newest of their drafts was last saved, RFC 3339 UTC.
 */
last_saved_at: string | null, };
export type TakenAlong = "done" | "nothing_there" | "other_records" | "other_key" | "unreadable";
export type TargetPlace = { 
/**
 * Its place in the target's order, counted through the whole form; for a question of a group within one item.
 */
order: number, 
/**
 * What the target calls it, where that is not the label.
 */
label: { [key in string]: string } | null, 
/**
 * The page of the target's on which it stands.
 */
page: { [key in string]: string } | null, };
export type Technology = { 
/**
 * Name.
 */
title: string, 
/**
 * UNSPSC category (published in English).
 */
category: string, 
/**
 * Often named in job postings.
 */
hot: boolean, 
/**
 * Often named in postings for this occupation.
 */
in_demand: boolean, };
export type Test = { 
/**
 * Name.
 */
name: string, 
/**
 * Taken or planned, `YYYY-MM-DD`, `YYYY-MM` or `YYYY`.
 */
date: string | null, 
/**
 * Scores by part, in the test's own order.
 */
scores: Array<Score>, };
export type Theme = "system" | "light" | "dark";
export type TrailingSpace = "in" | "out";
export type Trait = { 
/**
 * Element id.
 */
element: string, 
/**
 * Name in the language asked for.
 */
name: string, 
/**
 * On the source's scale: values 1–7, styles −3–3.
 */
value: Figure, };
export type Undo = { 
/**
 * Its number.
 */
change: number, };
export type Undone = { 
/**
 * Number of the new change, to do it again.
 */
change: number, };
export type UnfinishedErasure = { 
/**
 * Id of its certificate.
 */
certificate: string, 
/**
 * When it was erased from the records, RFC 3339 UTC.
 */
at: string, 
/**
 * What was erased.
 */
scope: EraseScope, 
/**
 * Whether it was tried in the copies at all.
 */
tried: boolean, 
/**
 * How many backups are known to hold it still: damaged ones, and ones under an older key.
 */
backups: number, 
/**
 * Whether the second place could not be reached, or not wholly.
 */
second: boolean, 
/**
 * Folders of copies that were set aside and could not be written anew.
 */
aside: Array<string>, 
/**
 * Day by which the last backup of that time is dropped, where the program is used, `YYYY-MM-DD`.
 */
until: string, };
export type Unlock = { 
/**
 * The passphrase.
 */
passphrase: string, 
/**
 * Whether to end the meeting under way, where there is one.
 */
end_meeting?: boolean, };
export type Unsaved = { 
/**
 * In keeping them: newer values join older ones, and a text without any is saved by now and kept no longer.
 */
texts: Array<UnsavedText>, };
export type UnsavedIn = "application" | "career_note" | "memory_aid" | "form";
export type UnsavedText = { 
/**
 * What it was typed in.
 */
what: UnsavedIn, 
/**
 * The application, the address of the career, the student, or the name of the dialog with what it is on.
 */
id: string, 
/**
 * The newest value of each key; null takes an answer away.
 */
edits: { [key in string]: JsonValue }, };
export type VaultState = "first_run" | "locked" | "unlocked";
export type VaultStatus = { 
/**
 * State in a word.
 */
state: VaultState, 
/**
 * The records folder in use.
 */
folder: string, 
/**
 * The folder that is used where nobody chooses another.
 */
default_folder: string, 
/**
 * The file of settings, which says where the records folder is.
 */
settings_file: string, 
/**
 * Code of what stands in the way of opening the records, where something does.
 */
problem: string | null, 
/**
 * Seconds to wait before the next try of a passphrase.
 */
wait_seconds: number, 
/**
 * By what the records were opened, while they are open.
 */
opened_by: OpenedBy | null, 
/**
 * Said once where the file of keys had to be restored from a backup place to open them.
 */
keys_restored: KeysRestored | null, 
/**
 * Said once where this computer's keychain opened them until now and does no longer.
 */
keychain_off: boolean, };
export type Version = { 
/**
 * Its number.
 */
number: number, 
/**
 * Every answer of it.
 */
answers: { [key in string]: JsonValue }, };
export type VersionId = { 
/**
 * Application.
 */
id: string, 
/**
 * Version number.
 */
number: number, };
export type VersionRow = { 
/**
 * 1, 2, 3, …
 */
number: number, 
/**
 * When it was opened, RFC 3339 UTC.
 */
opened_at: string, 
/**
 * Its last save, RFC 3339 UTC.
 */
saved_at: string, 
/**
 * Keys of the answers that it changed.
 */
changed: Array<string>, 
/**
 * Number of the version that it restored, where it is a restore.
 */
restored_from: number | null, };
export type Way = "email" | "phone";

/** Every operation that answers, by name. */
export interface Operations {
  "vault.status": { input: Nothing; output: VaultStatus };
  "vault.create": { input: CreateVault; output: RecoveryKey };
  "vault.unlock": { input: Unlock; output: VaultStatus };
  "vault.recover": { input: Recover; output: VaultStatus };
  "vault.lock": { input: Nothing; output: VaultStatus };
  "vault.keep_unsaved": { input: Unsaved; output: Nothing };
  "vault.take_unsaved": { input: Nothing; output: Unsaved };
  "vault.choose_folder": { input: ChooseFolder; output: VaultStatus };
  "vault.keys": { input: Nothing; output: KeysPage };
  "vault.change_passphrase": { input: ChangePassphrase; output: Rewrapped };
  "vault.draw_recovery_key": { input: Nothing; output: RecoveryKey };
  "vault.set_recovery_key": { input: SetRecoveryKey; output: Rewrapped };
  "vault.set_school_key": { input: SetRecoveryKey; output: Rewrapped };
  "vault.set_school_public_key": { input: SetSchoolPublicKey; output: Rewrapped };
  "vault.keychain": { input: Nothing; output: KeychainPage };
  "vault.keychain_on": { input: Proof; output: KeychainPage };
  "vault.keychain_off": { input: Nothing; output: KeychainOff };
  "vault.unlock_by_keychain": { input: Nothing; output: VaultStatus };
  "vault.remove_school_key": { input: Proof; output: Rewrapped };
  "vault.problem": { input: Nothing; output: Problem };
  "damage.opening": { input: Nothing; output: Opening };
  "damage.salvage": { input: Salvage; output: Salvaged };
  "damage.backups": { input: Nothing; output: FoundBackups };
  "damage.good_backup": { input: FindGood; output: GoodBackup };
  "damage.check": { input: Nothing; output: FullCheck };
  "damage.report": { input: Nothing; output: Salvaged | null };
  "damage.local_copy": { input: Nothing; output: VaultStatus };
  "vault.new_key": { input: Proof; output: Rewrapped };
  "settings.get": { input: Nothing; output: Settings };
  "settings.save": { input: Settings; output: Settings };
  "settings.begin_anew": { input: Nothing; output: Settings };
  "meeting.status": { input: Nothing; output: MeetingStatus };
  "meeting.set_pin": { input: SetPin; output: MeetingStatus };
  "meeting.begin": { input: BeginMeeting; output: MeetingStatus };
  "meeting.end": { input: EndMeeting; output: MeetingStatus };
  "settings.managed": { input: Nothing; output: ManagedSettings };
  "home.show": { input: ShowHome; output: Home };
  "palette.find": { input: Find; output: Found };
  "careers.search": { input: CareerQuery; output: CareerPage };
  "careers.show": { input: ShowCareer; output: Career };
  "careers.titles": { input: ListTitles; output: Array<CareerName> };
  "careers.places": { input: FindPlaces; output: Array<Place> };
  "careers.note": { input: CareerAddress; output: CareerNote };
  "careers.save_note": { input: SaveNote; output: CareerNote };
  "careers.compare": { input: CompareCareers; output: Array<Career> };
  "careers.states": { input: CareerStates; output: Array<StateFigures> };
  "careers.saved_searches": { input: Nothing; output: Array<SavedSearchRow> };
  "careers.save_search": { input: SaveSearch; output: Saved };
  "careers.remove_search": { input: SavedSearchId; output: Saved };
  "catalogue.status": { input: Nothing; output: CatalogueStatus };
  "catalogue.use_bundled": { input: Nothing; output: CatalogueStatus };
  "catalogue.info": { input: ShowInfo; output: CatalogueInfo };
  "students.list": { input: ListStudents; output: Array<StudentRow> };
  "students.show": { input: ShowStudent; output: StudentPage };
  "students.add": { input: StudentInput; output: Saved };
  "students.edit": { input: EditStudent; output: Saved };
  "students.remove": { input: StudentId; output: Saved };
  "students.add_sample": { input: AddSample; output: Saved };
  "students.check_roster": { input: RosterText; output: RosterCheck };
  "students.import_roster": { input: RosterText; output: RosterImported };
  "students.memory_aid": { input: StudentId; output: MemoryAid };
  "students.save_memory_aid": { input: SaveMemoryAid; output: Saved };
  "students.details": { input: StudentId; output: Array<DetailRow> };
  "students.save_detail": { input: SaveDetail; output: Saved };
  "students.remove_detail": { input: RemoveDetail; output: Saved };
  "students.order_details": { input: OrderDetails; output: Saved };
  "students.shortlist": { input: Shortlist; output: Saved };
  "applications.forms": { input: Nothing; output: Array<FormName> };
  "applications.list": { input: Nothing; output: Array<ApplicationInList> };
  "applications.start": { input: StartApplication; output: Started };
  "applications.plan": { input: ChangePlan; output: SaveAnswer };
  "applications.open": { input: ApplicationId; output: Draft };
  "applications.save": { input: SaveAnswers; output: SaveAnswer };
  "applications.between_us": { input: BetweenUs; output: Saved };
  "applications.remove": { input: ApplicationId; output: Saved };
  "applications.duplicate": { input: ApplicationId; output: Started };
  "applications.versions": { input: ApplicationId; output: Array<VersionRow> };
  "applications.version": { input: VersionId; output: Version };
  "applications.restore": { input: VersionId; output: SaveAnswer };
  "backups.status": { input: Nothing; output: BackupsStatus };
  "backups.list": { input: Nothing; output: Array<BackupRow> };
  "backups.make": { input: Nothing; output: JobId };
  "backups.check": { input: Nothing; output: JobId };
  "backups.preview": { input: BackupName; output: Preview };
  "backups.restore": { input: BackupName; output: RestoredBackup };
  "backups.set_place": { input: SetPlace; output: BackupsStatus };
  "backups.before_quit": { input: Nothing; output: BackedUp };
  "backups.look_elsewhere": { input: LookElsewhere; output: Array<ElsewhereRow> };
  "backups.preview_elsewhere": { input: BackupElsewhere; output: Preview };
  "backups.restore_elsewhere": { input: BackupElsewhere; output: RestoredBackup };
  "jobs.list": { input: Nothing; output: Array<JobRow> };
  "jobs.cancel": { input: JobId; output: Array<JobRow> };
  "jobs.stopped": { input: Nothing; output: Array<StoppedJob> };
  "jobs.resume": { input: JobId; output: JobId };
  "jobs.forget": { input: JobId; output: Nothing };
  "log.list": { input: ListLog; output: LogPage };
  "log.answer": { input: AnswerForWhom; output: Saved };
  "log.verify": { input: Nothing; output: LogCheck };
  "changes.undo": { input: Undo; output: Undone };
  "changes.steps": { input: Nothing; output: NamedSteps };
  "rights.preview_erase": { input: PreviewErase; output: ErasePreview };
  "rights.erase": { input: Erase; output: ErasedRecord };
  "rights.copies": { input: Nothing; output: KnownCopies };
  "rights.go_on": { input: Nothing; output: GoneOn };
  "rights.unfinished": { input: Nothing; output: Array<UnfinishedErasure> };
  "rights.removed": { input: Nothing; output: Array<Removed> };
  "rights.certificates": { input: Nothing; output: Array<Certificate> };
  "rights.holds": { input: StudentId; output: Array<Hold> };
  "rights.open_hold": { input: OpenHold; output: Saved };
  "rights.close_hold": { input: HoldId; output: Saved };
  "rights.retention": { input: Nothing; output: Array<RetentionRule> };
  "rights.set_retention": { input: RetentionRule; output: Array<RetentionRule> };
  "rights.due": { input: FindDue; output: Array<Due> };
}

/** Every operation that makes a document, by name. */
export interface DocumentOperations {
  "applications.pdf": { input: PrintApplication };
  "careers.pdf": { input: PrintCareer };
  "careers.compare_pdf": { input: PrintComparison };
  "rights.export": { input: ExportStudent };
  "rights.certificate": { input: PrintCertificate };
  "careers.compare_xlsx": { input: PrintComparison };
  "log.csv": { input: LogAsTable };
  "log.pdf": { input: PrintDisclosures };
}

/** Every code that an operation can fail with. */
export const errorCodes = [
  "operation.unknown",
  "operation.bad_input",
  "operation.failed",
  "vault.wrong_passphrase",
  "vault.wait",
  "vault.wrong_recovery_key",
  "vault.recovery_key_mistyped",
  "vault.recovery_key_old",
  "vault.private_key_missing",
  "vault.passphrase_too_short",
  "vault.locked",
  "vault.already_there",
  "vault.no_records",
  "vault.not_there",
  "vault.file_missing",
  "vault.keys_missing",
  "vault.keys_damaged",
  "vault.damaged",
  "vault.newer",
  "vault.nothing_readable",
  "vault.on_network",
  "vault.synchronized",
  "vault.in_use",
  "vault.folder_unusable",
  "vault.keychain_forbidden",
  "vault.keychain_missing",
  "vault.keychain_refused",
  "vault.keychain_lost",
  "vault.keychain_wrong",
  "vault.keychain_over",
  "settings.unreadable",
  "settings.damaged",
  "settings.managed_unreadable",
  "settings.managed_damaged",
  "storage.disk_full",
  "storage.read_only",
  "storage.io",
  "storage.settings",
  "catalogue.missing",
  "catalogue.damaged",
  "catalogue.other_version",
  "catalogue.unreadable",
  "catalogue.not_set_aside",
  "careers.not_found",
  "careers.compare_count",
  "careers.search_not_found",
  "careers.search_name_empty",
  "students.not_found",
  "students.name_empty",
  "students.year_out_of_range",
  "students.detail_empty",
  "students.detail_date",
  "students.detail_number",
  "students.roster_has_faults",
  "students.roster_too_large",
  "students.roster_empty",
  "applications.not_found",
  "applications.unknown_form",
  "applications.unknown_question",
  "applications.wrong_shape",
  "applications.too_large",
  "applications.version_not_found",
  "backups.not_found",
  "backups.damaged",
  "backups.some_damaged",
  "backups.older_key",
  "backups.keys_missing",
  "backups.no_room_before_update",
  "backups.not_made_before_update",
  "backups.place_not_there",
  "backups.place_within_records",
  "backups.place_managed",
  "backups.records_there",
  "backups.busy",
  "jobs.stopped",
  "jobs.not_found",
  "meeting.not_here",
  "meeting.refused",
  "meeting.no_pin",
  "meeting.wrong_pin",
  "meeting.wait",
  "meeting.pin_shape",
  "meeting.under_way",
  "meeting.not_under_way",
  "changes.not_found",
  "changes.changed_since",
  "changes.stands_for_good",
  "rights.held",
  "rights.reason_empty",
  "rights.hold_not_found",
  "rights.backups_left",
  "rights.second_left",
  "rights.backups_and_second_left",
  "rights.aside_left",
  "log.not_found",
  "log.answered",
  "log.party_missing",
  "log.interest_missing",
  "log.too_long",
  "documents.not_made",
  "documents.too_long",
  "documents.not_written",
  "documents.not_allowed",
] as const;
export type ErrorCode = (typeof errorCodes)[number];
