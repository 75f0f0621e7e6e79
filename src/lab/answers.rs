//! What follows from a change: a market simulated again, first in a few replicates and then in all, against the market before.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use serde::Serialize;

use super::course::{Course, FirmFigures, Known, Name};
use super::difference::{Differing, differences};
use super::standing::{Contest, Standing};
use crate::experiment::Runner;
use crate::scenario::{Diagnostics, Language, Scenario};

/// Replicates after which the first frames are shown; the last is shown after all.
const EARLY: [u32; 2] = [4, 8];

/// Bytes of remembered markets.
const MOST_REMEMBERED: usize = 128 << 20;

/// What a page wants to know.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// The market that is compared with.
    pub before: &'a Scenario,
    /// The market that is asked about.
    pub after: &'a Scenario,
    /// The language of what is said.
    pub language: Language,
    /// Whether the page shows the market before already, from all of its replicates.
    pub has_before: bool,
    /// Of whom and in what the page wants to know who is ahead in the market after.
    pub contest: Option<&'a Contest>,
}

/// What a page is told after some of the replicates.
#[derive(Debug, Clone)]
pub struct Frame {
    /// Replicates so far.
    pub done: u32,
    /// Replicates in all.
    pub of: u32,
    /// The numbers behind the charts of the market after, as the report's script reads them.
    pub after: Arc<str>,
    /// Those of the market before, where the page does not have them.
    pub before: Option<Arc<str>>,
    /// The firms' colours, as a sheet of style.
    pub colors: Arc<str>,
    /// Each firm's figures of `summary`.
    pub summary: Vec<FirmFigures>,
    /// What differs between the markets; nothing where they are the same.
    pub differences: Vec<Differing>,
    /// Who is ahead, if that was asked.
    pub standing: Option<Standing>,
}

impl Frame {
    /// The frame as JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        format!(
            "{{\"done\":{},\"of\":{},\"colors\":{},\"summary\":{},\"differences\":{},\"standing\":{},\"before\":{},\"after\":{}}}",
            self.done,
            self.of,
            json(&&*self.colors),
            json(&self.summary),
            json(&self.differences),
            json(&self.standing),
            self.before.as_deref().unwrap_or("null"),
            self.after
        )
    }
}

/// A value as JSON, which stands beside what is JSON already.
fn json(value: &impl Serialize) -> String {
    // nothing here has keys that are no texts
    serde_json::to_string(value).unwrap_or_else(|_| "null".to_owned())
}

/// Answers questions, and remembers the markets of earlier ones.
#[derive(Debug, Default)]
pub struct Answers {
    known: Mutex<VecDeque<(Name, Arc<Known>)>>,
}

impl Answers {
    /// Answers a question, frame by frame; without the rest once nobody waits for it any more.
    ///
    /// # Errors
    /// A market is not valid.
    pub fn answer(
        &self,
        question: Question<'_>,
        runner: Runner<'_>,
        tell: &mut dyn FnMut(Frame),
    ) -> Result<(), Diagnostics> {
        let mut begun = self.begin(question)?;
        for goal in begun.goals() {
            let mut went_on = true;
            for course in begun.courses() {
                went_on = went_on && course.reach(goal, runner);
            }
            if !went_on || runner.cancel.is_cancelled() {
                return Ok(());
            }
            tell(self.frame(&mut begun));
        }
        Ok(())
    }

    /// Begins to answer a question: both of its markets, of which all is known or nothing.
    ///
    /// # Errors
    /// A market is not valid.
    pub(super) fn begin(&self, question: Question<'_>) -> Result<Begun, Diagnostics> {
        let Question {
            before,
            after,
            language,
            has_before,
            contest,
        } = question;
        let start = |market| Course::start(market, language, |name| self.recall(name));
        let (before, after) = (start(before)?, start(after)?);
        Ok(Begun {
            is_same: before.name == after.name,
            shows_before: !(has_before && before.known.is_some()),
            before,
            after,
            language,
            contest: contest.cloned(),
        })
    }

    fn recall(&self, name: &Name) -> Option<Arc<Known>> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let found = known.iter().find(|(known, _)| known == name);
        found.map(|(_, known)| Arc::clone(known))
    }

    /// What there is to show of a question; its markets are kept once all of their replicates are done.
    pub(super) fn frame(&self, begun: &mut Begun) -> Frame {
        for course in [&mut begun.before, &mut begun.after] {
            if course.known.is_none()
                && let Some(market) = course.settled().map(Arc::clone)
            {
                self.remember(course.name.clone(), market);
            }
        }
        begun.frame()
    }

    /// Keeps a market; the oldest go where there are too many.
    fn remember(&self, name: Name, market: Arc<Known>) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.retain(|(other, _)| *other != name);
        known.push_back((name, market));
        let size = |known: &VecDeque<(Name, Arc<Known>)>| -> usize {
            known.iter().map(|(_, market)| market.size()).sum()
        };
        while known.len() > 1 && size(&known) > MOST_REMEMBERED {
            known.pop_front();
        }
    }
}

/// A question on the way to its answer: whoever has it simulates its markets up to each of the goals, and shows the frame.
#[derive(Debug)]
pub(super) struct Begun {
    before: Course,
    after: Course,
    is_same: bool,
    shows_before: bool,
    language: Language,
    contest: Option<Contest>,
}

impl Begun {
    /// Numbers of replicates after which there is something to show.
    pub fn goals(&self) -> Vec<u32> {
        let of = self.after.replicates();
        let all_known = self.after.known.is_some() && (self.is_same || self.before.known.is_some());
        let early = EARLY.into_iter().filter(|early| *early < of && !all_known);
        early.chain([of]).collect()
    }

    /// For each frame, the replicates that it takes beyond those of the frame before it: of which market (0: that before, 1: that
    /// after), and which; those of a market in their order.
    #[cfg(any(feature = "web", test))]
    pub fn missing(&mut self) -> Vec<Vec<(usize, u32)>> {
        let (goals, sides) = (self.goals(), usize::from(self.is_same)..2);
        let mut all = Vec::new();
        let mut last = 0;
        for goal in goals {
            let mut own = Vec::new();
            for (side, course) in sides.clone().zip(self.courses()) {
                let missing = course.missing(goal);
                own.extend((missing.start.max(last)..missing.end).map(|one| (side, one)));
            }
            all.push(own);
            last = goal;
        }
        all
    }

    /// The market on a side, if there is a market to be simulated there.
    #[cfg(any(feature = "web", test))]
    pub fn course(&mut self, side: usize) -> Option<&mut Course> {
        match side {
            0 => (!self.is_same).then_some(&mut self.before),
            1 => Some(&mut self.after),
            _ => None,
        }
    }

    /// The markets to be simulated: that before and that after, or the only one.
    pub fn courses(&mut self) -> impl Iterator<Item = &mut Course> {
        let before = (!self.is_same).then_some(&mut self.before);
        before.into_iter().chain([&mut self.after])
    }

    /// What there is to show.
    fn frame(&self) -> Frame {
        let (before, after) = (&self.before, &self.after);
        let (data, colors) = after.shown();
        let mut frame = Frame {
            done: after.done(),
            of: after.replicates(),
            after: data,
            before: (!self.is_same && self.shows_before).then(|| before.shown().0),
            colors,
            summary: after.summary(),
            differences: Vec::new(),
            standing: (self.contest.as_ref())
                .map(|contest| contest.standing(&after.firms, after.figures(), self.language)),
        };
        if !self.is_same {
            let firms = [&before.firms[..], &after.firms[..]];
            let figures = [before.figures(), after.figures()];
            frame.differences = differences(firms, figures, self.language);
        }
        frame
    }
}

#[cfg(test)]
mod tests {
    use super::super::bench::Bench;
    use super::*;
    use crate::experiment::{Cancel, Finished, Summary};
    use crate::model::Plan;
    use serde_json::{Value as Json, json};

    fn bench(replicates: u32) -> Bench {
        let text = format!(
            "[simulation]\nperiods = 15\nreplicates = {replicates}\n[[populations]]\nname = \"all\"\ncustomers = 60\n\
             [[firms]]\nname = \"shop\"\nexperience = \"respond-to-desire\"\n[[firms]]\nname = \"coach\"\nexperience = \"coach-behavior\"\n"
        );
        let scenario = Scenario::from_toml(&text).unwrap_or_else(|problems| panic!("{problems}"));
        Bench::new(&scenario).expect("valid")
    }

    fn dearer(bench: &Bench) -> Scenario {
        let changes = [("firms.coach.price".to_owned(), json!(0.5))];
        bench.market(&changes).expect("a market")
    }

    fn pool() -> rayon::ThreadPool {
        let builder = rayon::ThreadPoolBuilder::new().num_threads(2);
        builder.build().expect("threads")
    }

    fn asked(answers: &Answers, question: Question<'_>, cancel: &Cancel) -> Vec<Frame> {
        let pool = pool();
        let mut frames = Vec::new();
        let runner = Runner {
            pool: &pool,
            cancel,
        };
        answers
            .answer(question, runner, &mut |frame| frames.push(frame))
            .expect("valid markets");
        frames
    }

    fn question<'a>(before: &'a Scenario, after: &'a Scenario) -> Question<'a> {
        Question {
            before,
            after,
            language: Language::En,
            has_before: false,
            contest: None,
        }
    }

    #[test]
    fn frames_come_after_four_eight_and_all_replicates() {
        let bench = bench(11);
        let (before, after) = (bench.scenario(), dearer(&bench));
        let answers = Answers::default();
        let frames = asked(&answers, question(before, &after), &Cancel::default());
        let done: Vec<u32> = frames.iter().map(|frame| frame.done).collect();
        assert_eq!(done, [4, 8, 11]);
        assert!(
            frames
                .iter()
                .all(|frame| frame.of == 11 && frame.before.is_some())
        );
        let of = |frame: &Frame| frame.differences.iter().map(|one| one.of).max();
        assert_eq!(
            frames.iter().map(of).collect::<Vec<_>>(),
            [Some(4), Some(8), Some(11)]
        );
        // what is known is answered at once, with the same
        let again = asked(&answers, question(before, &after), &Cancel::default());
        assert_eq!(again.len(), 1);
        assert!(again[0].to_json() == frames[2].to_json());
        // and what was shown is what is kept: it is made once
        assert!(Arc::ptr_eq(&again[0].after, &frames[2].after));
        let shown = [&again[0], &frames[2]].map(|frame| frame.before.as_ref());
        assert!(matches!(shown, [Some(one), Some(other)] if Arc::ptr_eq(one, other)));
        let read: Json = serde_json::from_str(&frames[2].to_json()).expect("JSON");
        assert_eq!(read["after"]["replicates"], json!(11));
        // a firm without transactions has no figures to compare
        let told = read["differences"].as_array().map(Vec::len);
        assert_eq!(told, Some(frames[2].differences.len()));
        assert!(told >= Some(8));
        // and the page that shows the market before is not told again
        let has_before = Question {
            has_before: true,
            ..question(before, &after)
        };
        assert!(
            asked(&answers, has_before, &Cancel::default())[0]
                .before
                .is_none()
        );
    }

    #[test]
    fn figures_are_those_of_a_run() {
        let bench = bench(5);
        let after = dearer(&bench);
        let frames = asked(
            &Answers::default(),
            question(bench.scenario(), &after),
            &Cancel::default(),
        );
        let plan = Plan::new(&after).expect("valid");
        let mut summary = Summary::new(vec!["shop".to_owned(), "coach".to_owned()]);
        (0..5).for_each(|replicate| summary.add(&Finished::simulated(&plan, replicate).figures));
        let last = frames.last().expect("a frame");
        for ((_, estimates), firm) in summary.firms().zip(&last.summary) {
            for (expected, (_, mean, low, high)) in estimates.iter().zip(&firm.figures) {
                let bits = [*mean, *low, *high].map(f64::to_bits);
                assert_eq!(
                    bits,
                    [expected.mean, expected.low, expected.high].map(f64::to_bits)
                );
            }
        }
    }

    #[test]
    fn nothing_is_said_of_a_market_and_itself_or_after_a_stop() {
        let bench = bench(3);
        let answers = Answers::default();
        let cancel = Cancel::default();
        cancel.cancel();
        let itself = question(bench.scenario(), bench.scenario());
        assert!(asked(&answers, itself, &cancel).is_empty());
        let frames = asked(&answers, itself, &Cancel::default());
        assert_eq!(frames.len(), 1);
        assert!(frames[0].differences.is_empty() && frames[0].before.is_none());
    }

    #[test]
    fn threads_change_nothing() {
        let bench = bench(6);
        let after = dearer(&bench);
        let of = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
            let (pool, cancel) = (pool.expect("threads"), Cancel::default());
            let mut frames = Vec::new();
            let runner = Runner {
                pool: &pool,
                cancel: &cancel,
            };
            let question = question(bench.scenario(), &after);
            let told = Answers::default()
                .answer(question, runner, &mut |frame| frames.push(frame.to_json()));
            told.expect("valid");
            frames
        };
        assert_eq!(of(1), of(8));
    }
}
