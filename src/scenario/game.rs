//! A game among firms: who can be exchanged for whom, and the scenario of every choice.

use super::schema::{ExperienceRule, Firm, Game};
use super::{Analysis, Diagnostics, Scenario};

/// A game as it is played: players in roles, strategies with their names, and the market around them.
#[derive(Debug, Clone, PartialEq)]
pub struct Contest {
    /// The market, without sweep and analyses; the players' own experiences do not matter.
    scenario: Scenario,
    roles: Vec<Vec<usize>>,
    strategies: Vec<(String, ExperienceRule)>,
}

impl Contest {
    /// The game that an analysis of a scenario describes.
    ///
    /// # Errors
    /// The scenario was built in code and is not valid.
    pub fn new(scenario: &Scenario, game: &Game) -> Result<Self, Diagnostics> {
        let alone = Scenario {
            sweep: None,
            analyses: Vec::new(),
            ..scenario.clone()
        };
        // groups that the sweep named become firms
        let scenario = alone.resolve()?;
        let plays = |name: &str| {
            // the name of a group stands for its members
            let is = |player: &String| {
                let rest = name.strip_prefix(player.as_str());
                let number = rest.and_then(|rest| rest.strip_prefix('-'));
                let is_member = number.is_some_and(|number| number.parse::<u32>().is_ok());
                rest == Some("") || is_member && !has(&scenario, player)
            };
            game.players.is_empty() || game.players.iter().any(is)
        };
        let players: Vec<usize> = (0..scenario.firms.len())
            .filter(|&firm| plays(&scenario.firms[firm].name))
            .collect();
        let strategies = if game.strategies.is_empty() {
            let all = scenario.experiences.keys();
            all.map(|name| ExperienceRule::Fixed(name.clone()))
                .collect()
        } else {
            game.strategies.clone()
        };
        Ok(Self {
            roles: roles(&scenario, &players),
            strategies: named(strategies),
            scenario,
        })
    }

    /// The players of each role, as positions among the firms. Players of a role are equal in everything but their names
    /// and experiences, and all interventions treat them alike.
    #[must_use]
    pub fn roles(&self) -> &[Vec<usize>] {
        &self.roles
    }

    /// The names of the players of each role.
    #[must_use]
    pub fn names(&self) -> Vec<Vec<String>> {
        let name = |&firm: &usize| self.scenario.firms[firm].name.clone();
        let names = |role: &Vec<usize>| role.iter().map(name).collect();
        self.roles.iter().map(names).collect()
    }

    /// The names of the strategies: an experience's own, or what kind of rule it is, numbered where there are several.
    #[must_use]
    pub fn strategies(&self) -> Vec<String> {
        self.strategies
            .iter()
            .map(|(name, _)| name.clone())
            .collect()
    }

    /// How many profiles there are.
    #[must_use]
    pub fn profiles(&self) -> u64 {
        let players = self.roles.iter().map(|role| role.len() as u64);
        number_of_profiles(players, self.strategies.len() as u64)
    }

    /// The scenario in which players, role by role, choose the strategies of these numbers.
    #[must_use]
    pub fn scenario(&self, choices: &[usize]) -> Scenario {
        let mut scenario = self.scenario.clone();
        for (&firm, &choice) in self.roles.iter().flatten().zip(choices) {
            scenario.firms[firm].experience = self.strategies[choice].1.clone();
        }
        scenario
    }
}

impl Scenario {
    /// The games among its analyses, with their numbers among all analyses, from 1.
    pub fn games(&self) -> impl Iterator<Item = (usize, &Game)> {
        (1..)
            .zip(&self.analyses)
            .filter_map(|(number, analysis)| match analysis {
                Analysis::Game(game) => Some((number, game)),
                _ => None,
            })
    }
}

fn has(scenario: &Scenario, name: &str) -> bool {
    scenario.firms.iter().any(|firm| firm.name == name)
}

/// Players who can be exchanged for each other, together; in the order of the firms.
fn roles(scenario: &Scenario, players: &[usize]) -> Vec<Vec<usize>> {
    let mut roles: Vec<Vec<usize>> = Vec::new();
    for &player in players {
        let like = |role: &&mut Vec<usize>| are_alike(scenario, role[0], player);
        match roles.iter_mut().find(like) {
            Some(role) => role.push(player),
            None => roles.push(vec![player]),
        }
    }
    roles
}

fn are_alike(scenario: &Scenario, one: usize, other: usize) -> bool {
    let (one, other) = (&scenario.firms[one], &scenario.firms[other]);
    let bare = |firm: &Firm| Firm {
        name: String::new(),
        experience: ExperienceRule::Fixed(String::new()),
        ..firm.clone()
    };
    let treated = |firm: &Firm| {
        let prefix = format!("firms.{}.", firm.name);
        let own = scenario.interventions.iter().map(|intervention| {
            let own = intervention.set.iter().filter_map(|(path, value)| {
                Some((path.strip_prefix(&prefix)?.to_owned(), value.clone()))
            });
            (intervention.period, own.collect::<Vec<_>>())
        });
        own.filter(|(_, own)| !own.is_empty()).collect::<Vec<_>>()
    };
    bare(one) == bare(other) && treated(one) == treated(other)
}

/// Strategies with names that differ.
fn named(strategies: Vec<ExperienceRule>) -> Vec<(String, ExperienceRule)> {
    let kind = |rule: &ExperienceRule| match rule {
        ExperienceRule::Fixed(name) => name.clone(),
        ExperienceRule::Portfolio { .. } => "portfolio".to_owned(),
        ExperienceRule::Graduated { .. } => "graduated".to_owned(),
        ExperienceRule::Adaptive { .. } => "adaptive".to_owned(),
        ExperienceRule::Imitate { .. } => "imitate".to_owned(),
    };
    let kinds: Vec<String> = strategies.iter().map(kind).collect();
    let mut taken: Vec<String> = Vec::new();
    for own in &kinds {
        let is_only = kinds.iter().filter(|kind| *kind == own).count() == 1;
        let numbered = (1..).map(|number| format!("{own}-{number}"));
        let name = is_only.then(|| own.clone()).into_iter().chain(numbered);
        let free = name.into_iter().find(|name| {
            let is_other = |kind: &String| kind == name && kind != own;
            !taken.contains(name) && !kinds.iter().any(is_other)
        });
        taken.extend(free);
    }
    taken.into_iter().zip(strategies).collect()
}

/// How many profiles players in these roles have: the product over roles of (n + s - 1 choose n).
/// The largest number that can be held stands for all larger ones.
#[must_use]
pub fn number_of_profiles(roles: impl IntoIterator<Item = u64>, strategies: u64) -> u64 {
    roles.into_iter().fold(1u64, |product, players| {
        let mut own: u128 = 1;
        for step in 1..strategies {
            // exact: every prefix of the product is a binomial coefficient
            own = own * (u128::from(players) + u128::from(step)) / u128::from(step);
            if own > u128::from(u64::MAX) {
                return u64::MAX;
            }
        }
        product.saturating_mul(u64::try_from(own).unwrap_or(u64::MAX))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A market of four firms, the last of which asks more.
    fn market(more: &str) -> Scenario {
        let text = format!(
            "[[populations]]\nname = \"town\"\n\
             [firm_defaults]\nexperience = \"coach-behavior\"\n\
             [[firms]]\nname = \"shop\"\ncount = 2\n\
             [[firms]]\nname = \"rival\"\nexperience = \"curated-offering\"\n\
             [[firms]]\nname = \"dear\"\nprice = 0.4\n{more}"
        );
        Scenario::from_toml(&text).unwrap_or_else(|problems| panic!("{problems}"))
    }

    fn contest(more: &str) -> Contest {
        let scenario = market(more);
        let (_, game) = scenario.games().next().expect("a game");
        Contest::new(&scenario, game).expect("valid")
    }

    #[test]
    fn firms_that_differ_only_in_name_and_experience_share_a_role() {
        let contest = contest("[[analyses]]\nkind = \"game\"\n");
        assert_eq!(contest.roles(), [vec![0, 1, 2], vec![3]]);
        assert_eq!(contest.names()[0], ["shop-1", "shop-2", "rival"]);
        assert_eq!(contest.strategies().len(), 4);
        // (3 + 3 choose 3) times 4
        assert_eq!(contest.profiles(), 20 * 4);
        let chosen = contest.scenario(&[0, 3, 2, 1]);
        let name = |firm: usize| chosen.firms[firm].experience.names()[0].to_owned();
        assert_eq!(
            (name(1), name(2)),
            ("automatic-execution".into(), "coach-behavior".into())
        );
    }

    #[test]
    fn interventions_that_treat_firms_differently_part_them() {
        let change = |firms: &str| {
            contest(&format!(
                "[[interventions]]\nperiod = 5\nset.\"firms.{firms}.price\" = 0.2\n[[analyses]]\nkind = \"game\"\n"
            ))
        };
        assert_eq!(change("*").roles(), [vec![0, 1, 2], vec![3]]);
        assert_eq!(change("shop").roles(), [vec![0, 1], vec![2], vec![3]]);
    }

    #[test]
    fn players_can_be_named_alone_or_as_a_group() {
        let contest = contest("[[analyses]]\nkind = \"game\"\nplayers = [\"shop\", \"dear\"]\n");
        assert_eq!(contest.roles(), [vec![0, 1], vec![3]]);
    }

    #[test]
    fn strategies_have_names_of_their_own() {
        let adaptive = "{ rule = \"adaptive\", candidates = [\"coach-behavior\"]";
        let contest = contest(&format!(
            "[[analyses]]\nkind = \"game\"\nstrategies = [\"coach-behavior\", {adaptive} }}, {adaptive}, explore = 0.3 }}, \
             {{ rule = \"imitate\", start = \"coach-behavior\" }}]\n"
        ));
        let expected = ["coach-behavior", "adaptive-1", "adaptive-2", "imitate"];
        assert_eq!(contest.strategies(), expected);
    }

    #[test]
    fn the_largest_number_stands_for_larger_ones() {
        assert_eq!(number_of_profiles([1000; 9], 200), u64::MAX);
        assert_eq!(number_of_profiles([4], 4), 35);
        assert_eq!(number_of_profiles([1, 1, 1], 4), 64);
    }
}
