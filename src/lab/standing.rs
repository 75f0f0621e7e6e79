//! Who is ahead in a market that teams play: an order, and a sentence that says so only where an interval bears it out.

use serde::Serialize;

use super::course::summary;
use super::difference::written;
use super::words::Words;
use crate::analysis::Quantity;
use crate::analysis::paired::Paired;
use crate::experiment::Figures;
use crate::scenario::{Language, Scenario};

/// Who competes, and in what.
#[derive(Debug, Clone, PartialEq)]
pub struct Contest {
    /// What the team that has most of it wins by.
    pub goal: Quantity,
    /// The firms that teams hold.
    pub teams: Vec<String>,
    /// Whether no round is to come.
    pub is_over: bool,
}

/// How the teams stand.
#[derive(Debug, Clone, Serialize)]
pub struct Standing {
    /// The teams, from the first to the last by the mean of the goal.
    pub places: Vec<Place>,
    /// Name of the goal, as in `summary`.
    pub goal: &'static str,
    /// Whether the interval of what the first has more than the second leaves out zero.
    pub clear: bool,
    /// Who leads, in words; empty where nobody competes.
    pub words: String,
}

/// One team's place.
#[derive(Debug, Clone, Serialize)]
pub struct Place {
    /// Name of the firm.
    pub firm: String,
    /// Mean of the goal; NaN, which JSON writes as null, where no replicate has it.
    pub mean: f64,
    /// Lower end of its 95 % interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Replicates in which no team has more.
    pub first: u32,
    /// Replicates in all.
    pub of: u32,
}

impl Contest {
    /// That of a scenario to play; none of another.
    #[must_use]
    pub fn of(scenario: &Scenario, is_over: bool) -> Option<Self> {
        let play = scenario.play.as_ref()?;
        Some(Self {
            goal: play.goal,
            teams: scenario.teams().into_iter().map(str::to_owned).collect(),
            is_over,
        })
    }

    /// How the teams stand. Figures are by replicate, then firm, in the order of `firms`.
    #[must_use]
    pub fn standing(
        &self,
        firms: &[String],
        figures: &[Vec<Figures>],
        language: Language,
    ) -> Standing {
        let place_of_goal = self.goal.in_summary().unwrap_or_default();
        let value = |firm: usize, replicate: usize| figures[replicate][firm][place_of_goal];
        let teams = (0..firms.len()).filter(|&firm| self.teams.contains(&firms[firm]));
        let mut teams: Vec<usize> = teams.collect();
        let best = |replicate: usize| {
            let values = teams.iter().map(|&firm| value(firm, replicate));
            values.fold(f64::NEG_INFINITY, f64::max)
        };
        let bests: Vec<f64> = (0..figures.len()).map(best).collect();
        let estimates = summary(firms, figures);
        let of_goal = |firm: usize| {
            let (_, mean, low, high) = estimates[firm].figures[place_of_goal];
            (mean, low, high)
        };
        // a team without a figure comes last; equal ones stay in the order of the scenario
        let size = |firm: usize| Some(of_goal(firm).0).filter(|mean| !mean.is_nan());
        teams.sort_by(|&one, &other| {
            let (one, other) = (size(one), size(other));
            other.partial_cmp(&one).unwrap_or(std::cmp::Ordering::Equal)
        });
        let place = |&firm: &usize| {
            let (mean, low, high) = of_goal(firm);
            let is_first = |replicate: &usize| value(firm, *replicate) >= bests[*replicate];
            Place {
                firm: firms[firm].clone(),
                mean,
                low,
                high,
                first: count((0..figures.len()).filter(is_first).count()),
                of: count(figures.len()),
            }
        };
        let mut standing = Standing {
            places: teams.iter().map(place).collect(),
            goal: self.goal.column(),
            clear: false,
            words: String::new(),
        };
        if let [first, second, ..] = teams[..] {
            let pairs = (0..figures.len()).map(|one| [value(second, one), value(first, one)]);
            (standing.clear, standing.words) =
                self.said([&firms[first], &firms[second]], pairs, Words::of(language));
        }
        standing
    }

    /// Whether the first is ahead of the second beyond doubt, and what is said of it.
    fn said(
        &self,
        [first, second]: [&String; 2],
        pairs: impl Iterator<Item = [f64; 2]>,
        words: Words,
    ) -> (bool, String) {
        let mut paired = Paired::difference();
        let mut ahead = 0;
        for pair in pairs {
            paired.add(pair);
            ahead += u32::from(pair[1] > pair[0]);
        }
        let estimate = paired.estimate();
        let clear = estimate.count > 1 && estimate.low > 0.0;
        let [difference, low, high] = written(
            words,
            self.goal,
            [estimate.mean, estimate.low, estimate.high],
        );
        let key = match (estimate.count, clear) {
            (0, _) => return (false, String::new()),
            (1, _) => "standing.single",
            (_, true) if self.is_over => "standing.wins",
            (_, true) => "standing.leads",
            (_, false) => "standing.open",
        };
        let quantity = words.say(&format!("quantities.{}", self.goal.column()));
        let said = words.fill(
            key,
            &[
                ("firm", first),
                ("second", second),
                ("quantity", &quantity),
                ("difference", &difference),
                ("low", &low),
                ("high", &high),
                ("count", &ahead),
                ("of", &estimate.count),
            ],
        );
        (clear, said)
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn standing(profits: &[[f64; 3]], is_over: bool, language: Language) -> Standing {
        let firms = ["north", "south", "old"].map(str::to_owned);
        let of = |profits: &[f64; 3]| {
            let figures = profits.map(|profit| {
                let mut figures = [f64::NAN; Quantity::SUMMARY.len()];
                figures[7] = profit;
                figures
            });
            figures.to_vec()
        };
        let figures: Vec<Vec<Figures>> = profits.iter().map(of).collect();
        let contest = Contest {
            goal: Quantity::CumulativeProfit,
            teams: vec!["north".to_owned(), "south".to_owned()],
            is_over,
        };
        contest.standing(&firms, &figures, language)
    }

    #[test]
    fn who_leads_is_said_where_the_interval_bears_it_out() {
        let clear = standing(
            &[[10.0, 14.0, 99.0], [11.0, 16.0, 99.0], [9.0, 13.5, 99.0]],
            false,
            Language::En,
        );
        let order: Vec<(&str, u32)> = clear
            .places
            .iter()
            .map(|place| (place.firm.as_str(), place.first))
            .collect();
        assert_eq!(
            order,
            [("south", 3), ("north", 0)],
            "only teams have places"
        );
        assert!(clear.clear);
        assert_eq!(
            clear.words,
            "south leads: profit +4.5 above north (95 % +3.3 to +5.7); ahead in 3 of 3 markets"
        );
        let over = standing(&[[10.0, 14.0, 0.0], [11.0, 15.5, 0.0]], true, Language::Nl);
        assert!(over.words.starts_with("south wint"), "{}", over.words);
        let open = standing(&[[10.0, 14.0, 0.0], [15.0, 12.0, 0.0]], true, Language::En);
        assert!(
            !open.clear && open.words.starts_with("Undecided"),
            "{}",
            open.words
        );
        let single = standing(&[[1.0, 2.0, 0.0]], true, Language::Es);
        assert!(
            !single.clear && single.words.contains("un solo mercado"),
            "{}",
            single.words
        );
    }

    #[test]
    fn a_team_without_a_figure_comes_last_and_nothing_is_said_of_it() {
        let gone = standing(
            &[[f64::NAN, 1.0, 0.0], [f64::NAN, 2.0, 0.0]],
            true,
            Language::En,
        );
        assert_eq!(gone.places[0].firm, "south");
        assert!(gone.places[1].mean.is_nan() && gone.words.is_empty());
    }
}
