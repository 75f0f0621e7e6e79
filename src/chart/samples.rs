//! Made-up scenarios and results for the tests of charts.

mod journey;
mod learning;

use crate::analysis::{
    Estimate, Fate, Fates, FirmResults, KindResults, MarketResults, PopulationResults, Quantity,
    Results, Series, ServedKind, ServedPopulation, ValueSplit,
};
use crate::scenario::{
    ChartStyle, ExperienceRule, Firm, Intervention, Population, Scenario, presets,
};

/// A run to draw, described by what matters to a chart.
#[derive(Debug, Clone)]
pub struct Sample {
    /// Names of the firms.
    pub firms: Vec<String>,
    /// Whether the firms offer the four presets in turn; otherwise all offer the same.
    pub presets: bool,
    /// Number of periods.
    pub periods: u32,
    /// Number of replicates.
    pub replicates: u32,
    /// Title of the scenario.
    pub title: String,
    /// Entry of each firm, 0 where missing.
    pub entries: Vec<u32>,
    /// Period in which each firm leaves, never where missing.
    pub exits: Vec<u32>,
    /// Periods of interventions.
    pub interventions: Vec<u32>,
    /// How far firms are apart: 1 is usual, 0 makes them equal and constant.
    pub contrast: f64,
    /// Added to each part of the value split, taken from the surplus.
    pub subsidy: f64,
    /// Number of kinds of needs; mostly none.
    pub kinds: usize,
    /// How charts look.
    pub style: ChartStyle,
}

impl Sample {
    /// Four firms, one experience each.
    pub fn four() -> Self {
        let firms = presets()
            .iter()
            .map(|(name, _)| (*name).to_owned())
            .collect();
        Self {
            firms,
            presets: true,
            periods: 300,
            replicates: 40,
            title: "Acting before customers ask wins the market that lets it".to_owned(),
            entries: Vec::new(),
            exits: Vec::new(),
            interventions: Vec::new(),
            contrast: 1.0,
            subsidy: 0.0,
            kinds: 0,
            style: ChartStyle::default(),
        }
    }

    /// So many firms with one experience.
    pub fn firms(number: usize) -> Self {
        Self {
            firms: (1..=number).map(|firm| format!("firm-{firm}")).collect(),
            presets: false,
            title: String::new(),
            ..Self::four()
        }
    }

    /// Eight firms with names as long as a scenario allows.
    pub fn long_names() -> Self {
        let names = [
            "The Very Old and Established Trading Company of the North Sea",
            "Neighbourhood Grocers' Cooperative with Curated Weekly Boxes",
            "subscription-coffee-with-automatic-execution-and-free-return",
            "Westfälische Maschinen- und Anlagenbau Gesellschaft Münster",
            "Health coaching for people who would rather not be coached",
            "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW",
            "A",
            "Data-Driven Personalization Platform (formerly a bookseller)",
        ];
        Self {
            firms: names.map(|name| name.chars().take(60).collect()).into(),
            ..Self::firms(8)
        }
    }

    /// The scenario of the run.
    pub fn scenario(&self) -> Scenario {
        let names = presets().map(|(name, _)| name);
        let firm = |(number, name): (usize, &String)| Firm {
            name: name.clone(),
            experience: ExperienceRule::Fixed(
                if self.presets {
                    names[number % 4]
                } else {
                    names[1]
                }
                .to_owned(),
            ),
            entry: self.entries.get(number).copied().unwrap_or(0),
            ..Firm::default()
        };
        let intervention = |&period: &u32| Intervention {
            period,
            label: String::new(),
            set: [(
                "populations.all.data_sharing".to_owned(),
                toml::Value::Float(0.5),
            )]
            .into(),
        };
        Scenario {
            title: self.title.clone(),
            populations: vec![Population::default()],
            firms: self.firms.iter().enumerate().map(firm).collect(),
            interventions: self.interventions.iter().map(intervention).collect(),
            chart_style: self.style.clone(),
            ..Scenario::new("sample")
        }
    }

    /// How the firms serve the only population.
    fn served(&self) -> Vec<ServedPopulation> {
        let firms = self.firms.iter().enumerate();
        let served = firms.map(|(number, name)| {
            let last = |quantity| *self.firm(number, name).series(quantity).last().unwrap();
            ServedPopulation {
                share: last(Quantity::Share),
                value: last(Quantity::ValueCreated),
            }
        });
        served.collect()
    }

    /// How the firms serve a kind of need: the last firm with several experiences, one that is never there not at all.
    fn kind(&self, number: usize) -> KindResults {
        let served = self.served();
        let one = |(firm, served): (usize, ServedPopulation)| {
            let never = served.value.mean.is_nan();
            let of = |mean: f64| match never {
                true => Estimate::EMPTY,
                false => self.estimate(mean, 0.01),
            };
            ServedKind {
                experience: match never {
                    true => String::new(),
                    false if number == 1 && firm == 0 => {
                        "a very long walk through the whole shop".to_owned()
                    }
                    false => presets()[(firm + number) % 4].0.to_owned(),
                },
                is_mixed: firm > 0 && firm + 1 == self.firms.len(),
                share: served.share,
                fit: of(0.6 + 0.01 * number as f64),
                value: served.value,
                mistakes: of(0.02 * number as f64),
            }
        };
        let long = "what the household would rather not leave to anybody else";
        KindResults {
            population: "all".to_owned(),
            kind: format!("{}-{number}", if number == 1 { long } else { "refill" }),
            frequency: 1.0 / self.kinds as f64,
            mistake_cost: 0.02 + number as f64,
            firms: served.into_iter().enumerate().map(one).collect(),
        }
    }

    /// Shares a little above the firms' means.
    fn fates(&self) -> Fates {
        let firms = self.firms.iter().enumerate();
        let shares: Vec<Vec<f64>> = firms
            .map(|(number, name)| {
                let firm = self.firm(number, name);
                let share = firm.series(Quantity::Share);
                share.iter().map(|share| share.mean).collect()
            })
            .collect();
        let fate = |firm: usize| {
            let line = |replicate: usize| -> Vec<f64> {
                let wave = 0.01 * (replicate % 7) as f64;
                let shares = shares[firm].iter();
                shares.map(|share| (share + wave).min(1.0)).collect()
            };
            let lines: Vec<_> = (0..self.replicates as usize).map(line).collect();
            let ends = lines
                .iter()
                .filter_map(|line| line.last().copied())
                .collect();
            Fate { lines, ends }
        };
        Fates {
            firms: (0..shares.len()).map(fate).collect(),
        }
    }

    /// The results of the run.
    pub fn results(&self) -> Results {
        let firms = self.firms.iter().enumerate();
        Results {
            replicates: self.replicates,
            periods: self.periods,
            smoothing: if self.periods > 20 { 5 } else { 1 },
            closing: (self.periods - self.periods.div_ceil(10), self.periods - 1),
            firms: firms
                .map(|(number, name)| self.firm(number, name))
                .collect(),
            fates: self.fates(),
            market: MarketResults {
                closing: [Estimate::EMPTY; 5],
                coverage: self.series(|t| 0.56 + 0.25 * rise(t, 60.0), 0.004),
                recognized: self.series(|t| 0.68 + 0.21 * rise(t, 60.0), 0.004),
                concentration: self.series(|t| 0.27 + 0.2 * rise(t, 120.0), 0.01),
                consumer_surplus: self.series(|t| 0.021 + 0.045 * rise(t, 60.0), 0.001),
                producer_surplus: self.series(|t| 0.028 + 0.012 * rise(t, 60.0), 0.0006),
            },
            journey: self.journey(),
            map: self.map(),
            learning: self.learning(),
            kinds: (0..self.kinds).map(|kind| self.kind(kind)).collect(),
            populations: vec![PopulationResults {
                name: "all".to_owned(),
                firms: self.served(),
            }],
        }
    }

    fn firm(&self, number: usize, name: &str) -> FirmResults {
        let count = self.firms.len() as f64;
        // Spreads the firms' fates over [-1, 1], in no order.
        let fate = |salt: f64| ((number as f64 + 1.0) * 2.399 + salt).sin() * self.contrast;
        let of = |quantity: Quantity| -> Series {
            let value = move |t: f64| {
                let learned = rise(t, 50.0 + 20.0 * fate(1.0)) * self.contrast;
                match quantity {
                    Quantity::Share => ((1.0 + 0.95 * fate(0.0) * learned) / count).max(0.0),
                    Quantity::Customers => 5000.0 / count,
                    Quantity::Price => 0.3,
                    Quantity::Fit => 0.45 + 0.05 * fate(2.0) + (0.2 + 0.1 * fate(0.0)) * learned,
                    Quantity::WillingnessToPay => {
                        0.25 + 0.08 * fate(3.0) + (0.2 + 0.15 * fate(0.0)) * learned
                    }
                    Quantity::Cost => {
                        0.155 + 0.005 * fate(2.0) - (0.02 + 0.008 * fate(0.0)) * learned
                    }
                    Quantity::ValueCreated => 0.2 + 0.2 * learned,
                    Quantity::CompetitiveAdvantage => {
                        -0.06 + 0.02 * fate(3.0) + 0.11 * fate(0.0) * learned
                    }
                    Quantity::Knowledge => {
                        (0.3 + 0.1 * fate(2.0)) * self.contrast + (0.4 + 0.1 * fate(0.0)) * learned
                    }
                    Quantity::PopulationKnowledge => 0.2,
                    Quantity::Profit => 12.0 * learned,
                    Quantity::CumulativeProfit => 12.0 * t,
                }
            };
            let noise = match quantity {
                Quantity::Share => 0.04 / count,
                Quantity::Cost => 0.0002,
                _ => 0.006,
            };
            let mut series = self.series(value, noise);
            let entry = self.entries.get(number).copied().unwrap_or(0) as usize;
            let exit = self.exits.get(number).copied().unwrap_or(u32::MAX) as usize;
            for (period, estimate) in series.iter_mut().enumerate() {
                if period < entry || period >= exit {
                    *estimate = Estimate::EMPTY;
                }
            }
            series
        };
        FirmResults {
            name: name.to_owned(),
            series: Quantity::ALL.map(of).into(),
            summary: vec![Estimate::EMPTY; Quantity::SUMMARY.len()],
            finals: vec![Vec::new(); Quantity::SUMMARY.len()],
            value: if self
                .entries
                .get(number)
                .is_some_and(|&entry| entry >= self.periods)
            {
                Self::no_split()
            } else {
                self.split(fate(0.0))
            },
        }
    }

    /// Of a firm without transactions.
    fn no_split() -> ValueSplit {
        let none = Estimate::EMPTY;
        ValueSplit {
            lost_fit: none,
            friction: none,
            control: none,
            cost: none,
            profit: none,
            surplus: none,
        }
    }

    fn split(&self, fate: f64) -> ValueSplit {
        let lost_fit = 0.32 - 0.06 * fate;
        let friction = 0.13 - 0.12 * fate;
        let control = 0.035 + 0.035 * fate - self.subsidy;
        let (cost, profit) = (0.13, 0.17 - 2.0 * self.subsidy);
        let surplus = 1.0 - lost_fit - friction - control - cost - profit;
        let estimate = |mean: f64| self.estimate(mean, 0.01);
        ValueSplit {
            lost_fit: estimate(lost_fit),
            friction: estimate(friction),
            control: estimate(control),
            cost: estimate(cost),
            profit: estimate(profit),
            surplus: estimate(surplus),
        }
    }

    fn series(&self, value: impl Fn(f64) -> f64, noise: f64) -> Series {
        (0..self.periods)
            .map(|period| {
                let t = f64::from(period);
                let wave = (t * 0.9).sin() * (t * 0.37).cos() + 0.4 * (t * 2.3).sin();
                self.estimate(value(t) + 0.3 * noise * wave * self.contrast, noise)
            })
            .collect()
    }

    fn estimate(&self, mean: f64, noise: f64) -> Estimate {
        if self.replicates < 2 {
            return Estimate {
                mean,
                count: 1,
                ..Estimate::EMPTY
            };
        }
        Estimate {
            mean,
            standard_deviation: 3.0 * noise,
            low: mean - 2.0 * noise,
            high: mean + 2.0 * noise,
            count: self.replicates,
        }
    }
}

/// Learning: from 0 towards 1.
fn rise(t: f64, speed: f64) -> f64 {
    1.0 - (-t / speed).exp()
}
