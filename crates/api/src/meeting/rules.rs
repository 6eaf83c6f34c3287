//! What each operation is in a meeting: one row each, and a test that none is forgotten. An operation without a row is
//! refused.

use Place::{Application, Student};

/// What an operation is in a meeting.
#[derive(Debug, Clone, Copy)]
pub(super) enum Rule {
    /// As outside: no student's record is in it, or it keeps to the meeting by itself.
    Open,
    /// Its answer leaves out everybody but the meeting's student (`scope`).
    Narrowed,
    /// Only for the meeting's student: each of these places in the input must name them.
    Theirs(&'static [Place]),
    /// The same, and no undo in the meeting takes it back: what it hides is opened after the meeting.
    Hides(&'static [Place]),
    /// Takes back only what was done in the meeting.
    Undo,
    /// Saves settings, of which only those of looks may differ.
    Looks,
    /// Not in a meeting.
    Refused,
}

/// Where an input names a student or an application, as a JSON pointer.
#[derive(Debug, Clone, Copy)]
pub(super) enum Place {
    /// A student's id.
    Student(&'static str),
    /// An application's id.
    Application(&'static str),
}

/// The settings that may be changed in a meeting.
pub(super) const LOOKS: &[&str] = &["language", "theme", "high_contrast", "text_percent", "place"];

const ID: &[Place] = &[Application("/id")];

/// Every operation and what it is.
pub(super) const RULES: &[(&str, Rule)] = &[
    ("vault.status", Rule::Open),
    ("vault.create", Rule::Refused),
    // The way back in after a lock; the meeting is still there then, unless the passphrase came with the wish to end it.
    ("vault.unlock", Rule::Open),
    ("vault.recover", Rule::Open),
    // Only whether there is a keychain. It opens nothing after a lock, and a meeting begins with open records.
    ("vault.keychain", Rule::Open),
    ("vault.unlock_by_keychain", Rule::Refused),
    ("vault.lock", Rule::Open),
    // Kept for whoever typed it; given back in a meeting only where it is the student's.
    ("vault.keep_unsaved", Rule::Open),
    ("vault.take_unsaved", Rule::Narrowed),
    ("vault.choose_folder", Rule::Refused),
    ("vault.problem", Rule::Refused),
    // When something was last saved, and a folder: nothing of a student's.
    ("damage.opening", Rule::Open),
    ("damage.salvage", Rule::Refused),
    ("damage.backups", Rule::Refused),
    ("damage.good_backup", Rule::Refused),
    ("damage.check", Rule::Refused),
    ("damage.report", Rule::Refused),
    ("damage.local_copy", Rule::Refused),
    ("vault.keys", Rule::Refused),
    ("vault.change_passphrase", Rule::Refused),
    ("vault.draw_recovery_key", Rule::Refused),
    ("vault.set_recovery_key", Rule::Refused),
    ("vault.set_school_key", Rule::Refused),
    ("vault.set_school_public_key", Rule::Refused),
    ("vault.remove_school_key", Rule::Refused),
    ("vault.keychain_on", Rule::Refused),
    ("vault.keychain_off", Rule::Refused),
    ("vault.new_key", Rule::Refused),
    ("settings.get", Rule::Open),
    ("settings.managed", Rule::Open),
    ("settings.save", Rule::Looks),
    ("settings.begin_anew", Rule::Refused),
    ("meeting.status", Rule::Open),
    ("meeting.set_pin", Rule::Refused),
    ("meeting.begin", Rule::Open),
    ("meeting.end", Rule::Open),
    // The program may be closed in a meeting; backups themselves are of everybody.
    ("backups.before_quit", Rule::Open),
    ("backups.status", Rule::Refused),
    ("backups.list", Rule::Refused),
    ("backups.make", Rule::Refused),
    ("backups.check", Rule::Refused),
    ("backups.preview", Rule::Refused),
    ("backups.restore", Rule::Refused),
    ("backups.set_place", Rule::Refused),
    ("backups.look_elsewhere", Rule::Refused),
    ("backups.preview_elsewhere", Rule::Refused),
    ("backups.restore_elsewhere", Rule::Refused),
    // What is at work and how many items it has: of everybody.
    ("jobs.list", Rule::Refused),
    ("jobs.cancel", Rule::Refused),
    ("jobs.stopped", Rule::Refused),
    ("jobs.resume", Rule::Refused),
    ("jobs.forget", Rule::Refused),
    ("home.show", Rule::Narrowed),
    ("palette.find", Rule::Narrowed),
    ("careers.search", Rule::Open),
    ("careers.show", Rule::Open),
    ("careers.titles", Rule::Open),
    ("careers.places", Rule::Open),
    // The counselor's own words, on careers and in the names of searches.
    ("careers.note", Rule::Refused),
    ("careers.save_note", Rule::Refused),
    ("careers.saved_searches", Rule::Refused),
    ("careers.save_search", Rule::Refused),
    ("careers.remove_search", Rule::Refused),
    ("careers.compare", Rule::Open),
    ("careers.states", Rule::Open),
    ("careers.pdf", Rule::Open),
    ("careers.compare_pdf", Rule::Open),
    ("careers.compare_xlsx", Rule::Open),
    ("catalogue.status", Rule::Open),
    ("catalogue.use_bundled", Rule::Open),
    ("catalogue.info", Rule::Open),
    ("students.list", Rule::Narrowed),
    ("students.show", Rule::Theirs(&[Student("/id")])),
    ("students.add", Rule::Refused),
    ("students.edit", Rule::Theirs(&[Student("/id")])),
    ("students.remove", Rule::Refused),
    ("students.add_sample", Rule::Refused),
    // A check says which names are on the roster already.
    ("students.check_roster", Rule::Refused),
    ("students.import_roster", Rule::Refused),
    // The counselor's own words on the one who sits beside them.
    ("students.memory_aid", Rule::Refused),
    ("students.save_memory_aid", Rule::Refused),
    ("students.details", Rule::Theirs(&[Student("/id")])),
    ("students.save_detail", Rule::Theirs(&[Student("/student_id")])),
    ("students.remove_detail", Rule::Theirs(&[Student("/student_id")])),
    ("students.order_details", Rule::Theirs(&[Student("/student_id")])),
    ("students.shortlist", Rule::Theirs(&[Student("/student_id")])),
    ("applications.forms", Rule::Open),
    ("applications.list", Rule::Narrowed),
    ("applications.start", Rule::Theirs(&[Student("/plan/student_id")])),
    ("applications.plan", Rule::Theirs(&[Application("/id"), Student("/plan/student_id")])),
    ("applications.open", Rule::Theirs(ID)),
    ("applications.save", Rule::Theirs(ID)),
    ("applications.between_us", Rule::Hides(ID)),
    ("applications.remove", Rule::Theirs(ID)),
    ("applications.duplicate", Rule::Theirs(ID)),
    ("applications.versions", Rule::Theirs(ID)),
    ("applications.version", Rule::Theirs(ID)),
    ("applications.restore", Rule::Theirs(ID)),
    ("applications.pdf", Rule::Theirs(ID)),
    // Its rows may name others: outputs of several students, changes of many.
    ("log.list", Rule::Refused),
    ("log.csv", Rule::Refused),
    ("log.verify", Rule::Refused),
    // Says for whom something was; its answer speaks of nobody.
    ("log.answer", Rule::Open),
    ("log.pdf", Rule::Theirs(&[Student("/student")])),
    ("changes.undo", Rule::Undo),
    ("changes.steps", Rule::Narrowed),
    // A record is taken away, held or erased when nobody looks over the shoulder.
    ("rights.export", Rule::Refused),
    ("rights.certificate", Rule::Refused),
    ("rights.preview_erase", Rule::Refused),
    ("rights.erase", Rule::Refused),
    ("rights.copies", Rule::Refused),
    ("rights.go_on", Rule::Refused),
    ("rights.unfinished", Rule::Refused),
    ("rights.removed", Rule::Refused),
    ("rights.certificates", Rule::Refused),
    ("rights.holds", Rule::Refused),
    ("rights.open_hold", Rule::Refused),
    ("rights.close_hold", Rule::Refused),
    ("rights.retention", Rule::Refused),
    ("rights.set_retention", Rule::Refused),
    ("rights.due", Rule::Refused),
];

/// What an operation is in a meeting.
pub(super) fn rule(operation: &str) -> Rule {
    RULES.iter().find(|(name, _)| *name == operation).map_or(Rule::Refused, |(_, rule)| *rule)
}

/// What is looked at by an operation, for the log of accesses: a name, and of one application or career which.
pub(super) fn view(operation: &str, input: &serde_json::Value) -> Option<String> {
    let of = |kind: &str, at: &str| Some(format!("{kind}/{}", input.get(at)?.as_str()?));
    match operation {
        "students.show" => Some("student".into()),
        "applications.list" => Some("applications".into()),
        "applications.open" | "applications.versions" | "applications.version" => of("application", "id"),
        "careers.search" => Some("careers".into()),
        "careers.show" => of(CAREER, "slug"),
        "careers.compare" => Some("careers/compare".into()),
        _ => None,
    }
}

/// The kind of view that is one career.
pub(super) const CAREER: &str = "career";

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::contract::OPERATIONS;

    #[test]
    fn every_operation_has_one_rule() {
        let declared: BTreeSet<&str> = OPERATIONS.iter().copied().collect();
        let ruled: BTreeSet<&str> = RULES.iter().map(|(name, _)| *name).collect();
        let missing: Vec<_> = declared.difference(&ruled).collect();
        assert!(missing.is_empty(), "say in crates/api/src/meeting/rules.rs what these are: {missing:?}");
        let gone: Vec<_> = ruled.difference(&declared).collect();
        assert!(gone.is_empty(), "no such operation any more: {gone:?}");
        assert_eq!(RULES.len(), ruled.len(), "an operation has two rules");
    }

    #[test]
    fn an_operation_without_a_rule_is_refused() {
        assert!(matches!(rule("students.everybody"), Rule::Refused));
    }
}
