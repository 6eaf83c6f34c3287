//! The list of backups, from their manifests alone, and the check of all of them, byte by byte.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use super::Backups;
use super::check::{self, Watcher, go_on};
use super::make;
use super::manifest::{BackupReason, Content, Header, Manifest};
use super::place::{BackupPlace, time_of};
use crate::RecordsError;
use crate::log::verify::BackupHead;
use crate::surroundings::written;

/// A backup of these records, in one place or in both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct BackupRow {
    /// Its name.
    pub name: String,
    /// When it was made, RFC 3339 UTC.
    pub made_at: String,
    /// Why; not known where it can't be read.
    pub reason: Option<BackupReason>,
    /// Bytes.
    pub size: u64,
    /// How the copy in the first place stands, where there is one.
    pub first: Option<BackupState>,
    /// How the copy in the second place stands, where there is one.
    pub second: Option<BackupState>,
    /// Students in it.
    pub students: Option<u64>,
    /// Applications in it.
    pub applications: Option<u64>,
    /// Versions of drafts in it.
    pub versions: Option<u64>,
    /// When a draft in it was last saved.
    pub newest_draft_at: Option<String>,
    /// When it was last checked.
    pub checked_at: Option<String>,
}

/// How a copy of a backup stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum BackupState {
    /// It was whole when it was last checked.
    Whole,
    /// It is cut, or was found damaged.
    Damaged,
    /// Under an older key: the passphrase or recovery key of that time opens it.
    OlderKey,
    /// Its description is missing or damaged; a check looks at the backup itself.
    NotDescribed,
}

/// What the check of all backups found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CheckedAll {
    /// Copies looked at.
    pub checked: u64,
    /// Of them, damaged.
    pub damaged: u64,
}

impl Backups {
    /// All backups of these records, newest first.
    pub fn list(&self) -> Result<Vec<BackupRow>, RecordsError> {
        let mut rows: BTreeMap<String, BackupRow> = BTreeMap::new();
        for place in self.places().filter(|place| place.is_there()) {
            for name in place.names()? {
                let Some((state, manifest)) = self.look(place, &name) else { continue };
                let row = rows.entry(name.clone()).or_insert_with(|| unread(&name));
                row.size = row.size.max(make::size_of(place, &name).unwrap_or(0));
                *(if *place == self.first { &mut row.first } else { &mut row.second }) = Some(state);
                if let Some(manifest) = manifest {
                    describe(row, &manifest);
                }
            }
        }
        Ok(rows.into_values().rev().collect())
    }

    /// Where the log ended in each backup of these records that can be reached, the newest first. Of one from before the
    /// log was a chain there is nothing to say.
    pub fn heads(&self) -> Result<Vec<BackupHead>, RecordsError> {
        let mut heads: BTreeMap<String, BackupHead> = BTreeMap::new();
        for place in self.places().filter(|place| place.is_there()) {
            for name in place.names()? {
                let Some((_, manifest)) = self.look(place, &name) else { continue };
                let made_at = time_of(&name).map(written).unwrap_or_default();
                let head = match manifest {
                    Some(manifest) if manifest.content.head.is_none() => continue,
                    manifest => manifest.and_then(|manifest| manifest.content.head),
                };
                let known = heads.entry(name).or_insert(BackupHead { made_at, head: None });
                known.head = known.head.take().or(head);
            }
        }
        Ok(heads.into_values().rev().collect())
    }

    /// How a copy stands by its manifest; nothing where it belongs to other records.
    pub(super) fn look(&self, place: &BackupPlace, name: &str) -> Option<(BackupState, Option<Manifest>)> {
        let path = place.manifest(name);
        match Header::read(&path) {
            Ok(header) if header.records != self.envelope.records() => None,
            Err(_) => Some((BackupState::NotDescribed, None)),
            Ok(_) => Some(match Manifest::read(&path, name, &self.held.data) {
                Ok(None) => (BackupState::OlderKey, None),
                Err(_) => (BackupState::NotDescribed, None),
                Ok(Some(manifest)) => {
                    let whole = manifest.whole && make::size_of(place, name) == Some(manifest.size);
                    (if whole { BackupState::Whole } else { BackupState::Damaged }, Some(manifest))
                }
            }),
        }
    }

    /// Checks every copy of every backup that the present key opens, and keeps what came of it in their manifests.
    pub fn check_all(&self, watch: &Arc<dyn Watcher>) -> Result<CheckedAll, RecordsError> {
        let mut copies = Vec::new();
        for place in self.places().filter(|place| place.is_there()) {
            for name in place.names()? {
                if !matches!(self.look(place, &name), None | Some((BackupState::OlderKey, _))) {
                    copies.push((place, name));
                }
            }
        }
        let total = copies.len() as u64;
        let mut found = CheckedAll::default();
        watch.at(0, total);
        for (place, name) in copies {
            go_on(watch.as_ref())?;
            let whole = self.check_one(place, &name, watch)?;
            found.checked += 1;
            found.damaged += u64::from(!whole);
            watch.at(found.checked, total);
        }
        Ok(found)
    }

    /// Checks one copy. A backup whose description is lost and that opens whole under the key is described anew.
    pub(super) fn check_one(
        &self,
        place: &BackupPlace,
        name: &str,
        watch: &Arc<dyn Watcher>,
    ) -> Result<bool, RecordsError> {
        let described = Manifest::read(&place.manifest(name), name, &self.held.data).ok().flatten();
        let whole = match self.read_whole(place, name, watch) {
            Ok(read) => {
                described.as_ref().is_none_or(|manifest| read.is_as_described(manifest)).then_some(read)
            }
            Err(RecordsError::Damaged) => None,
            Err(fault) => return Err(fault),
        };
        let is_whole = whole.is_some();
        let manifest = match (described, whole) {
            (Some(manifest), _) => Manifest { whole: is_whole, checked_at: written(self.now()), ..manifest },
            (None, Some(read)) => Manifest {
                name: name.into(),
                made_at: time_of(name).map(written).unwrap_or_default(),
                reason: BackupReason::Regular,
                size: read.size,
                sha256: read.sha256,
                content: read.content,
                checked_at: written(self.now()),
                whole: true,
                documents: Vec::new(),
            },
            // Neither the backup nor its description can be read: there is nothing to write down.
            (None, None) => return Ok(false),
        };
        match self.write_manifest(place, &manifest) {
            // A place that can't be written to can still be read: what was found is told, if not kept.
            Err(RecordsError::ReadOnly | RecordsError::DiskFull) | Ok(()) => Ok(is_whole),
            Err(fault) => Err(fault),
        }
    }

    fn read_whole(
        &self,
        place: &BackupPlace,
        name: &str,
        watch: &Arc<dyn Watcher>,
    ) -> Result<ReadWhole, RecordsError> {
        let path = place.backup(name);
        let (sha256, size) = check::sum(&path, watch.as_ref())?;
        let file = check::finished(&path, &self.held.data, watch)?;
        check::whole(&file, watch.as_ref())?;
        Ok(ReadWhole { sha256, size, content: check::content(&file)? })
    }

    /// Names of the newest good backups, for who looks for one that can take the place of damaged records.
    pub fn good(&self) -> Result<Vec<String>, RecordsError> {
        let good = |row: &BackupRow| [row.first, row.second].contains(&Some(BackupState::Whole));
        Ok(self.list()?.into_iter().filter(good).map(|row| row.name).collect())
    }
}

struct ReadWhole {
    sha256: String,
    size: u64,
    content: Content,
}

impl ReadWhole {
    fn is_as_described(&self, manifest: &Manifest) -> bool {
        let mut content = self.content.clone();
        if manifest.content.head.is_none() {
            // One from before the log was a chain that was written anew has a chain of its own, which is not told.
            content.head = None;
        }
        manifest.sha256 == self.sha256 && manifest.size == self.size && manifest.content == content
    }
}

fn unread(name: &str) -> BackupRow {
    BackupRow {
        name: name.into(),
        made_at: time_of(name).map(written).unwrap_or_default(),
        reason: None,
        size: 0,
        first: None,
        second: None,
        students: None,
        applications: None,
        versions: None,
        newest_draft_at: None,
        checked_at: None,
    }
}

fn describe(row: &mut BackupRow, manifest: &Manifest) {
    let content = &manifest.content;
    row.made_at.clone_from(&manifest.made_at);
    row.reason = Some(manifest.reason);
    row.students = Some(content.count("student"));
    row.applications = Some(content.count("application"));
    row.versions = Some(content.count("version"));
    row.newest_draft_at.clone_from(&content.newest_draft_at);
    // Of two copies the one that was looked at longer ago says how sure the row is.
    row.checked_at = match row.checked_at.take() {
        Some(other) if other < manifest.checked_at => Some(other),
        _ => Some(manifest.checked_at.clone()),
    };
}
