//! A market whatever its number of taste dimensions.

use std::fmt;

use super::decision::Decided;
use super::exogenous::Exogenous;
use super::level::InstructionSet;
use super::map::TasteMap;
use super::records::Records;

/// A market whose number of taste dimensions is no longer part of its type.
pub(super) trait AnyEngine: Send + Sync {
    /// The next period, or the number of periods when all are done.
    fn period(&self) -> u32;
    /// Simulates the next period; nothing when all are done.
    fn step(&mut self);
    /// Takes customers through the period one after the other.
    fn set_one_by_one(&mut self, one_by_one: bool);
    /// What the kernel's loops run on.
    fn set_instructions(&mut self, set: InstructionSet);
    /// What a firm does in place of its rules from the next period on.
    fn decide(&mut self, firm: usize, decided: Decided);
    /// The rows so far, but for learning curves; of worlds those of base.
    fn records(&self) -> &Records;
    /// The tables so far, of each world that it lives in.
    fn into_worlds(self: Box<Self>) -> Vec<Records>;
    /// Where customers, products and beliefs are, with a sample of each population.
    fn map(&self, most: usize) -> TasteMap;
    /// The exogenous state and draws of a population's customers in the next period.
    fn exogenous(&self, population: usize) -> Vec<Exogenous>;
}

impl fmt::Debug for dyn AnyEngine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Engine in period {}", self.period())
    }
}
