//! What all requests share: the markets, the answers so far, and who is asking.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::answers::Answers;
use super::bench::Bench;
use super::guard::Guard;
use super::kept::Kept;
use super::rate::now;
use crate::experiment::{Cancel, Runner};
use crate::scenario::Language;

/// Most pages whose questions are answered at once.
pub(super) const MOST_PAGES: usize = 256;

/// The lab ends when no page was heard of for so long, once there was one.
const PATIENCE: Duration = Duration::from_secs(600);

/// What all requests share.
#[derive(Debug)]
pub(super) struct Shared {
    pub benches: Vec<Bench>,
    pub answers: Answers,
    pub pool: rayon::ThreadPool,
    pub folder: PathBuf,
    pub guard: Guard,
    pub language: Language,
    /// What was worked out for everybody.
    pub kept: Kept,
    /// The latest question of each page.
    pages: Mutex<BTreeMap<String, Cancel>>,
    /// When a page was last heard of.
    heard: Mutex<Option<Instant>>,
}

impl Shared {
    /// A lab of these markets, to which no page has come yet.
    pub fn new(
        benches: Vec<Bench>,
        pool: rayon::ThreadPool,
        folder: PathBuf,
        guard: Guard,
    ) -> Self {
        let language = benches
            .first()
            .map(|bench| bench.scenario().chart_style.language);
        Self {
            kept: Kept::default(),
            benches,
            answers: Answers::default(),
            pool,
            folder,
            guard,
            language: language.unwrap_or_default(),
            pages: Mutex::default(),
            heard: Mutex::default(),
        }
    }

    /// Runs on the lab's threads, until work is given up.
    pub fn runner<'a>(&'a self, cancel: &'a Cancel) -> Runner<'a> {
        Runner {
            pool: &self.pool,
            cancel,
        }
    }

    /// A page asks something new: what it asked before is given up. None if there are too many pages.
    pub fn turn_to(&self, page: &str) -> Option<Cancel> {
        let mut pages = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(earlier) = pages.get(page) {
            earlier.cancel();
        }
        pages.retain(|_, question| !question.is_cancelled());
        if pages.len() >= MOST_PAGES {
            return None;
        }
        let cancel = Cancel::default();
        pages.insert(page.to_owned(), cancel.clone());
        Some(cancel)
    }

    /// A page was heard of.
    pub fn hear(&self) {
        *self.heard.lock().unwrap_or_else(PoisonError::into_inner) = Some(now());
    }

    /// Whether there was a page, and none was heard of for long.
    pub fn is_left(&self) -> bool {
        let heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        heard.is_some_and(|last| last.elapsed() > PATIENCE)
    }

    /// Gives up all work.
    pub fn stop(&self) {
        let pages = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
        pages.values().for_each(Cancel::cancel);
    }
}
