//! What to do when the records can't be opened as they are: what is known of the damage, salvage, and a copy on this
//! computer's own disk for a folder in which records can't be kept.

mod backups;

use std::path::PathBuf;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use waymark_records::damage::{self, Findings, PlaceKind, SalvageReport, StandIn};
use waymark_records::{BackupPlace, Folder, FolderState, Records, Vault, Watcher};

use crate::Desk;
use crate::backups::secret;
use crate::desk::{Place, blocking};
use crate::errors::{ApiError, BackupsError, OperationError, VaultError};
use crate::jobs::JobKind;
use crate::shapes::Nothing;
use crate::vault::{VaultStatus, status_of, tried_as_job};

pub use backups::{FindGood, FoundBackups, GoodBackup, backups, good_backup};

/// What is known of records that can't be opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Problem {
    /// The folder in use.
    pub folder: String,
    /// Where the damaged files were copied to, the newest such folder.
    pub set_aside: Option<String>,
    /// The cloud client that copies the folder, where one does.
    pub client: Option<String>,
    /// Whether there is a records file with its keys, out of which something may be read.
    pub can_salvage: bool,
    /// Where a copy on this computer's own disk would lie; none where the folder is on one already, or has no records.
    pub local_copy: Option<String>,
    /// With a copy: the second place of its backups. That is the folder from which it was made, unless one is set.
    pub second_place: Option<String>,
    /// Whether that one was set before.
    pub second_place_stays: bool,
}

/// How the records were found when they were opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Opening {
    /// The program or the computer had stopped before they were closed; they were checked and are whole.
    pub unclean: bool,
    /// What is or may be missing.
    pub lost: Option<LostChanges>,
}

/// Changes that were saved and are not there, or may not be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LostChanges {
    /// Whether some surely are missing; otherwise at most the one that was being saved when everything stopped.
    pub certain: bool,
    /// The last change that is there, RFC 3339 UTC.
    pub from: Option<String>,
    /// When anything was last written before the stop, RFC 3339 UTC.
    pub to: Option<String>,
    /// Where the files lie as they were found.
    pub set_aside: String,
}

/// Salvages what can be read.
#[derive(Clone, Deserialize, TS)]
pub struct Salvage {
    /// The passphrase of the records …
    pub passphrase: Option<String>,
    /// … or their recovery key.
    pub recovery_key: Option<String>,
    /// What a student is called whose own row can't be read, in the language of the page; a number follows.
    pub student: String,
}

/// What a salvage brought back, with names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Salvaged {
    /// The report as it is kept.
    #[serde(flatten)]
    pub report: SalvageReport,
    /// Names of the students of whom something is missing, as far as they are known.
    pub names: Vec<String>,
}

/// The form on which an application is put whose own row can't be read.
const FORM: &str = "general-admission";

/// What a full check of the open records found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FullCheck {
    /// Nothing was found.
    pub whole: bool,
    /// How much was found of what; zeros are all that is wished for.
    #[serde(flatten)]
    pub findings: Findings,
}

/// Checks every page, every tree and every reference of the open records.
pub async fn check(desk: &Desk, _: Nothing) -> Result<FullCheck, ApiError> {
    let findings = desk.records().await?.full_check().await?;
    Ok(FullCheck { whole: findings.none(), findings })
}

/// What is known of records that can't be opened.
pub async fn problem(desk: &Desk, _: Nothing) -> Result<Problem, ApiError> {
    let folder = desk.place().folder.clone();
    let usual = desk.paths.records.clone();
    let set = second_place(desk);
    blocking(move || {
        let has_records = folder.state() == Ok(FolderState::Records);
        let kind = PlaceKind::of(folder.path());
        let local = kind == PlaceKind::Local;
        let client = match kind {
            PlaceKind::Synchronized(client) => Some(client.to_owned()),
            PlaceKind::Local | PlaceKind::Network => None,
        };
        let local_copy = if has_records && !local { free_folder(&usual) } else { None };
        Ok(Problem {
            set_aside: damage::newest_set_aside(&folder).map(|place| place.display().to_string()),
            client,
            can_salvage: has_records && local,
            second_place_stays: local_copy.is_some() && set.is_some(),
            second_place: local_copy
                .is_some()
                .then(|| set.unwrap_or_else(|| place_in(&folder)).display().to_string()),
            local_copy: local_copy.map(|path| path.display().to_string()),
            folder: folder.path().display().to_string(),
        })
    })
    .await
}

/// How the open records were found when they were opened.
pub async fn opening(desk: &Desk, _: Nothing) -> Result<Opening, ApiError> {
    let records = desk.records().await?;
    let opening = records.opening();
    let lost = opening.lost.as_ref().map(|lost| LostChanges {
        certain: lost.certain,
        from: lost.from.clone(),
        to: lost.to.clone(),
        set_aside: lost.set_aside.display().to_string(),
    });
    Ok(Opening { unclean: opening.unclean, lost })
}

/// Reads out of a damaged file what can be read, puts the new file in its place and opens it. The damaged one stays, set
/// aside. `jobs.list` says how far it is meanwhile; one that is stopped has changed nothing.
pub async fn salvage(desk: &Desk, input: Salvage) -> Result<Salvaged, ApiError> {
    let mut open = desk.open.write().await;
    if open.is_some() {
        return Err(VaultError::AlreadyThere.into());
    }
    desk.own()?;
    let stand_in = StandIn { student: input.student, form: FORM.into() };
    let secret = secret(input.passphrase, input.recovery_key.as_deref())?.ok_or(OperationError::BadInput)?;
    // One whose caller went away, or a backup that is about to take their place.
    if desk.jobs.running(JobKind::Salvage).or(desk.jobs.running(JobKind::Restore)).is_some() {
        return Err(BackupsError::Busy.into());
    }
    let salvaging = move |vault: &Vault, watch: &Arc<dyn Watcher>| vault.salvage(&secret, &stand_in, watch);
    let (records, report) = tried_as_job(desk, JobKind::Salvage, salvaging).await?;
    let salvaged = with_names(&records, report).await;
    *open = Some(records);
    desk.opened();
    salvaged
}

/// The report of the newest salvage of the open records.
pub async fn report(desk: &Desk, _: Nothing) -> Result<Option<Salvaged>, ApiError> {
    let records = desk.records().await?;
    match records.salvage_report() {
        Some(report) => Ok(Some(with_names(&records, report).await?)),
        None => Ok(None),
    }
}

/// Copies records that lie on a share or in a synchronized folder to this computer's own disk and turns to the copy.
/// Those that lie there stay as they are; their folder is the second place for backups from then on, where none is set.
pub async fn local_copy(desk: &Desk, _: Nothing) -> Result<VaultStatus, ApiError> {
    let open = desk.open.write().await;
    if open.is_some() {
        return Err(VaultError::InUse.into());
    }
    let (from, usual) = (desk.place().folder.clone(), desk.paths.records.clone());
    if PlaceKind::of(from.path()) == PlaceKind::Local {
        return Err(VaultError::AlreadyThere.into());
    }
    let second = if second_place(desk).is_none() { Some(place_in(&from)) } else { None };
    let place = second.clone();
    let (copy, ownership) = blocking(move || {
        let path = free_folder(&usual).ok_or(VaultError::FolderUnusable)?;
        let copy = Folder::at(path);
        copy.make()?;
        let ownership = copy.own()?;
        damage::copy_records(&from, &copy)?;
        // A place that can't be made now is one that is away: the page of backups says so until it is there.
        if let Some(Err(error)) = place.map(std::fs::create_dir_all) {
            tracing::warn!(kind = ?error.kind(), "the second place could not be made in the folder of the records");
        }
        Ok((copy, ownership))
    })
    .await?;
    crate::settings::keep_copy(desk, copy.path().to_path_buf(), second)?;
    *desk.place() = Place { ownership: Some(ownership), ..Place::at(copy) };
    Ok(status_of(desk, false))
}

/// The second place of backups, the person's or the school's.
fn second_place(desk: &Desk) -> Option<PathBuf> {
    desk.school_place().or(desk.backup_place().map(|place| place.folder))
}

/// Where backups lie in a folder of records, so that those that are there already count on, and none lies among them.
fn place_in(folder: &Folder) -> PathBuf {
    BackupPlace::within(folder).path().to_path_buf()
}

/// The usual folder, or one beside it with a number, in which no records are; on this computer's own disk, or none.
fn free_folder(usual: &std::path::Path) -> Option<PathBuf> {
    if PlaceKind::of(usual) != PlaceKind::Local {
        return None;
    }
    for number in 1..1000 {
        let mut path = usual.as_os_str().to_owned();
        if number > 1 {
            path.push(format!("-{number}"));
        }
        let folder = Folder::at(PathBuf::from(path));
        if folder.state() == Ok(FolderState::Empty) {
            return Some(folder.path().to_path_buf());
        }
    }
    None
}

async fn with_names(records: &Records, report: SalvageReport) -> Result<Salvaged, ApiError> {
    let roster = records.students(String::new(), None).await?;
    let named =
        |id: &String| roster.iter().find(|student| student.id == *id).map(|student| student.name.clone());
    Ok(Salvaged { names: report.students.iter().filter_map(named).collect(), report })
}
