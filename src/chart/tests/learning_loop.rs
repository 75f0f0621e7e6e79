//! Charts of head starts and of learning loops: every text legible in every theme and language, everything said.

use super::{check_texts, words_of};
use crate::analysis::Estimate;
use crate::analysis::amplification::{
    Amplification, AmplificationQuestion, AmplificationStep, Verdict,
};
use crate::analysis::feedback::{Feedback, FeedbackQuestion, FeedbackStep, Feedbacks};
use crate::analysis::kind::{Answer, Answered};
use crate::analysis::trend::Trend;
use crate::analysis::wheel::{self, Level, Link, LinkAnswer, Wheel};
use crate::chart::{Figure, draw_amplification, draw_answers, draw_wheels};
use crate::scenario::{
    AmplifiedOutcome, ChartStyle, ChartTheme, FeedbackOutcome, Firm, Language, Population, Scenario,
};

fn scenario(theme: ChartTheme, language: Language) -> Scenario {
    let mut scenario = Scenario::new("made-up")
        .population(Population::named("everyone"))
        .firm(Firm::new("coach", "coach-behavior"))
        .firm(Firm::new("shop", "respond-to-desire"));
    scenario.title = "A title of the scenario that says what is found, at some length".to_owned();
    scenario.chart_style = ChartStyle {
        theme,
        language,
        ..ChartStyle::default()
    };
    scenario
}

fn estimate(mean: f64, half: f64) -> Estimate {
    Estimate {
        mean,
        standard_deviation: f64::NAN,
        low: mean - half,
        high: mean + half,
        count: 30,
    }
}

fn amplification(verdict: Verdict, rate: f64) -> Amplification {
    let is_known = verdict != Verdict::NoEffect;
    let mut total = 0.0;
    let course = (20..300).map(|period| {
        let gain = 2.0 * libm::exp(rate * f64::from(period - 20));
        total += gain;
        AmplificationStep {
            period,
            gain: estimate(gain, 0.6),
            cumulative: estimate(total, 0.2 * total),
            amplification: if is_known {
                estimate(total / 20.0, 1.0)
            } else {
                Estimate::EMPTY
            },
            half_size: total,
            variance_reduction: 200.0,
        }
    });
    Amplification {
        course: course.collect(),
        question: AmplificationQuestion {
            analysis: 1,
            firm: "coach".to_owned(),
            outcome: AmplifiedOutcome::ValueCreated,
            period: 20,
            precision: None,
            periods: 300,
        },
        trend: Trend {
            verdict,
            early: (20, 30),
            late: (246, 299),
            ratio: if is_known {
                estimate(1.0 + 50.0 * rate, 0.1)
            } else {
                Estimate::EMPTY
            },
            time: if is_known {
                estimate(123.0, 20.0)
            } else {
                Estimate::EMPTY
            },
            growth: Estimate::EMPTY,
        },
        half_size: estimate(1.3, 0.1),
        is_linear: Some(false),
    }
}

fn wheel(period: u32, size: f64) -> Wheel {
    let answer = |link: Link| LinkAnswer {
        elasticity: if size.is_nan() && link == Link::KnowledgeToFit {
            Estimate::EMPTY
        } else {
            let size = if size.is_nan() { 0.0 } else { size };
            estimate(size * (1.0 + 0.1 * f64::from(link as u8)), 0.123)
        },
        half_size: size,
        is_linear: Some(link != Link::FitToValue),
        cause: 0.01,
        effect: 0.01,
        variance_reduction: 300.0,
    };
    Wheel {
        question: wheel::LoopQuestion {
            analysis: 2,
            firm: "coach".to_owned(),
            period,
            window: 20,
        },
        levels: Level::ALL.map(|level| match level {
            Level::Interactions => estimate(12_345.6, 10.0),
            _ => estimate(0.456, 0.01),
        }),
        links: Link::ALL.map(answer),
    }
}

#[test]
fn no_text_of_a_head_start_is_cut_off_or_covers_another() {
    let verdicts = [
        (Verdict::Compounds, 0.004),
        (Verdict::Keeps, 0.0),
        (Verdict::Dissipates, -0.02),
        (Verdict::Undecided, -0.001),
        (Verdict::NoEffect, 0.001),
    ];
    for theme in ChartTheme::ALL {
        for language in Language::ALL {
            for (verdict, rate) in verdicts {
                let drawn =
                    draw_amplification(&scenario(theme, language), &amplification(verdict, rate));
                check_texts(&format!("{theme:?} {language:?} {verdict:?}"), &drawn).unwrap();
                assert!(drawn.svg().contains("</svg>") && !drawn.data().is_empty());
            }
        }
    }
}

/// A factor for every other wheel.
fn factors(count: u32) -> Vec<Option<Estimate>> {
    let factor = |place: u32| {
        place
            .is_multiple_of(2)
            .then(|| estimate(12.3 / f64::from(place + 1), 1.4))
    };
    (0..count).map(factor).collect()
}

#[test]
fn no_text_of_a_wheel_is_cut_off_or_covers_another() {
    for theme in ChartTheme::ALL {
        for language in Language::ALL {
            for count in 1..=5 {
                for size in [0.37, -1.52, 12.3, f64::NAN] {
                    let wheels: Vec<Wheel> = (0..count)
                        .map(|place| wheel(100 * place + 10, size))
                        .collect();
                    let drawn = draw_wheels(&scenario(theme, language), &wheels, &factors(count));
                    let name = format!("{theme:?} {language:?}, {count} wheels of {size}");
                    check_texts(&name, &drawn).unwrap();
                }
            }
        }
    }
}

#[test]
fn the_verdict_stands_in_the_title_and_its_interval_below() {
    let found = amplification(Verdict::Dissipates, -0.01);
    let drawn = draw_amplification(&scenario(ChartTheme::Screen, Language::En), &found);
    let all = words_of(&drawn);
    assert!(all.contains("dissipates: in the end it adds 50%"), "{all}");
    assert!(all.contains("0.50 (95 % interval 0.40 to 0.60)"), "{all}");
    assert!(
        all.contains("It halves in 123 periods (103 to 143)."),
        "{all}"
    );
    assert!(
        all.contains("half of the head start gives 65% of it"),
        "{all}"
    );
}

#[test]
fn the_wheel_tells_every_link_also_to_those_who_cannot_see_it() {
    let drawn = draw_wheels(
        &scenario(ChartTheme::Screen, Language::En),
        &[wheel(10, 0.5)],
        &[None],
    );
    assert_eq!(drawn.name(), "loop-2");
    let spoken = "knowledge to fit 0.50, fit to willingness to pay 0.55";
    assert!(drawn.svg().contains(spoken));
    assert_eq!(drawn.data().len(), 4 + 9);
}

/// The loop of coach from period 20 on, drawn beside the feedback of a firm after a head start in a period.
fn loop_beside(firm: &str, period: u32, factor: f64) -> String {
    let scenario = scenario(ChartTheme::Screen, Language::En);
    let mut beside = feedback_of(Verdict::Compounds, factor);
    beside.question.firm = firm.to_owned();
    beside.question.period = period;
    let answered = |number, answer| Answered {
        number,
        place: 1,
        point: None,
        answer,
    };
    let wheels = vec![wheel(20, 0.5)];
    let answers = [
        answered(1, Answer::Feedbacks(Feedbacks { all: vec![beside] })),
        answered(2, Answer::Loop(wheel::Loop { wheels })),
    ];
    let figures = draw_answers(&scenario, &answers);
    let drawn = figures.iter().find(|figure| figure.name() == "loop-2");
    let texts = drawn.expect("a wheel").texts();
    let texts: Vec<&str> = texts.iter().map(|text| text.text.as_str()).collect();
    texts.join(" ")
}

#[test]
fn the_middle_of_the_wheel_is_what_comes_back_where_that_was_measured() {
    let with = loop_beside("coach", 20, 5.7);
    assert!(
        with.contains("×5.7") && with.contains("4.6 … 6.8"),
        "{with}"
    );
    assert!(
        with.contains("a unit of value from knowing better becomes 5.7"),
        "{with}"
    );
    // another time, another firm, and what cannot be told are no answer
    for without in [
        loop_beside("coach", 21, 5.7),
        loop_beside("shop", 20, 5.7),
        loop_beside("coach", 20, f64::NAN),
    ] {
        assert!(!without.contains('×'), "{without}");
        assert!(without.contains("was not measured here"), "{without}");
    }
}

#[test]
fn a_link_that_can_be_zero_is_dotted() {
    let scenario = scenario(ChartTheme::Screen, Language::En);
    // half-widths are 0.123
    let text = |size| {
        let drawn = draw_wheels(&scenario, &[wheel(10, size)], &[None]);
        let all: Vec<&str> = drawn
            .texts()
            .iter()
            .map(|text| text.text.as_str())
            .collect();
        all.join(" ")
    };
    assert!(text(0.1).contains("Dotted: cannot be told from zero"));
    assert!(!text(0.5).contains("Dotted"));
}

/// The chart of a head start whose factor ends here; without one, nothing can be told from zero.
fn feedback(scenario: &Scenario, verdict: Verdict, factor: f64) -> Figure {
    let answered = Answered {
        number: 3,
        place: 1,
        point: None,
        answer: Answer::Feedbacks(Feedbacks {
            all: vec![feedback_of(verdict, factor)],
        }),
    };
    let mut figures = draw_answers(scenario, &[answered]);
    figures.pop().expect("a chart")
}

fn feedback_of(verdict: Verdict, factor: f64) -> Feedback {
    let is_known = factor.is_finite();
    let course = (1..=280).map(|length| {
        let direct = 0.02 * f64::from(length);
        let now = 1.0 + (factor - 1.0) * f64::from(length) / 280.0;
        FeedbackStep {
            length,
            direct: estimate(direct, 0.3 * direct),
            total: estimate(if is_known { now * direct } else { 0.0 }, direct),
            factor: if is_known {
                estimate(now, 0.2 * now.abs())
            } else {
                Estimate::EMPTY
            },
            lead: estimate(0.015, 0.004),
        }
    });
    let has_lead = !matches!(verdict, Verdict::NoEffect);
    Feedback {
        course: course.collect(),
        question: FeedbackQuestion {
            analysis: 3,
            firm: "coach".to_owned(),
            outcome: FeedbackOutcome::ValueCreated,
            period: 20,
            observations: 1.0,
            periods: 300,
        },
        lead: Trend {
            verdict,
            early: (20, 30),
            late: (246, 299),
            ratio: if has_lead {
                estimate(1.4, 0.2)
            } else {
                Estimate::EMPTY
            },
            growth: Estimate::EMPTY,
            time: Estimate::EMPTY,
        },
        at_home: estimate(10.0, 2.0),
        others: estimate(30.0, 4.0),
    }
}

#[test]
fn no_text_of_feedback_is_cut_off_or_covers_another() {
    let verdicts = [
        Verdict::Compounds,
        Verdict::Keeps,
        Verdict::Dissipates,
        Verdict::Undecided,
        Verdict::NoEffect,
    ];
    for theme in ChartTheme::ALL {
        for language in Language::ALL {
            for verdict in verdicts {
                for factor in [0.4, 1.0, 5.7, 123.4, f64::NAN] {
                    let drawn = feedback(&scenario(theme, language), verdict, factor);
                    let name = format!("{theme:?} {language:?} {verdict:?} {factor}");
                    check_texts(&name, &drawn).unwrap();
                    assert!(!drawn.svg().contains("NaN"), "{name}");
                }
            }
        }
    }
}

#[test]
fn what_comes_back_stands_in_the_title_and_who_it_is_due_to_below() {
    let drawn = feedback(
        &scenario(ChartTheme::Screen, Language::En),
        Verdict::Compounds,
        5.7,
    );
    assert_eq!(drawn.name(), "feedback-3");
    let all = words_of(&drawn);
    assert!(
        all.contains("A unit of value from knowing better has become 5.7"),
        "{all}"
    );
    assert!(
        all.contains("25% come from customers who were there"),
        "{all}"
    );
    assert!(all.contains("The lead compounds"), "{all}");
}
