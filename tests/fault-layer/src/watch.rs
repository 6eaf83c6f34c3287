//! Watching one folder: what SQLite does to the files in it is written down, and can be made to fail. Several folders
//! can be watched in one process, so that tests may run beside each other.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, Weak};

use crate::disk::Op;
use crate::shim;

/// A fault that the disk reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// No room for a write; half of it is there.
    Full,
    /// A write fails.
    Write,
    /// A sync fails.
    Sync,
    /// A read fails.
    Read,
    /// A write is lost and said to be done: what a test must notice.
    LostWrite,
}

/// The kinds of call that can fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Call {
    Read,
    Write,
    Sync,
}

impl Fault {
    /// Every honest one.
    pub const ALL: [Self; 4] = [Self::Full, Self::Write, Self::Sync, Self::Read];

    fn strikes(self, call: Call) -> bool {
        match self {
            Self::Full | Self::Write | Self::LostWrite => call == Call::Write,
            Self::Sync => call == Call::Sync,
            Self::Read => call == Call::Read,
        }
    }
}

#[derive(Debug, Clone, Copy)]
struct Plan {
    fault: Fault,
    /// Calls of its kind that still go well.
    before: usize,
    /// Whether every later call fails as well.
    lasting: bool,
}

#[derive(Debug, Default)]
struct State {
    ops: Vec<Op>,
    plan: Option<Plan>,
    struck: usize,
}

/// A watched folder; let go when dropped.
#[derive(Debug)]
pub struct Watch {
    folder: PathBuf,
    state: Mutex<State>,
}

static WATCHES: Mutex<Vec<Weak<Watch>>> = Mutex::new(Vec::new());

/// SQLite could not be given another file system below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoLayer;

impl std::fmt::Display for NoLayer {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("SQLite did not take the layer")
    }
}

impl std::error::Error for NoLayer {}

impl Watch {
    /// Watches a folder from now on. The layer becomes the one that SQLite takes where nobody names another, so that
    /// the code under test opens its files as ever.
    pub fn over(folder: &Path) -> Result<Arc<Self>, NoLayer> {
        static LAYER: OnceLock<bool> = OnceLock::new();
        if !*LAYER.get_or_init(shim::put_below_sqlite) {
            return Err(NoLayer);
        }
        let watch = Arc::new(Self { folder: folder.to_path_buf(), state: Mutex::new(State::default()) });
        let mut watches = WATCHES.lock().unwrap_or_else(PoisonError::into_inner);
        watches.retain(|watch| watch.strong_count() > 0);
        watches.push(Arc::downgrade(&watch));
        Ok(watch)
    }

    /// Who watches the file at this path, and its path below the folder.
    pub(crate) fn of(path: &Path) -> Option<(Arc<Self>, PathBuf)> {
        let watches = WATCHES.lock().unwrap_or_else(PoisonError::into_inner);
        watches.iter().filter_map(Weak::upgrade).find_map(|watch| {
            let below = path.strip_prefix(&watch.folder).ok()?.to_path_buf();
            Some((watch, below))
        })
    }

    /// What was done so far, oldest first.
    #[must_use]
    pub fn ops(&self) -> Vec<Op> {
        self.state().ops.clone()
    }

    /// Writes down what happened outside SQLite, such as that a save was acknowledged.
    pub fn note(&self, op: Op) {
        self.state().ops.push(op);
    }

    /// From now on, `before` calls of the fault's kind go well and the next one fails; a lasting fault stays.
    pub fn fail(&self, fault: Fault, before: usize, lasting: bool) {
        let mut state = self.state();
        state.plan = Some(Plan { fault, before, lasting });
        state.struck = 0;
    }

    /// Calls of the fault's kind that still go well before it strikes; none where no fault is to come.
    #[must_use]
    pub fn left(&self) -> Option<usize> {
        self.state().plan.map(|plan| plan.before)
    }

    /// The disk is well again. Gives how many calls failed.
    pub fn mend(&self) -> usize {
        let mut state = self.state();
        state.plan = None;
        std::mem::take(&mut state.struck)
    }

    /// Whether this call fails, and how.
    pub(crate) fn strikes(&self, call: Call) -> Option<Fault> {
        let mut state = self.state();
        let plan = state.plan.as_mut().filter(|plan| plan.fault.strikes(call))?;
        if let Some(before) = plan.before.checked_sub(1) {
            plan.before = before;
            return None;
        }
        let (fault, lasting) = (plan.fault, plan.lasting);
        if !lasting {
            state.plan = None;
        }
        state.struck += 1;
        Some(fault)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
