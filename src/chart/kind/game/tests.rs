//! Charts of made-up games: every text legible, everything said.

use proptest::prelude::*;

use super::*;
use crate::analysis::game::{Payoffs, solve};
use crate::chart::tests::{check_texts, words_of, write_pictures};
use crate::scenario::{ChartStyle, ChartTheme, Language, Quantity};

const PRESETS: [&str; 4] = [
    "respond-to-desire",
    "curated-offering",
    "coach-behavior",
    "automatic-execution",
];

/// A game with these names and payoffs by profile and slot, with a little noise.
struct Sample {
    roles: Vec<Vec<String>>,
    strategies: Vec<String>,
    outcome: Quantity,
    number: usize,
    payoffs: Payoffs,
}

impl Sample {
    fn new(roles: &[u32], strategies: &[&str], payoff: impl Fn(&[u32], usize) -> f64) -> Self {
        let shape = Shape::new(roles, strategies.len());
        let mut payoffs = Payoffs::new(shape.clone());
        for profile in 0..shape.profiles().len() {
            for replicate in 0..3u32 {
                let mut players = Vec::new();
                for slot in shape.played(profile) {
                    let counts = &shape.profiles()[profile];
                    let noise = 0.01 * f64::from((replicate * 7 + profile as u32) % 5);
                    let value = payoff(counts, slot) + noise;
                    players.extend(vec![value; counts[slot] as usize]);
                }
                payoffs.add(profile, &players);
            }
        }
        let mut names = (1..).map(|number| format!("firm-{number}"));
        Self {
            roles: roles
                .iter()
                .map(|&count| names.by_ref().take(count as usize).collect())
                .collect(),
            strategies: strategies.iter().map(|&name| name.to_owned()).collect(),
            outcome: Quantity::CumulativeProfit,
            number: 1,
            payoffs,
        }
    }

    fn draw(&self) -> Vec<Figure> {
        self.draw_in(&solve(&self.payoffs, 1), &ChartStyle::default())
    }

    fn draw_in(&self, game: &Game, style: &ChartStyle) -> Vec<Figure> {
        let mut scenario = Scenario::new("game");
        scenario.title = "Who should offer what, if everybody asks that question?".to_owned();
        scenario.chart_style = style.clone();
        let labels = Labels::new(&self.roles, self.strategies.clone());
        let asked = scenario::Game {
            outcome: self.outcome,
            ..scenario::Game::default()
        };
        let found = Numbered {
            number: self.number,
            shape: self.payoffs.shape(),
            labels: &labels,
            game,
        };
        draw_game(&scenario, &asked, found)
    }
}

/// Payoffs without any pattern.
fn scattered(counts: &[u32], slot: usize) -> f64 {
    let code = counts
        .iter()
        .fold(7u32, |code, &count| (code * 31 + count) % 1009);
    f64::from((code * 17 + slot as u32 * 101) % 211) * 3.0 - 100.0
}

fn rock_paper_scissors(win: f64) -> impl Fn(&[u32], usize) -> f64 {
    move |counts, own| {
        let mut others = counts.to_vec();
        others[own] -= 1;
        let other = others.iter().position(|&count| count > 0).unwrap();
        match (own + 3 - other) % 3 {
            0 => 0.0,
            1 => win,
            _ => -1.0,
        }
    }
}

fn samples() -> Vec<(&'static str, Sample)> {
    let long = "the-experience-that-nobody-would-call-by-so-long-a-name-twice";
    let crowd: Vec<String> = (0..12).map(|number| format!("{long}-{number}")).collect();
    let crowd: Vec<&str> = crowd.iter().map(String::as_str).collect();
    let entry = |counts: &[u32], slot: usize| {
        if slot == 0 {
            100.0
        } else {
            330.0 - 60.0 * f64::from(counts[1])
        }
    };
    let unknown = |counts: &[u32], slot: usize| {
        if counts[1] > 0 {
            f64::NAN
        } else {
            scattered(counts, slot)
        }
    };
    vec![
        ("two-equal", Sample::new(&[2], &PRESETS, scattered)),
        ("two", Sample::new(&[1, 1], &PRESETS, scattered)),
        ("two-long", Sample::new(&[1, 1], &[long, "b"], scattered)),
        ("two-crowd", Sample::new(&[2], &crowd, scattered)),
        ("cut", Sample::new(&[5], &PRESETS[1..3], entry)),
        ("cut-many", Sample::new(&[13], &PRESETS[1..3], entry)),
        (
            "rock",
            Sample::new(
                &[2],
                &["rock", "paper", "scissors"],
                rock_paper_scissors(1.5),
            ),
        ),
        (
            "rock-out",
            Sample::new(
                &[2],
                &["rock", "paper", "scissors"],
                rock_paper_scissors(0.5),
            ),
        ),
        ("three", Sample::new(&[3], &PRESETS[1..], scattered)),
        ("three-long", Sample::new(&[3], &crowd[..3], scattered)),
        ("profiles", Sample::new(&[3], &PRESETS, scattered)),
        ("profiles-roles", Sample::new(&[2, 1], &PRESETS, scattered)),
        (
            "profiles-crowd",
            Sample::new(&[1, 1, 1], &crowd[..3], scattered),
        ),
        ("alone", Sample::new(&[1], &PRESETS, scattered)),
        ("flat", Sample::new(&[2], &PRESETS[..3], |_, _| 0.0)),
        ("unknown", Sample::new(&[2], &PRESETS[..3], unknown)),
        (
            "unknown-profiles",
            Sample::new(&[3], &PRESETS[..3], unknown),
        ),
        (
            "shares",
            Sample {
                outcome: Quantity::Share,
                number: 2,
                ..Sample::new(&[3], &PRESETS[1..], |counts, slot| {
                    f64::from(counts[slot] + slot as u32) / 9.0
                })
            },
        ),
    ]
}

/// One game of each kind of chart.
fn some() -> Vec<(&'static str, Sample)> {
    let kinds = ["two-equal", "two", "cut", "rock-out", "profiles"];
    let mut all = samples();
    all.retain(|(name, _)| kinds.contains(name));
    all
}

#[test]
fn no_text_is_cut_off_or_covers_another() {
    for (name, sample) in samples() {
        let game = solve(&sample.payoffs, 1);
        let figures = sample.draw_in(&game, &ChartStyle::default());
        assert!(!figures.is_empty(), "{name}");
        for figure in &figures {
            check_texts(name, figure).unwrap();
            assert!(figure.tree().is_ok());
        }
        assert_eq!(figures, sample.draw_in(&game, &ChartStyle::default()));
    }
}

#[test]
fn charts_are_legible_in_every_theme_and_language() {
    for (name, sample) in some() {
        let game = solve(&sample.payoffs, 1);
        for (theme, language) in ChartTheme::ALL
            .into_iter()
            .zip(Language::ALL.into_iter().cycle())
        {
            let style = ChartStyle {
                theme,
                language,
                ..ChartStyle::default()
            };
            for figure in &sample.draw_in(&game, &style) {
                check_texts(&format!("{name}, {theme:?}, {language:?}"), figure).unwrap();
            }
        }
    }
}

fn names_of(roles: &[u32], strategies: usize) -> Vec<String> {
    let figures = Sample::new(roles, &PRESETS[..strategies], scattered).draw();
    figures
        .iter()
        .map(|figure| figure.name().to_owned())
        .collect()
}

#[test]
fn the_kind_of_game_decides_what_is_drawn() {
    assert_eq!(names_of(&[2], 4), ["game"]);
    assert_eq!(names_of(&[3], 3), ["game", "game-simplex"]);
    assert_eq!(names_of(&[1, 2], 3), ["game"]);
    let words = |roles: &[u32], strategies: usize| {
        let figures = Sample::new(roles, &PRESETS[..strategies], scattered).draw();
        words_of(&figures[0])
    };
    assert!(words(&[2], 4).contains("Its rival offers"));
    assert!(words(&[1, 1], 4).contains("Cumulative profit of firm-2"));
    assert!(words(&[4], 2).contains("How many of its rivals offer curated-offering"));
    assert!(words(&[4], 4).contains("Shown are the 20 of 35 profiles"));
}

#[test]
fn heat_maps_mark_equilibria_and_best_answers() {
    // hawks and doves: one of each
    let hawks = |counts: &[u32], slot: usize| match (slot, counts[0]) {
        (0, 2) => -10.0,
        (0, _) => 40.0,
        (_, 1) => 0.0,
        _ => 20.0,
    };
    let sample = Sample {
        payoffs: Payoffs::exact(Shape::new(&[2], 2), hawks),
        ..Sample::new(&[2], &["hawk", "dove"], hawks)
    };
    let figure = &sample.draw()[0];
    let words = words_of(figure);
    assert!(words.contains("Frame: equilibrium"), "{words}");
    assert!(!words.contains("Dashed") && !words.contains("No equilibrium"));
    assert!(figure.svg().contains("Equilibrium: hawk + dove."));
    let rock = &samples()
        .into_iter()
        .find(|(name, _)| *name == "rock")
        .unwrap()
        .1;
    let figures = rock.draw();
    assert!(words_of(&figures[0]).contains("No equilibrium"));
    let simplex = words_of(&figures[1]);
    assert!(
        simplex.contains("lasts: 100% of starts end here"),
        "{simplex}"
    );
}

#[test]
fn a_simplex_says_when_nothing_rests() {
    let out = &samples()
        .into_iter()
        .find(|(name, _)| *name == "rock-out")
        .unwrap()
        .1;
    let words = words_of(&out.draw()[1]).replace(". ", ".");
    assert!(words.contains("does not last"), "{words}");
    assert!(
        words.contains("From 100% of the starts the shares go round"),
        "{words}"
    );
}

#[test]
fn profiles_say_their_regret() {
    let figure = &Sample::new(&[3], &PRESETS, scattered).draw()[0];
    let words = words_of(figure);
    assert!(
        words.contains("Regret") && words.contains("yes") && words.contains("no"),
        "{words}"
    );
    let unknown = samples()
        .into_iter()
        .find(|(name, _)| *name == "unknown-profiles");
    assert!(words_of(&unknown.unwrap().1.draw()[0]).contains('–'));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn any_game_is_legible(
        roles in prop::sample::select(vec![vec![2], vec![1, 1], vec![3], vec![1, 2], vec![1], vec![6]]),
        names in prop::collection::vec("[A-Za-z0-9 _-]{1,60}", 2..5),
        power in -4i32..7, seed in 0u32..1000,
    ) {
        let mut names: Vec<String> = names;
        for (number, name) in names.iter_mut().enumerate() {
            name.push_str(&number.to_string());
        }
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let scale = 10f64.powi(power);
        let sample = Sample::new(&roles, &names, |counts, slot| {
            let mut shifted = counts.to_vec();
            shifted[0] += seed;
            scale * scattered(&shifted, slot)
        });
        for figure in sample.draw() {
            let checked = check_texts("any", &figure);
            prop_assert!(checked.is_ok(), "{}", checked.unwrap_err());
        }
    }
}

#[test]
#[ignore = "writes pictures to look at, to the folder named by CHART_PICTURES"]
fn pictures() {
    for (name, sample) in samples() {
        write_pictures(&format!("game-{name}"), &sample.draw());
    }
}
