//! What is worked out once and told to everybody who asks: a lesson, a debrief, a picture of what was played.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

/// Most answers that are kept; a whole course in three languages.
const MOST: usize = 100;

/// One answer, while it is worked out and afterwards.
type Cell = Arc<Mutex<Option<Arc<str>>>>;

/// Answers by name, the oldest first.
#[derive(Debug, Default)]
pub(super) struct Kept(Mutex<VecDeque<(String, Cell)>>);

impl Kept {
    /// The answer of that name; worked out if nobody did yet. Who asks meanwhile waits for it. None if the work was given up, and
    /// then the next who asks begins anew.
    pub fn of(
        &self,
        name: &str,
        work: impl FnOnce() -> Result<Option<String>, String>,
    ) -> Result<Option<Arc<str>>, String> {
        let cell = {
            let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some((_, cell)) = all.iter().find(|(known, _)| known == name) {
                Arc::clone(cell)
            } else {
                if all.len() >= MOST {
                    all.pop_front();
                }
                let cell = Cell::default();
                all.push_back((name.to_owned(), Arc::clone(&cell)));
                cell
            }
        };
        let mut known = cell.lock().unwrap_or_else(PoisonError::into_inner);
        if known.is_none() {
            *known = work()?.map(Arc::from);
        }
        Ok(known.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_is_done_once_unless_it_was_given_up_or_went_wrong() {
        let kept = Kept::default();
        assert_eq!(kept.of("a", || Ok(None)), Ok(None));
        assert_eq!(kept.of("a", || Err("no".to_owned())), Err("no".to_owned()));
        for (name, expected) in [("a", "a"), ("b", "b"), ("a", "a")] {
            let told = kept.of(name, || Ok(Some(name.to_owned())));
            assert_eq!(told.expect("work").as_deref(), Some(expected));
        }
        let again = kept.of("a", || panic!("it is known"));
        assert_eq!(again.expect("kept").as_deref(), Some("a"));
    }

    #[test]
    fn who_asks_meanwhile_waits_for_the_same() {
        let (kept, count) = (Kept::default(), std::sync::atomic::AtomicU32::new(0));
        std::thread::scope(|scope| {
            for _ in 0..20 {
                scope.spawn(|| {
                    let work = || {
                        count.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                        Ok(Some("x".to_owned()))
                    };
                    assert_eq!(kept.of("one", work).expect("work").as_deref(), Some("x"));
                });
            }
        });
        assert_eq!(count.into_inner(), 1);
        for number in 0..1000 {
            let _ = kept.of(&number.to_string(), || Ok(Some(String::new())));
        }
        assert!(kept.0.lock().expect("no panic").len() <= MOST);
    }
}
