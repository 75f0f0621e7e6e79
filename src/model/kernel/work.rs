//! What the stages hand on to each other: work space that is used again for every block and period.

use std::ops::Range;

use super::super::knowledge::Prior;
use super::tile::{LANES, Tile, tiles};

/// Work space of the stages; it grows to what the largest block needs.
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
    pub homes: Homes,
    /// By need: its kind, where there are several.
    pub kinds: Vec<Tile<u8>>,
    /// By need: what it is, tile by tile and dimension by dimension.
    pub need: Vec<[Tile<f32>; K]>,
    /// By need: how it may become known, see [`super::super::replay::aware`].
    pub courses: Vec<Tile<u8>>,
    /// By need: the firm that serves it, or none.
    pub server: Vec<u16>,
    /// Needs whose customers choose among firms; in order, filled up to whole tiles.
    pub choosing: Vec<u32>,
    pub choice: Choice,
    pub groups: Groups,
    pub search: Search,
    pub served: Vec<Served<K>>,
    /// By firm, and for no firm: home customers who transacted.
    pub left: Vec<u32>,
    /// A firm's transactions: need, place in `served`.
    pub in_order: Vec<(u32, usize)>,
}

impl<const K: usize> Default for Work<K> {
    fn default() -> Self {
        Self {
            marks: Vec::new(),
            eventful: Vec::new(),
            needing: Vec::new(),
            needs: 0,
            homes: Homes::default(),
            kinds: Vec::new(),
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

/// What detection needs to know of each home firm; the last entry stands for having none.
#[derive(Debug, Clone, Default)]
pub struct Homes {
    /// Largest support of recognizing among the experiences on offer; by firm and kind of need.
    pub support: Vec<f32>,
    pub prior: Vec<Prior<0>>,
    pub individual: Vec<bool>,
    pub price: Vec<f32>,
    /// Whether customers of the same firm get different experiences.
    pub any_graduated: bool,
    pub any_detects: bool,
}

/// The choice: firms, and by firm a number for each customer of a tile.
#[derive(Debug, Clone, Default)]
pub struct Choice {
    pub firms: Vec<Standing>,
    pub beliefs: Vec<Tile<f32>>,
    pub utilities: Vec<Tile<f32>>,
}

/// A firm as it stands in a choice.
#[derive(Debug, Clone, Copy)]
pub struct Standing {
    pub reputation: f32,
    /// Infinite where the firm does not act.
    pub price: f32,
    /// How far word of mouth moves a belief.
    pub pull: f32,
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
    /// Needs, group by group, each group in the order of the customers and filled up to whole tiles.
    pub entries: Vec<u32>,
    /// By need: its group; needs that nobody serves form one more.
    pub group_of: Vec<u32>,
    /// By group: where the next entry goes.
    pub next: Vec<usize>,
}

/// Work space of a search for products.
#[derive(Debug, Clone, Default)]
pub struct Search {
    /// Squared distances from the firm's estimate and from the customer's view, by product.
    pub near_estimate: Vec<Tile<f32>>,
    pub near_view: Vec<Tile<f32>>,
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
