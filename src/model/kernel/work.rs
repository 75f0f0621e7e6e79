//! What the stages hand on to each other: work space that is used again for every block and period.

use std::ops::Range;

use super::tile::{LANES, Tile, tiles};

/// Work space of the stages; it grows to what the largest block needs, and lists are as long as they have ever been: how many
/// of their entries count is said beside them.
#[derive(Debug, Clone)]
pub struct Work<const K: usize> {
    /// By customer: what happens at the start of the period.
    pub marks: Vec<Tile<u8>>,
    /// Customers, by position in the block, who leave or may suffer a false alarm.
    pub eventful: Vec<u32>,
    /// Customers, by position in the block, with a need; in order, filled up to whole tiles.
    pub needing: Vec<u32>,
    /// How many have a need.
    pub needs: usize,
    /// By need: its kind, where there are several.
    pub kinds: Vec<Tile<u8>>,
    /// By need: how it may become known, see [`super::super::replay::aware`].
    pub courses: Vec<Tile<u8>>,
    /// By firm and kind of need, and for those who have no home: largest support of recognizing among the experiences on offer.
    pub support: Vec<f32>,
    /// Needs whose home firm may detect them.
    pub candidates: Vec<Candidate>,
    /// By need: all that is to be known of it, see [`super::word`].
    pub words: Vec<u32>,
    /// The words of needs whose customers choose among firms; in order, filled up to whole tiles.
    pub choosing: Vec<u32>,
    /// How many choose.
    pub choosers: usize,
    pub choice: Choice,
    /// By need: the firm that serves it, or none.
    pub server: Vec<u16>,
    pub groups: Groups,
    pub search: Search,
    pub served: Vec<Served<K>>,
    /// By firm, and for no firm: home customers who transacted.
    pub left: Vec<u32>,
    /// A firm's transactions: the word of the need, place in `served`.
    pub in_order: Vec<(u32, usize)>,
}

impl<const K: usize> Default for Work<K> {
    fn default() -> Self {
        Self {
            marks: Vec::new(),
            eventful: Vec::new(),
            needing: Vec::new(),
            needs: 0,
            kinds: Vec::new(),
            courses: Vec::new(),
            support: Vec::new(),
            candidates: Vec::new(),
            words: Vec::new(),
            choosing: Vec::new(),
            choosers: 0,
            choice: Choice::default(),
            server: Vec::new(),
            groups: Groups::default(),
            search: Search::default(),
            served: Vec::new(),
            left: Vec::new(),
            in_order: Vec::new(),
        }
    }
}

/// A need that the home firm may detect.
#[derive(Debug, Clone, Copy, Default)]
pub struct Candidate {
    /// Its place among all needs.
    pub need: u32,
    /// Where the customer lies in the block.
    pub position: u32,
    pub home: u16,
    /// Probability of detection with full knowledge.
    pub support: f32,
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

/// Transactions of one firm in one kind of need and one experience.
#[derive(Debug, Clone, Copy)]
pub struct Group {
    pub firm: usize,
    pub kind: usize,
    pub experience: usize,
    /// Where its first tile lies.
    pub start: usize,
    /// Number of transactions.
    pub len: usize,
}

impl Group {
    /// Its tiles among those of all groups.
    pub fn tiles(self) -> Range<usize> {
        self.start..self.start + tiles(self.len)
    }

    /// Its entries, filled up to whole tiles, among those of all groups.
    pub fn entries(self) -> Range<usize> {
        self.start * LANES..(self.start + tiles(self.len)) * LANES
    }
}

/// All transactions of a block.
#[derive(Debug, Clone, Default)]
pub struct Groups {
    /// Firm by firm, and kind by kind.
    pub groups: Vec<Group>,
    /// By firm and kind: where the groups lie in `groups`.
    pub of_cell: Vec<Range<usize>>,
    /// Words of needs, group by group, each group in the order of the customers and filled up to whole tiles.
    pub entries: Vec<u32>,
    /// By need: its group; needs that nobody serves form one more.
    pub group_of: Vec<u32>,
    /// Tiles of entries.
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

/// What came of a tile of transactions with one firm.
#[derive(Debug, Clone, Copy)]
pub struct Served<const K: usize> {
    pub fit: Tile<f32>,
    pub friction: Tile<f32>,
    pub wtp: Tile<f32>,
    pub cost: Tile<f32>,
    /// Knowledge index before the transaction.
    pub knowledge: Tile<f32>,
    /// Willingness to pay less price.
    pub surplus: Tile<f32>,
    /// Whether the customer was new to the firm.
    pub first: Tile<bool>,
    /// Whether the home firm began the transaction.
    pub begun: Tile<bool>,
    /// Whether it taught the firm as much as two, where the firm is pushed; of no meaning elsewhere.
    pub twice: Tile<bool>,
    /// Observation `y`.
    pub observed: [Tile<f32>; K],
    /// Taste estimate after the transaction, and the product nearest to it.
    pub estimate: [Tile<f32>; K],
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
        begun: [false; LANES],
        twice: [false; LANES],
        observed: [[0.0; LANES]; K],
        estimate: [[0.0; LANES]; K],
        assigned: [0; LANES],
    };
}
