use super::*;
use crate::analysis::{VariantResults, Variants};
use crate::chart::{draw_all, samples::Sample};
use crate::scenario::{Answer, Change, Language, Variant};

fn answer(text: &str, comparison: &str) -> Answer {
    Answer {
        text: text.to_owned(),
        right_if: vec![comparison.to_owned()],
    }
}

fn lesson() -> Lesson {
    Lesson {
        objectives: Vec::new(),
        question: "Who <wins>?".to_owned(),
        answers: vec![
            answer("Nobody", "fit of firm-1 < 0"),
            answer("Everybody", "fit of firm-1 in period 0 > 0.1"),
        ],
        look: "The fit: {fit of firm-1 in period 0} at first".to_owned(),
        charts: vec!["share".to_owned(), "wheel".to_owned()],
        explanation: "It learns, **more** and more.".to_owned(),
        changes: vec![Change {
            variant: "blind".to_owned(),
            teaches: "Fit is {fit of firm-1}, it was {before: fit of firm-1}.".to_owned(),
        }],
    }
}

/// The page of a lesson in a made-up market, with the variant or without.
fn page(has_variant: bool) -> String {
    let sample = Sample::firms(2);
    let mut scenario = sample.scenario();
    scenario.lesson = Some(lesson());
    let blind = Variant {
        title: "It learns <nothing>".to_owned(),
        set: std::iter::once(("firms.*.learning.individual".to_owned(), false.into())).collect(),
        ..Variant::base("blind")
    };
    let results = sample.results();
    let figures = draw_all(&scenario, &results);
    let all = [
        (Variant::base("base"), None),
        (blind, Some(results.clone())),
    ];
    let all = all.map(|(variant, results)| VariantResults { variant, results });
    let variants = Variants {
        all: all.into(),
        comparisons: Vec::new(),
    };
    Report {
        scenario: &scenario,
        language: Language::En,
        findings: &Findings::Series(Box::new(results)),
        variants: has_variant.then_some(&variants),
        hypotheses: None,
        pictures: &figures,
    }
    .to_html()
}

#[test]
fn a_lesson_is_told_step_by_step_with_the_figures_of_its_runs() {
    let page = page(true);
    let steps = ["question", "look", "run", "answer", "change-1"];
    let places = steps.map(|id| page.find(&format!("<section id=\"{id}\" class=\"step")));
    assert!(
        places.iter().all(Option::is_some) && places.is_sorted(),
        "{places:?}"
    );
    for words in [
        "Who &lt;wins&gt;?",
        "Right: B.",
        "It learns, <strong>more</strong> and more.",
        "The fit: 0.4",
        "Change 1: It learns &lt;nothing&gt;",
        "<li class=\"right\"><b>B</b>",
        "data-chart=\"lesson-share\"",
        "data-chart=\"change-1-0\"",
        "data-chart=\"change-1-1\"",
    ] {
        assert!(page.contains(words), "{words}");
    }
    // the chart without an interactive version is in the step that tells of the whole run
    let pictures = page
        .split("<section id=\"pictures\"")
        .nth(1)
        .expect("a step");
    assert!(
        pictures
            .split("</section>")
            .next()
            .unwrap_or_default()
            .contains("data-figure=\"wheel")
    );
    // before the vote, nothing tells the answer
    let question = page
        .split("<section id=\"question\"")
        .nth(1)
        .expect("a step");
    let question = question.split("</section>").next().unwrap_or_default();
    assert!(!question.contains("right") && !question.contains("It learns,"));
}

#[test]
fn every_chart_of_a_lesson_has_its_numbers() {
    let page = page(true);
    let json = page.split("id=\"data\">").nth(1).expect("numbers");
    let json = json.split("</script>").next().unwrap_or_default();
    let data: serde_json::Value = serde_json::from_str(json).expect("JSON");
    let charts = data["charts"].as_array().expect("charts");
    let drawn = |id: &str| charts.iter().find(|chart| chart["id"] == id);
    assert!(drawn("lesson-share").is_some_and(|chart| chart["variant"].is_null()));
    for variant in [0, 1] {
        let chart = drawn(&format!("change-1-{variant}")).expect("a chart");
        assert_eq!(chart["variant"], variant);
        for line in chart["lines"].as_array().expect("lines") {
            let blocks = data["variants"][variant]["quantities"].as_array();
            let found = blocks.is_some_and(|all| all.iter().any(|one| one["name"] == line["of"]));
            assert!(found, "no numbers for {line}");
        }
    }
}

#[test]
fn a_lesson_whose_changes_were_not_run_is_only_asked() {
    let page = page(false);
    // its words stand in the listed scenario alone
    assert!(page.contains("Who &lt;wins&gt;?") && !page.contains("It learns, <strong>"));
    assert!(!page.contains("class=\"lesson\"") && !page.contains("Right: B"));
}
