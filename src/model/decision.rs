//! What a firm does by order of whoever runs the market, in place of its rules.

use super::names::Names;
use crate::scenario::{Diagnostics, Problem};

/// What a firm does in place of its rules (sections 5 and 6); what is left out, the rules decide.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Decision<'a> {
    /// The experience that it offers to all customers for all needs, by name.
    pub experience: Option<&'a str>,
    /// Its price per transaction, 0 or more.
    pub price: Option<f64>,
}

/// A decision, with the experience as an index.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Decided {
    pub experience: Option<usize>,
    pub price: Option<f64>,
}

impl Decision<'_> {
    /// The firm and its decision, as indices.
    pub(super) fn resolve(
        &self,
        firm: &str,
        names: &Names,
    ) -> Result<(usize, Decided), Diagnostics> {
        let mut problems = Vec::new();
        let mut place = |kind: &str, name: &str, labels: &[_]| {
            let known = labels.iter().map(|label| names.vocabulary.name(*label));
            let found = known.clone().position(|known| known == name);
            if found.is_none() {
                problems.push(Problem::unknown(kind, name, known));
            }
            found
        };
        let j = place("firm", firm, &names.firms);
        let experience = self
            .experience
            .and_then(|name| place("experience", name, &names.experiences));
        if let Some(price) = self
            .price
            .filter(|price| !(price.is_finite() && *price >= 0.0))
        {
            problems.push(
                Problem::new(format!("{firm} cannot take {price} as its price"))
                    .help("a price is a number from 0 on"),
            );
        }
        Diagnostics::check("decision", problems)?;
        let decided = Decided {
            experience,
            price: self.price,
        };
        Ok((j.unwrap_or_default(), decided))
    }
}
