//! Every draw of the reference, looked up by purpose, names, period and customer.

use flywheel::random::{Family, Purpose, Source, beta, normals};
use flywheel::scenario::Scenario;

/// The draws of one replicate.
pub struct Draws {
    source: Source,
    dimensions: usize,
    populations: Vec<String>,
    firms: Vec<String>,
}

impl Draws {
    pub fn new(scenario: &Scenario, replicate: u32) -> Self {
        Self {
            source: Source::new(scenario.simulation.seed, replicate),
            dimensions: scenario.market.taste_dimensions,
            populations: scenario
                .populations
                .iter()
                .map(|p| p.name.clone())
                .collect(),
            firms: scenario.firms.iter().map(|f| f.name.clone()).collect(),
        }
    }

    fn of(&self, purpose: Purpose, s: usize) -> Family {
        self.source.family(purpose, &[&self.populations[s]])
    }

    pub fn uniform(&self, purpose: Purpose, s: usize, t: u32, i: u32) -> f64 {
        f64::from(self.of(purpose, s).key(t, 0).uniform(i))
    }

    /// K standard normals.
    pub fn normal(&self, purpose: Purpose, s: usize, t: u32, i: u32) -> Vec<f64> {
        self.shape(&self.of(purpose, s), t, i)
    }

    fn shape(&self, family: &Family, t: u32, i: u32) -> Vec<f64> {
        let z = normals::<8>(&family.normal_keys(t, 8), i);
        z[..self.dimensions].iter().map(|&z| f64::from(z)).collect()
    }

    /// Normals of a firm's start: the same for every firm with an equal start.
    pub fn start(
        &self,
        purpose: Purpose,
        s: usize,
        j: usize,
        equal: bool,
        number: u32,
    ) -> Vec<f64> {
        let names = [self.populations[s].as_str(), self.firms[j].as_str()];
        let family = self
            .source
            .family(purpose, if equal { &names[..1] } else { &names });
        self.shape(&family, 0, number)
    }

    /// Gumbel noise of scale 1 of a firm, or of the outside option.
    pub fn gumbel(&self, s: usize, firm: Option<usize>, t: u32, i: u32) -> f64 {
        let mut names = vec![self.populations[s].as_str()];
        names.extend(firm.map(|j| self.firms[j].as_str()));
        let family = self.source.family(Purpose::Choice, &names);
        -f64::from(family.key(t, 0).exponential(i)).ln()
    }

    pub fn agency(&self, s: usize, t: u32, i: u32, mean: f64, concentration: f64) -> f64 {
        let key = self.of(Purpose::Agency, s).key(t, 0);
        beta(key, i, mean * concentration, (1.0 - mean) * concentration)
    }

    /// Error of the agency preference that a customer who arrived in period t states to a firm.
    pub fn agency_error(&self, s: usize, j: usize, t: u32, i: u32) -> f64 {
        let names = [self.populations[s].as_str(), self.firms[j].as_str()];
        let family = self.source.family(Purpose::StatedAgency, &names);
        f64::from(normals::<1>(&family.normal_keys(t, 1), i)[0])
    }

    /// A review's uniform.
    pub fn review(&self, purpose: Purpose, j: usize, t: u32) -> f64 {
        let family = self.source.family(purpose, &[&self.firms[j]]);
        f64::from(family.key(t, 0).uniform(0))
    }
}
