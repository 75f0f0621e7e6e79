//! What the stages hand on to each other: work space that is used again for every block and period.

use std::ops::Range;

use super::stakes::Stakes;
use super::tile::{BATCH, LANES, Tile, tiles};

/// Work space of the stages; it grows to what the largest block needs, and lists are as long as they have ever been: how many
/// of their entries count is said beside them.
#[derive(Debug, Clone)]
pub struct Work<const K: usize> {
    /// By customer: what happens at the start of the period.
    pub marks: Vec<Tile<u8>>,
    /// Customers, by position in the block, who leave or may suffer a false alarm.
    pub eventful: Vec<u32>,
    /// Customers, by position in the block, in whose stead newcomers come; filled up to whole tiles.
    pub newcomers: Vec<u32>,
    /// Customers, by position in the block, with a need; in order, filled up to whole tiles.
    pub needing: Vec<u32>,
    /// How many have a need.
    pub needs: usize,
    /// By need: its kind, where there are several.
    pub kinds: Vec<Tile<u8>>,
    /// By need: how it may become known, see [`super::super::replay::aware`].
    pub courses: Vec<Tile<u8>>,
    /// By firm and kind of need: largest support of recognizing among the experiences on offer.
    pub support: Vec<f32>,
    /// By firm, and for those who have no home: 1 where it may detect a need, or 0.
    pub detects: Vec<u8>,
    /// The same of whether it may act without a need.
    pub alarms: Vec<u8>,
    /// By need: the home firm.
    pub homes: Vec<Tile<u16>>,
    /// Needs whose home firm may detect them, by their places among all; filled up to whole tiles.
    pub candidates: Vec<u32>,
    /// How many they are.
    pub detectable: usize,
    /// By need: all that is to be known of it, see [`super::word`].
    pub words: Vec<u32>,
    /// By need: whether the customer chooses or declines.
    pub fates: Vec<Tile<u8>>,
    /// The words of needs whose customers choose among firms; in order, filled up to whole tiles.
    pub choosing: Vec<u32>,
    /// Their places among all needs.
    pub choosing_at: Vec<u32>,
    /// How many choose.
    pub choosers: usize,
    /// Those of all needs whose customers decline what the home firm proposes.
    pub declining: Vec<u32>,
    /// How many decline.
    pub declined: usize,
    pub choice: Choice,
    /// By need: the firm that serves it, or none.
    pub server: Vec<u16>,
    pub groups: Groups,
    pub search: Search,
    pub arrived: Box<[Arrived<K>; BATCH]>,
    pub served: Vec<Served<K>>,
    /// By firm, and for no firm: home customers who transacted.
    pub left: Vec<u32>,
    /// A firm's transactions in the order of the customers.
    pub in_order: Vec<Place>,
    pub by_kind: ByKind,
}

impl<const K: usize> Default for Work<K> {
    fn default() -> Self {
        Self {
            marks: Vec::new(),
            eventful: Vec::new(),
            newcomers: Vec::new(),
            needing: Vec::new(),
            needs: 0,
            kinds: Vec::new(),
            courses: Vec::new(),
            support: Vec::new(),
            detects: Vec::new(),
            alarms: Vec::new(),
            homes: Vec::new(),
            candidates: Vec::new(),
            detectable: 0,
            words: Vec::new(),
            fates: Vec::new(),
            choosing: Vec::new(),
            choosing_at: Vec::new(),
            choosers: 0,
            declining: Vec::new(),
            declined: 0,
            choice: Choice::default(),
            server: Vec::new(),
            groups: Groups::default(),
            search: Search::default(),
            arrived: Box::new([Arrived::NOBODY; BATCH]),
            served: Vec::new(),
            left: Vec::new(),
            in_order: Vec::new(),
            by_kind: ByKind::default(),
        }
    }
}

/// Firms that the choice takes at once.
pub const FOUR: usize = 4;

/// The choice: firms, four by four, and for each four and tile the numbers of the customers.
#[derive(Debug, Clone, Default)]
pub struct Choice {
    pub firms: Vec<Standing>,
    pub beliefs: Vec<[Tile<f32>; FOUR]>,
    pub utilities: Vec<[Tile<f32>; FOUR]>,
    /// By customer who chooses: the firm, or none.
    pub chosen: Vec<Tile<u32>>,
}

/// Four firms as they stand in a choice.
#[derive(Debug, Clone, Copy)]
pub struct Standing {
    pub reputation: [f32; FOUR],
    /// Infinite where the firm does not act.
    pub price: [f32; FOUR],
    /// How far word of mouth moves a belief.
    pub pull: [f32; FOUR],
}

/// A transaction: the word of the need, and its place among those served.
pub type Place = (u32, u32);

/// A firm's transactions, kind of need by kind.
#[derive(Debug, Clone, Default)]
pub struct ByKind {
    /// A list for each kind.
    pub places: Vec<Place>,
    /// Transactions for which each list has room.
    pub room: usize,
    /// By kind: where the next one goes.
    pub next: Vec<usize>,
}

/// Transactions of one firm in one experience.
#[derive(Debug, Clone, Copy)]
pub struct Group {
    pub firm: usize,
    pub experience: usize,
    /// Where its entries lie.
    pub list: usize,
    /// Where its first tile lies among those served.
    pub start: usize,
    /// Number of transactions.
    pub len: usize,
}

impl Group {
    /// Its tiles among those served.
    pub fn tiles(self) -> Range<usize> {
        self.start..self.start + tiles(self.len)
    }

    /// Its entries, filled up to whole tiles, among those of all groups.
    pub fn entries(self) -> Range<usize> {
        self.list..self.list + tiles(self.len) * LANES
    }
}

/// All transactions of a block.
#[derive(Debug, Clone, Default)]
pub struct Groups {
    /// Firm by firm.
    pub groups: Vec<Group>,
    /// By firm: where its groups lie in `groups`.
    pub of_firm: Vec<Range<usize>>,
    /// By firm and kind of need: the group that all its customers are in, or that it differs by customer; at last those
    /// that nobody serves.
    pub of_kind: Vec<u32>,
    /// Words of needs: a list for each group, in the order of the customers and filled up to whole tiles, and one of those that
    /// nobody serves.
    pub entries: Vec<u32>,
    /// Entries for which each list has room: as many as there ever were needs, whoever serves them.
    pub room: usize,
    /// By need: its group; needs that nobody serves form one more.
    pub group_of: Vec<u32>,
    /// Tiles of those served.
    pub tiles: usize,
    /// By group: where the next entry goes.
    pub next: Vec<usize>,
}

/// Work space of a search for products.
#[derive(Debug, Clone, Default)]
pub struct Search {
    /// Squared distances from the firm's estimate, by product.
    pub near_estimate: Vec<Tile<f32>>,
    /// The smallest distances from the estimate, in ascending order.
    pub smallest: Vec<Tile<f32>>,
}

/// What is known of a tile of customers when they come to a firm, and what changes.
#[derive(Debug, Clone, Copy)]
pub struct Arrived<const K: usize> {
    pub who: Tile<u32>,
    pub stakes: Stakes,
    pub taste: [Tile<f32>; K],
    pub agency: Tile<f32>,
    pub belief: Tile<f32>,
    pub precision: Tile<f32>,
    pub sum: [Tile<f32>; K],
    /// Whether the firm keeps what it learns about the customer: 1 or 0.
    pub learns: Tile<u32>,
}

impl<const K: usize> Arrived<K> {
    pub const NOBODY: Self = Self {
        who: [0; LANES],
        stakes: Stakes {
            variety: [0.0; LANES],
            agency_cost: [0.0; LANES],
            mistake_cost: [0.0; LANES],
            weight: [0.0; LANES],
        },
        taste: [[0.0; LANES]; K],
        agency: [0.0; LANES],
        belief: [0.0; LANES],
        precision: [0.0; LANES],
        sum: [[0.0; LANES]; K],
        learns: [0; LANES],
    };
}

/// What came of a tile of transactions with one firm, in the precision in which it is added up.
#[derive(Debug, Clone, Copy)]
pub struct Served<const K: usize> {
    pub fit: Tile<f64>,
    pub friction: Tile<f64>,
    pub wtp: Tile<f64>,
    pub cost: Tile<f64>,
    /// Knowledge index before the transaction.
    pub knowledge: Tile<f64>,
    /// Willingness to pay less price.
    pub surplus: Tile<f64>,
    /// Whether the customer was new to the firm.
    pub first: Tile<bool>,
    /// As how many transactions it taught the firm: 1, or 2 where the firm is pushed.
    pub times: Tile<f64>,
    /// Observation `y`, so many times.
    pub observed: [Tile<f64>; K],
    /// Taste estimate after the transaction, so many times, and the product nearest to it.
    pub estimate: [Tile<f64>; K],
    pub assigned: Tile<u32>,
}

impl<const K: usize> Served<K> {
    pub const NOTHING: Self = Self {
        fit: [0.0; LANES],
        friction: [0.0; LANES],
        wtp: [0.0; LANES],
        cost: [0.0; LANES],
        knowledge: [0.0; LANES],
        surplus: [0.0; LANES],
        first: [false; LANES],
        times: [1.0; LANES],
        observed: [[0.0; LANES]; K],
        estimate: [[0.0; LANES]; K],
        assigned: [0; LANES],
    };
}
