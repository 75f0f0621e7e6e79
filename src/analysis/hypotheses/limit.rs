//! Where along a parameter a hypothesis stops holding.

use crate::analysis::Estimate;

/// Where along a parameter a hypothesis stops holding, as far as these replicates can tell.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundLimit {
    /// The parameter: its path.
    pub key: String,
    /// The same in words, with what else differs; the path where there are none.
    pub name: String,
    /// Its first value and its last one.
    pub tried: (f64, f64),
    /// The last value at which the hypothesis is supported; none where it is not at the first.
    pub holds: Option<f64>,
    /// What was found there, or else at the first value.
    pub at_holds: Estimate,
    /// The first value at which it is refuted; none where it is at none that was tried.
    pub fails: Option<f64>,
    /// What was found there, or else at the last value.
    pub at_fails: Estimate,
}

impl FoundLimit {
    /// Whether the hypothesis is supported over the whole range.
    #[must_use]
    pub fn is_throughout(&self) -> bool {
        self.holds == Some(self.tried.1)
    }

    /// Where it stops holding, in an English sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        let (from, to) = self.tried;
        let found = match (self.holds, self.fails) {
            (Some(_), None) if self.is_throughout() => {
                format!("supported throughout, from {from} to {to}")
            }
            (Some(holds), None) => {
                format!("supported from {from} to {holds}, undecided from there to {to}")
            }
            (Some(holds), Some(fails)) => {
                format!("supported from {from} to {holds}, refuted from {fails} on")
            }
            (None, Some(fails)) => format!("not supported at {from}, refuted from {fails} on"),
            (None, None) => format!("not supported at {from}"),
        };
        format!("along {}: {found}", self.name)
    }
}
