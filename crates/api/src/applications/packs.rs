//! The form packs that ship, read and checked once.

use std::sync::Arc;

use waymark_forms::FormPack;
use waymark_forms::pack::Severity;
use waymark_forms::review::{Answers, Review, SectionState};
use waymark_records::{ApplicationRow, Progress};

use crate::errors::{ApiError, ApplicationsError};

/// The form that an application stands on where nobody chose one.
const GENERAL: &str = "general-admission";

/// Every version of every pack that ships: a draft stays on its version.
const SHIPPED: &[&str] = &[include_str!("../../../../data/forms/general-admission.json")];

/// A form pack.
#[derive(Debug)]
pub(crate) struct Pack {
    pub(crate) form: FormPack,
}

impl Pack {
    /// The readiness check of answers on this form.
    pub(crate) fn review(&self, answers: &Answers, today: &str) -> Review {
        waymark_forms::review::review(&self.form, answers, today)
    }

    /// The readiness of answers on this form, in numbers.
    pub(crate) fn progress(&self, answers: &Answers, today: &str) -> Progress {
        progress(&self.review(answers, today))
    }
}

/// A readiness check in numbers.
pub(crate) fn progress(review: &Review) -> Progress {
    let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let complete = review.sections.iter().filter(|section| section.state == SectionState::Complete).count();
    let faults = review.faults.iter().filter(|fault| fault.fault.severity() == Severity::Error);
    Progress {
        sections: count(review.sections.len()),
        complete: count(complete),
        faults: count(faults.count()),
    }
}

/// The packs, oldest version first.
#[derive(Debug)]
pub(crate) struct Packs(Vec<Arc<Pack>>);

impl Packs {
    /// The shipped packs, or nothing where one of them has a fault, which a test rules out.
    pub(crate) fn shipped() -> Option<Self> {
        let packs = SHIPPED.iter().map(|text| FormPack::parse(text).ok().map(|form| Arc::new(Pack { form })));
        packs.collect::<Option<Vec<_>>>().map(Self)
    }

    /// The newest version of each form.
    pub(crate) fn newest(&self) -> impl Iterator<Item = &Arc<Pack>> {
        self.0
            .iter()
            .filter(|pack| self.newest_of(&pack.form.id).is_some_and(|newest| Arc::ptr_eq(newest, pack)))
    }

    /// The newest version of a form; the general one where none is named.
    pub(crate) fn by_id(&self, id: Option<&str>) -> Result<Arc<Pack>, ApiError> {
        let pack = self.newest_of(id.unwrap_or(GENERAL)).cloned();
        pack.ok_or_else(|| ApplicationsError::UnknownForm.into())
    }

    /// The very version that a draft stands on.
    pub(crate) fn of(&self, application: &ApplicationRow) -> Result<Arc<Pack>, ApiError> {
        let pack = self.version(&application.form, application.form_version).cloned();
        pack.ok_or_else(|| ApplicationsError::UnknownForm.into())
    }

    /// One version of a form.
    pub(crate) fn version(&self, form: &str, version: u32) -> Option<&Arc<Pack>> {
        self.0.iter().find(|pack| pack.form.id == form && pack.form.version == version)
    }

    fn newest_of(&self, id: &str) -> Option<&Arc<Pack>> {
        self.0.iter().filter(|pack| pack.form.id == id).max_by_key(|pack| pack.form.version)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_pack_is_sound_and_the_general_one_is_among_them() {
        let packs = Packs::shipped().expect("a shipped pack has a fault");
        assert_eq!(packs.by_id(None).unwrap().form.id, GENERAL);
        assert_eq!(
            packs.by_id(Some("no-such-form")).err().map(|error| error.code),
            Some("applications.unknown_form")
        );
    }
}
