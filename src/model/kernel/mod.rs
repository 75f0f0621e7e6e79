//! The customer step for a whole block, stage by stage: the same bytes as [`Block::live_one_by_one`], faster.
//!
//! Whoever wants to know what the model does reads `journey`, `choice` and `transaction`, which take
//! one customer after the other; nothing here adds to that. Customers do not depend on each other within
//! a period, so here each stage takes all customers for whom it is due, sixteen at a time:
//!
//! | stage | file |
//! | --- | --- |
//! | newcomers, in the course of time and at the start (step 4a) | `arrival` |
//! | who leaves, false alarms, needs and their detection (steps 4a, 4c to 4e) | `marks`, `needs`, `at_home` |
//! | drift of tastes (4b) | `drift` |
//! | word of mouth and the choice (4f) | `choice` |
//! | transactions by firm and experience (4g to 4i) | `group`, `stakes`, `service`, `search` |
//! | sums, in the order of the customers | `account` |
//! | what the stages hand on to each other | `work`, `word` |
//!
//! The loops are compiled for several instruction sets (`model::level`), one of which is chosen when the program
//! runs. Every lane does what the readable form does for one customer, operation by operation, with
//! the same functions where there are any, so the bytes are the same on all of them; tests hold all of
//! them against the readable form.

#![expect(
    clippy::needless_range_loop,
    reason = "a lane's number is what loops over tiles are about"
)]

mod account;
mod arrival;
mod at_home;
mod choice;
mod drift;
mod group;
mod marks;
mod needs;
mod search;
mod service;
mod stakes;
mod tile;
mod word;
mod work;

use super::conditions::Conditions;
use super::customers::Block;
use super::replay::Replay;
pub(super) use work::Work;

impl<const K: usize> Block<K> {
    /// Takes all customers of the block through the period; has happen to them again what did in another world, if one is given.
    pub fn live(&mut self, now: &Conditions<K>, replay: Option<&Replay>, work: &mut Work<K>) {
        self.begin_period();
        self.list_needs(now, replay, work);
        self.detect(now, replay, work);
        self.sort_out(now.set, work);
        match replay {
            None => self.choose(now, work),
            Some(replay) => self.choose_again(replay, work),
        }
        self.serve(now, replay, work);
    }
}
