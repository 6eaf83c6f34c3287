//! The contract: every operation by name, with its input and its output, declared once. From this one list come the
//! dispatch that the hosts call and the TypeScript that the pages import, so that no host and no page can drift.

use std::any::TypeId;
use std::collections::{BTreeMap, HashSet};

use ts_rs::{Config, TS, TypeVisitor};

use crate::Desk;
use crate::applications;
use crate::backups;
use crate::careers;
use crate::catalogue;
use crate::changes;
use crate::damage;
use crate::errors::{ApiError, CODES};
use crate::home;
use crate::jobs;
use crate::lock;
use crate::log;
use crate::meeting;
use crate::meeting::gate;
use crate::palette;
use crate::rights;
use crate::settings;
use crate::shapes;
use crate::students;
use crate::vault;

/// Declares operations: `"area.name" => function(Input) -> Output`.
macro_rules! operations {
    (
        answers { $( $name:literal => $function:path, $input:ty => $output:ty; )* }
        documents { $( $document:literal => $make:path, $asked:ty; )* }
    ) => {
        /// Every operation by name, documents among them.
        pub const OPERATIONS: &[&str] = &[ $( $name, )* $( $document, )* ];

        async fn carry_out(desk: &Desk, name: &str, input: serde_json::Value) -> Result<serde_json::Value, ApiError> {
            match name {
                $( $name => {
                    let input: $input = read_input(input)?;
                    let output: $output = $function(desk, input).await?;
                    serde_json::to_value(output).map_err(|_| ApiError::unreadable_output())
                } )*
                _ => Err(ApiError::unknown_operation()),
            }
        }

        async fn make(desk: &Desk, name: &str, input: serde_json::Value) -> Result<log::Output, ApiError> {
            match name {
                $( $document => {
                    let input: $asked = read_input(input)?;
                    settings::managed::export_allowed(desk, $document)?;
                    log::Output::new($document, $make(desk, input).await?)
                } )*
                _ => Err(ApiError::unknown_operation()),
            }
        }

        /// Every operation that makes a document.
        #[cfg(test)]
        pub(crate) const DOCUMENTS: &[&str] = &[ $( $document ),* ];

        /// The contract as one TypeScript module.
        #[must_use]
        pub fn typescript() -> String {
            let mut words = Declarations::new();
            $( words.add::<$input>(); words.add::<$output>(); )*
            $( words.add::<$asked>(); )*
            words.add::<log::Logged>();
            let operations = [ $( ($name, <$input as TS>::name(&words.config), <$output as TS>::name(&words.config)) ),* ];
            let documents = [ $( ($document, <$asked as TS>::name(&words.config)) ),* ];
            words.module(&operations, &documents)
        }
    };
}

operations! {
    answers {
        "vault.status" => vault::status, shapes::Nothing => vault::VaultStatus;
        "vault.create" => vault::create, vault::CreateVault => vault::RecoveryKey;
        "vault.unlock" => vault::unlock, vault::Unlock => vault::VaultStatus;
        "vault.recover" => vault::recover, vault::Recover => vault::VaultStatus;
        "vault.lock" => lock::lock, shapes::Nothing => vault::VaultStatus;
        "vault.keep_unsaved" => lock::keep_unsaved, lock::Unsaved => shapes::Nothing;
        "vault.take_unsaved" => lock::take_unsaved, shapes::Nothing => lock::Unsaved;
        "vault.choose_folder" => vault::choose_folder, vault::ChooseFolder => vault::VaultStatus;
        "vault.keys" => vault::keys::keys, shapes::Nothing => vault::keys::KeysPage;
        "vault.change_passphrase" => vault::keys::change_passphrase, vault::keys::ChangePassphrase => vault::keys::Rewrapped;
        "vault.draw_recovery_key" => vault::keys::draw_recovery_key, shapes::Nothing => vault::RecoveryKey;
        "vault.set_recovery_key" => vault::keys::set_recovery_key, vault::keys::SetRecoveryKey => vault::keys::Rewrapped;
        "vault.set_school_key" => vault::keys::set_school_key, vault::keys::SetRecoveryKey => vault::keys::Rewrapped;
        "vault.set_school_public_key" => vault::keys::set_school_public_key, vault::keys::SetSchoolPublicKey => vault::keys::Rewrapped;
        "vault.keychain" => vault::keychain::keychain, shapes::Nothing => vault::keychain::KeychainPage;
        "vault.keychain_on" => vault::keychain::keychain_on, vault::keys::Proof => vault::keychain::KeychainPage;
        "vault.keychain_off" => vault::keychain::keychain_off, shapes::Nothing => vault::keychain::KeychainOff;
        "vault.unlock_by_keychain" => vault::keychain::unlock_by_keychain, shapes::Nothing => vault::VaultStatus;
        "vault.remove_school_key" => vault::keys::remove_school_key, vault::keys::Proof => vault::keys::Rewrapped;
        "vault.problem" => damage::problem, shapes::Nothing => damage::Problem;
        "damage.opening" => damage::opening, shapes::Nothing => damage::Opening;
        "damage.salvage" => damage::salvage, damage::Salvage => damage::Salvaged;
        "damage.backups" => damage::backups, shapes::Nothing => damage::FoundBackups;
        "damage.good_backup" => damage::good_backup, damage::FindGood => damage::GoodBackup;
        "damage.check" => damage::check, shapes::Nothing => damage::FullCheck;
        "damage.report" => damage::report, shapes::Nothing => Option<damage::Salvaged>;
        "damage.local_copy" => damage::local_copy, shapes::Nothing => vault::VaultStatus;
        "vault.new_key" => vault::new_key::new_key, vault::keys::Proof => vault::keys::Rewrapped;
        "settings.get" => settings::get, shapes::Nothing => settings::Settings;
        "settings.save" => settings::save, settings::Settings => settings::Settings;
        "settings.begin_anew" => settings::begin_anew, shapes::Nothing => settings::Settings;
        "meeting.status" => meeting::status, shapes::Nothing => meeting::MeetingStatus;
        "meeting.set_pin" => meeting::set_pin, meeting::SetPin => meeting::MeetingStatus;
        "meeting.begin" => meeting::begin, meeting::BeginMeeting => meeting::MeetingStatus;
        "meeting.end" => meeting::end, meeting::EndMeeting => meeting::MeetingStatus;
        "settings.managed" => settings::managed::managed, shapes::Nothing => settings::managed::ManagedSettings;
        "home.show" => home::show, home::ShowHome => home::Home;
        "palette.find" => palette::find, palette::Find => palette::Found;
        "careers.search" => careers::search, waymark_catalogue::shapes::CareerQuery => waymark_catalogue::shapes::CareerPage;
        "careers.show" => careers::show, careers::ShowCareer => waymark_catalogue::shapes::Career;
        "careers.titles" => careers::titles, careers::ListTitles => Vec<home::CareerName>;
        "careers.places" => careers::places, careers::FindPlaces => Vec<waymark_catalogue::shapes::Place>;
        "careers.note" => careers::note, careers::CareerAddress => careers::CareerNote;
        "careers.save_note" => careers::save_note, careers::SaveNote => careers::CareerNote;
        "careers.compare" => careers::compare::compare, careers::compare::CompareCareers => Vec<waymark_catalogue::shapes::Career>;
        "careers.states" => careers::states::states, careers::states::CareerStates => Vec<waymark_catalogue::shapes::StateFigures>;
        "careers.saved_searches" => careers::searches::saved_searches, shapes::Nothing => Vec<waymark_records::SavedSearchRow>;
        "careers.save_search" => careers::searches::save_search, careers::searches::SaveSearch => shapes::Saved;
        "careers.remove_search" => careers::searches::remove_search, careers::searches::SavedSearchId => shapes::Saved;
        "catalogue.status" => catalogue::status, shapes::Nothing => catalogue::CatalogueStatus;
        "catalogue.use_bundled" => catalogue::use_bundled, shapes::Nothing => catalogue::CatalogueStatus;
        "catalogue.info" => careers::info, careers::ShowInfo => waymark_catalogue::shapes::CatalogueInfo;
        "students.list" => students::list, students::ListStudents => Vec<waymark_records::StudentRow>;
        "students.show" => students::show, students::ShowStudent => students::StudentPage;
        "students.add" => students::add, waymark_records::StudentInput => shapes::Saved;
        "students.edit" => students::edit, students::EditStudent => shapes::Saved;
        "students.remove" => students::remove, students::StudentId => shapes::Saved;
        "students.add_sample" => students::add_sample, students::AddSample => shapes::Saved;
        "students.check_roster" => students::check_roster, students::RosterText => students::RosterCheck;
        "students.import_roster" => students::import_roster, students::RosterText => students::RosterImported;
        "students.memory_aid" => students::memory_aid::show, students::StudentId => students::memory_aid::MemoryAid;
        "students.save_memory_aid" => students::memory_aid::save, students::memory_aid::SaveMemoryAid => shapes::Saved;
        "students.details" => students::details::list, students::StudentId => Vec<waymark_records::DetailRow>;
        "students.save_detail" => students::details::save, students::details::SaveDetail => shapes::Saved;
        "students.remove_detail" => students::details::remove, students::details::RemoveDetail => shapes::Saved;
        "students.order_details" => students::details::order, students::details::OrderDetails => shapes::Saved;
        "students.shortlist" => students::shortlist, students::Shortlist => shapes::Saved;
        "applications.forms" => applications::forms, shapes::Nothing => Vec<applications::FormName>;
        "applications.list" => applications::list, shapes::Nothing => Vec<applications::ApplicationInList>;
        "applications.start" => applications::start, applications::StartApplication => applications::Started;
        "applications.plan" => applications::plan, applications::ChangePlan => applications::SaveAnswer;
        "applications.open" => applications::open, applications::ApplicationId => applications::Draft;
        "applications.save" => applications::save, applications::SaveAnswers => applications::SaveAnswer;
        "applications.between_us" => applications::between_us, applications::BetweenUs => shapes::Saved;
        "applications.remove" => applications::remove, applications::ApplicationId => shapes::Saved;
        "applications.duplicate" => applications::duplicate, applications::ApplicationId => applications::Started;
        "applications.versions" => applications::versions, applications::ApplicationId => Vec<waymark_records::VersionRow>;
        "applications.version" => applications::version, applications::VersionId => applications::Version;
        "applications.restore" => applications::restore, applications::VersionId => applications::SaveAnswer;
        "backups.status" => backups::status, shapes::Nothing => backups::BackupsStatus;
        "backups.list" => backups::list, shapes::Nothing => Vec<waymark_records::BackupRow>;
        "backups.make" => backups::make, shapes::Nothing => jobs::JobId;
        "backups.check" => backups::check, shapes::Nothing => jobs::JobId;
        "backups.preview" => backups::preview, backups::BackupName => waymark_records::Preview;
        "backups.restore" => backups::restore, backups::BackupName => backups::RestoredBackup;
        "backups.set_place" => backups::set_place, backups::SetPlace => backups::BackupsStatus;
        "backups.before_quit" => backups::before_quit, shapes::Nothing => backups::BackedUp;
        "backups.look_elsewhere" => backups::look_elsewhere, backups::LookElsewhere => Vec<waymark_records::ElsewhereRow>;
        "backups.preview_elsewhere" => backups::preview_elsewhere, backups::BackupElsewhere => waymark_records::Preview;
        "backups.restore_elsewhere" => backups::restore_elsewhere, backups::BackupElsewhere => backups::RestoredBackup;
        "jobs.list" => jobs::list, shapes::Nothing => Vec<jobs::JobRow>;
        "jobs.cancel" => jobs::cancel, jobs::JobId => Vec<jobs::JobRow>;
        "jobs.stopped" => jobs::stopped, shapes::Nothing => Vec<jobs::StoppedJob>;
        "jobs.resume" => jobs::resume, jobs::JobId => jobs::JobId;
        "jobs.forget" => jobs::forget, jobs::JobId => shapes::Nothing;
        "log.list" => log::list, log::ListLog => log::LogPage;
        "log.answer" => log::answer, log::AnswerForWhom => shapes::Saved;
        "log.verify" => log::verify, shapes::Nothing => waymark_records::LogCheck;
        "changes.undo" => changes::undo, changes::Undo => changes::Undone;
        "changes.steps" => changes::steps, shapes::Nothing => changes::NamedSteps;
        "rights.preview_erase" => rights::preview_erase, rights::PreviewErase => waymark_records::ErasePreview;
        "rights.erase" => rights::erase, rights::Erase => rights::ErasedRecord;
        "rights.copies" => rights::copies, shapes::Nothing => rights::KnownCopies;
        "rights.go_on" => rights::go_on, shapes::Nothing => rights::GoneOn;
        "rights.unfinished" => rights::unfinished, shapes::Nothing => Vec<rights::UnfinishedErasure>;
        "rights.removed" => rights::removed, shapes::Nothing => Vec<waymark_records::Removed>;
        "rights.certificates" => rights::certificates, shapes::Nothing => Vec<waymark_records::Certificate>;
        "rights.holds" => rights::holds, students::StudentId => Vec<waymark_records::Hold>;
        "rights.open_hold" => rights::open_hold, rights::OpenHold => shapes::Saved;
        "rights.close_hold" => rights::close_hold, rights::HoldId => shapes::Saved;
        "rights.retention" => rights::retention, shapes::Nothing => Vec<waymark_records::RetentionRule>;
        "rights.set_retention" => rights::set_retention, waymark_records::RetentionRule => Vec<waymark_records::RetentionRule>;
        "rights.due" => rights::due, rights::FindDue => Vec<waymark_records::Due>;
    }
    documents {
        "applications.pdf" => applications::pdf, applications::PrintApplication;
        "careers.pdf" => careers::pdf, careers::PrintCareer;
        "careers.compare_pdf" => careers::compare_pdf, careers::PrintComparison;
        "rights.export" => rights::export::export, rights::ExportStudent;
        "rights.certificate" => rights::export::certificate, rights::PrintCertificate;
        "careers.compare_xlsx" => careers::compare_xlsx, careers::PrintComparison;
        "log.csv" => log::csv, log::LogAsTable;
        "log.pdf" => log::pdf, log::PrintDisclosures;
    }
}

/// Carries out the operation `name` on a JSON input and gives its JSON output. In a meeting only what the meeting's
/// rules let through.
pub async fn call(desk: &Desk, name: &str, input: serde_json::Value) -> Result<serde_json::Value, ApiError> {
    let pass = gate::admit(desk, name, &input).await?;
    let output = carry_out(desk, name, input).await?;
    pass.hand_out(desk, output.get("change").and_then(serde_json::Value::as_i64)).await?;
    Ok(output)
}

/// Makes the document `name` from a JSON input, under the same rules. It leaves through [`log::hand_over`].
pub async fn document(desk: &Desk, name: &str, input: serde_json::Value) -> Result<log::Output, ApiError> {
    let pass = gate::admit(desk, name, &input).await?;
    let output = make(desk, name, input).await?;
    pass.hand_out(desk, None).await?;
    Ok(output)
}

/// Reads an operation's input. What was wrong with it is not repeated: it may be a person's text.
fn read_input<T: serde::de::DeserializeOwned>(input: serde_json::Value) -> Result<T, ApiError> {
    serde_json::from_value(input).map_err(|_| ApiError::bad_input())
}

/// Gathers the TypeScript declarations of all types that the contract reaches, each once, by name.
struct Declarations {
    config: Config,
    types: BTreeMap<String, String>,
    seen: HashSet<TypeId>,
}

impl Declarations {
    fn new() -> Self {
        Self { config: Config::new().with_large_int("number"), types: BTreeMap::new(), seen: HashSet::new() }
    }

    fn add<T: TS + 'static + ?Sized>(&mut self) {
        self.visit::<T>();
    }

    fn module(&self, operations: &[(&str, String, String)], documents: &[(&str, String)]) -> String {
        let lines = |lines: Vec<String>| lines.concat();
        let types = lines(self.types.values().map(|declaration| format!("export {declaration}\n")).collect());
        let operation = |(name, input, output): &(&str, String, String)| {
            format!("  \"{name}\": {{ input: {input}; output: {output} }};\n")
        };
        let operations = lines(operations.iter().map(operation).collect());
        let document = |(name, input): &(&str, String)| format!("  \"{name}\": {{ input: {input} }};\n");
        let documents = lines(documents.iter().map(document).collect());
        let codes = lines(CODES.iter().map(|code| format!("  \"{code}\",\n")).collect());
        [
            "// Written by `cargo xtask contract` from crates/api. Do not edit.\n\n",
            &types,
            "\n/** Every operation that answers, by name. */\nexport interface Operations {\n",
            &operations,
            "}\n\n/** Every operation that makes a document, by name. */\nexport interface DocumentOperations {\n",
            &documents,
            "}\n\n/** Every code that an operation can fail with. */\nexport const errorCodes = [\n",
            &codes,
            "] as const;\nexport type ErrorCode = (typeof errorCodes)[number];\n",
        ]
        .concat()
    }
}

impl TypeVisitor for Declarations {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if !self.seen.insert(TypeId::of::<T>()) {
            return;
        }
        // Only named types have an output path; numbers, strings and lists are TypeScript's own.
        if T::output_path().is_some() {
            self.types.insert(T::ident(&self.config), T::decl(&self.config));
        }
        T::visit_dependencies(self);
        T::visit_generics(self);
    }
}
