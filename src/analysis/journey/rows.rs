//! Rows of the tables that journeys are made of, and the friction of one by phase.

use crate::scenario::Phase;
use crate::table::{Batch, Label};

/// Experiences with the transactions that had them.
pub(super) type Mix = Vec<(String, i64)>;

/// The columns of `periods` that are looked at.
pub(super) struct Rows<'a> {
    pub(super) labelled: Labelled<'a>,
    pub(super) period: &'a [i64],
    pub(super) transactions: &'a [i64],
    pub(super) detected: &'a [i64],
    pub(super) declined: &'a [i64],
    pub(super) friction: &'a [f64],
    pub(super) population_knowledge: &'a [f64],
    /// Knowledge, fit, value created.
    pub(super) wheel: [&'a [f64]; 3],
}

impl<'a> Rows<'a> {
    pub(super) fn of(batch: &'a Batch) -> Self {
        Self {
            labelled: Labelled::of(batch),
            period: batch.integers("period"),
            transactions: batch.integers("transactions"),
            detected: batch.integers("detected"),
            declined: batch.integers("declined"),
            friction: batch.numbers("friction"),
            population_knowledge: batch.numbers("population_knowledge"),
            wheel: ["knowledge", "fit", "value_created"].map(|name| batch.numbers(name)),
        }
    }
}

/// The names in the rows of a table.
pub(super) struct Labelled<'a> {
    batch: &'a Batch,
    experiences: &'a [Label],
    populations: &'a [Label],
}

impl<'a> Labelled<'a> {
    pub(super) fn of(batch: &'a Batch) -> Self {
        Self {
            batch,
            experiences: batch.labels("experience"),
            populations: batch.labels("population"),
        }
    }

    pub(super) fn experience(&self, row: usize) -> &'a str {
        self.batch.vocabulary().name(self.experiences[row])
    }

    /// The position of a row's population.
    pub(super) fn population(&self, known: &[String], row: usize) -> Option<usize> {
        let name = self.batch.vocabulary().name(self.populations[row]);
        known.iter().position(|known| known == name)
    }
}

/// The friction of a row in recognize, request and respond, whose transactions had these experiences.
pub(super) fn friction_parts(phases: &[Phase], rows: &Rows<'_>, row: usize, mix: &Mix) -> [f64; 3] {
    let in_force = phases
        .iter()
        .rev()
        .find(|phase| i64::from(phase.from) <= rows.period[row]);
    let Some(phase) = in_force else {
        return [f64::NAN; 3];
    };
    let friction = &phase.market.friction;
    let unknown = 1.0 - rows.population_knowledge[row];
    let strangeness = if unknown > 0.0 {
        ((1.0 - rows.wheel[0][row]) / unknown).clamp(0.0, 1.0)
    } else {
        0.0
    };
    let total: i64 = mix.iter().map(|(_, count)| count).sum();
    let (mut request, mut respond) = (0.0, 0.0);
    for (name, count) in mix {
        let Some(experience) = phase.experiences.get(name) else {
            return [f64::NAN; 3];
        };
        let left = 1.0 - experience.eased_by_familiarity * (1.0 - strangeness);
        let left = left * *count as f64 / total as f64;
        request += friction.request * (1.0 - experience.support.request) * left;
        respond += friction.respond * (1.0 - experience.support.respond) * left;
    }
    let all = rows.friction[row];
    let recognize = (all - request - respond)
        .clamp(0.0, friction.recognize)
        .min(all.max(0.0));
    // what rounding, or a mixture of experiences that the tables do not tell apart, leaves over goes to both in proportion
    let scale = if request + respond > 0.0 {
        (all - recognize) / (request + respond)
    } else {
        0.0
    };
    [recognize, request * scale, respond * scale]
}
