//! The customer step for a whole block, stage by stage: the same bytes as [`Block::live_one_by_one`], faster.
//!
//! Whoever wants to know what the model does reads `journey`, `choice` and `transaction`, which take
//! one customer after the other; nothing here adds to that. Customers do not depend on each other within
//! a period, so here each stage takes all customers for whom it is due, sixteen at a time:
//!
//! | stage | file |
//! | --- | --- |
//! | turnover, false alarms, needs and their detection (steps 4a, 4c to 4e) | `needs` |
//! | drift of tastes (4b) | `drift` |
//! | word of mouth and the choice (4f) | `choice` |
//! | transactions by firm and experience (4g to 4i) | `group`, `service`, `search` |
//! | sums, in the order of the customers | `account` |
//!
//! The loops are compiled for several instruction sets (`level`), one of which is chosen when the program
//! runs. Every lane does what the readable form does for one customer, operation by operation, with
//! the same functions where there are any, so the bytes are the same on all of them; tests hold all of
//! them against the readable form.

// a lane's number is what loops over tiles are about
#![allow(clippy::needless_range_loop)]

mod account;
mod choice;
mod drift;
mod group;
mod level;
mod memory;
mod needs;
mod search;
mod service;
mod tile;

pub use level::InstructionSet;
pub(super) use memory::prefetch;

use super::conditions::Conditions;
use super::customers::Block;
use choice::Choice;
use group::Groups;
use needs::Homes;
use search::Search;
use service::Served;
use tile::Tile;

/// Work space of the stages; it grows to what the largest block needs.
#[derive(Debug, Clone)]
pub(super) struct Work<const K: usize> {
    /// By customer: what happens at the start of the period.
    marks: Vec<Tile<u8>>,
    /// Customers, by position in the block, who leave or may suffer a false alarm.
    eventful: Vec<u32>,
    /// Customers, by position in the block, with a need; in order, filled up to whole tiles.
    needing: Vec<u32>,
    /// How many have a need.
    needs: usize,
    homes: Homes,
    /// By need: what it is, tile by tile and dimension by dimension.
    need: Vec<[Tile<f32>; K]>,
    /// By need: how it may become known, see [`aware`].
    courses: Vec<Tile<u8>>,
    /// By need: the firm that serves it, or none.
    server: Vec<u16>,
    /// Needs whose customers choose among firms; in order, filled up to whole tiles.
    choosing: Vec<u32>,
    choice: Choice,
    groups: Groups,
    search: Search,
    served: Vec<Served<K>>,
    /// By firm, and for no firm: home customers who transacted.
    left: Vec<u32>,
    /// A firm's transactions: need, place in `served`.
    in_order: Vec<(u32, usize)>,
}

impl<const K: usize> Default for Work<K> {
    fn default() -> Self {
        Self {
            marks: Vec::new(),
            eventful: Vec::new(),
            needing: Vec::new(),
            needs: 0,
            homes: Homes::default(),
            need: Vec::new(),
            courses: Vec::new(),
            server: Vec::new(),
            choosing: Vec::new(),
            choice: Choice::default(),
            groups: Groups::default(),
            search: Search::default(),
            served: Vec::new(),
            left: Vec::new(),
            in_order: Vec::new(),
        }
    }
}

/// How a need may become known, as bits of a byte.
mod aware {
    /// The customer would notice it unaided.
    pub const UNAIDED: u8 = 1;
    /// The home firm detects it.
    pub const DETECTED: u8 = 2;
    /// Should the home firm detect it, the customer accepts.
    pub const ACCEPTS: u8 = 4;
    /// Should the customer decline, the customer cancels.
    pub const CANCELS: u8 = 8;

    /// The home firm detects the need and serves it.
    #[inline(always)]
    pub fn served_at_home(course: u8) -> bool {
        course & (DETECTED | ACCEPTS) == DETECTED | ACCEPTS
    }

    /// The home firm detects the need and is turned down.
    #[inline(always)]
    pub fn declined(course: u8) -> bool {
        course & (DETECTED | ACCEPTS) == DETECTED
    }

    /// The customer knows the need and chooses a firm.
    #[inline(always)]
    pub fn chooses(course: u8) -> bool {
        declined(course) | (course & (DETECTED | UNAIDED) == UNAIDED)
    }
}

impl<const K: usize> Block<K> {
    /// Takes all customers of the block through the period.
    pub fn live(&mut self, now: &Conditions<K>, work: &mut Work<K>) {
        self.tally.clear();
        self.list_needs(now, work);
        self.detect(now, work);
        self.choose(now, work);
        self.serve(now, work);
    }
}
