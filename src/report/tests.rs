//! Pages of made-up runs: complete, closed against what scenarios hold, and small.

use super::*;
use crate::analysis::{
    AxisValue, Estimate, Quantity, SweepAxis, SweepFirm, SweepPoint, SweepResults,
};
use crate::chart::draw_all;
use crate::chart::samples::Sample;
use crate::scenario::Override;

/// The page of a made-up run with all its charts.
fn page(sample: &Sample, change: impl Fn(&mut Scenario)) -> String {
    let mut scenario = sample.scenario();
    change(&mut scenario);
    let results = sample.results();
    let figures = draw_all(&scenario, &results);
    Report {
        scenario: &scenario,
        language: scenario.chart_style.language,
        findings: &Findings::Series(Box::new(results)),
        variants: None,
        hypotheses: None,
        pictures: &figures,
    }
    .to_html()
}

/// The parts of a page between the tags of an element.
fn elements<'a>(page: &'a str, tag: &str) -> Vec<&'a str> {
    let (open, close) = (format!("<{tag}"), format!("</{tag}>"));
    let parts = page.split(open.as_str()).skip(1);
    parts
        .map(|part| part.split(close.as_str()).next().unwrap_or_default())
        .collect()
}

#[test]
fn the_story_is_told_in_order() {
    let page = page(&Sample::four(), |scenario| {
        scenario.description = "Who **wins**?".to_owned();
    });
    let ids = [
        "question", "who", "happened", "why", "change", "settings", "again",
    ];
    let places: Vec<usize> = ids
        .iter()
        .map(|id| page.find(&format!("<section id=\"{id}\"")).expect(id))
        .collect();
    assert!(places.is_sorted(), "{places:?}");
    for id in ids {
        assert!(page.contains(&format!("<li><a href=\"#{id}\">")), "{id}");
    }
    for words in [
        "Who <strong>wins</strong>?",
        "automatic-execution",
        "flywheel run scenario.toml",
        env!("CARGO_PKG_VERSION"),
    ] {
        assert!(page.contains(words), "{words}");
    }
    assert!(
        !page.contains("{{"),
        "a place of the template is not filled"
    );
}

#[test]
fn every_chart_has_its_place_and_its_numbers() {
    let page = page(&Sample::four(), |_| ());
    let json = page
        .split("id=\"data\">")
        .nth(1)
        .expect("there are numbers");
    let json = json.split("</script>").next().unwrap_or_default();
    let data: serde_json::Value = serde_json::from_str(json).expect("the numbers are JSON");
    let charts = data["charts"].as_array().expect("charts");
    assert_eq!(charts.len(), 14);
    for chart in charts {
        let place = format!("class=\"chart\" data-chart={}", chart["id"]);
        assert_eq!(page.matches(&place).count(), 1, "{place}");
        for line in chart["lines"].as_array().expect("lines") {
            let found = ["quantities", "market"].iter().any(|kind| {
                let blocks = data[kind].as_array().expect("blocks of series");
                blocks.iter().any(|block| block["name"] == line["of"])
            });
            assert!(found, "{} has no numbers for {line}", chart["id"]);
        }
    }
    assert_eq!(data["periods"].as_array().map(Vec::len), Some(300));
    assert_eq!(
        data["quantities"][0]["series"].as_array().map(Vec::len),
        Some(4)
    );
}

#[test]
fn commands_are_the_same_in_every_shell() {
    let with = |lesson: &str, change: &str| {
        let change = Override::parse(change).unwrap_or_else(|problems| panic!("{problems}"));
        Scenario::from_toml_with(lesson, "lesson.toml", "lesson", &[change])
            .unwrap_or_else(|problems| panic!("{problems}"))
    };
    for (name, text) in crate::course::LESSONS {
        let lesson = Scenario::from_toml(text).expect("a lesson");
        let all = lesson.variants.iter().flat_map(|variant| &variant.set);
        for change in all.map(|(path, value)| format!("{path}={value}")) {
            let option = super::html::set_option(&change);
            let word = option
                .strip_prefix("--set \"")
                .and_then(|word| word.strip_suffix('"'));
            let word = word.unwrap_or_else(|| panic!("{name}: {option}"));
            // nothing in it that one of the shells reads in its own way
            assert!(
                !word.contains(['"', '$', '`', '%', '!', '\\']),
                "{name}: {option}"
            );
            assert_eq!(with(text, word), with(text, &change), "{name}: {option}");
        }
    }
    let option = super::html::set_option("title=\"it's\"");
    assert_eq!(option, "--set \"title=\\\"it's\\\"\"");
}

#[test]
fn nothing_of_a_scenario_becomes_markup() {
    let bad =
        "</script><script>alert('x')</script><img src=x onerror=alert(1)> & \"quoted\" {{data}}";
    let mut sample = Sample::four();
    sample.title = bad.to_owned();
    sample.firms[1] = bad.to_owned();
    let clean = page(&Sample::four(), |_| ());
    let page = page(&sample, |scenario| {
        scenario.name = bad.to_owned();
        scenario.description = bad.to_owned();
        scenario.populations[0].name = bad.to_owned();
        scenario
            .experiences
            .insert(bad.to_owned(), scenario.experiences[0].clone());
        scenario.firms[2].experience = crate::scenario::ExperienceRule::Fixed(bad.to_owned());
    });
    for tag in ["script", "img", "style", "noscript", "section"] {
        assert_eq!(
            elements(&page, tag).len(),
            elements(&clean, tag).len(),
            "<{tag}>"
        );
    }
    assert!(!page.contains("<img"), "a picture would be loaded");
    assert!(page.contains("&lt;script&gt;alert(&#39;x&#39;)"));
}

#[test]
fn the_page_loads_nothing() {
    let page = page(&Sample::four(), |_| ());
    assert!(page.contains("default-src 'none'"));
    for part in [
        " src=",
        "@import",
        "<link",
        "<iframe",
        "fetch(",
        "XMLHttpRequest",
    ] {
        assert!(!page.contains(part), "{part}");
    }
    // addresses are names of formats and nothing else
    let addresses: Vec<&str> = page
        .split("http")
        .skip(1)
        .filter(|rest| rest.starts_with("://") || rest.starts_with("s://"))
        .filter(|rest| !rest.starts_with("://www.w3.org/2000/svg"))
        .map(|rest| &rest[..rest.len().min(40)])
        .collect();
    assert_eq!(addresses, Vec::<&str>::new());
}

#[test]
fn eight_firms_over_300_periods_take_less_than_6_mb() {
    let page = page(&Sample::long_names(), |_| ());
    assert!(page.len() < 6_000_000, "{} bytes", page.len());
    // and very long runs are thinned
    let long = Sample {
        periods: 20_000,
        ..Sample::firms(16)
    };
    let scenario = long.scenario();
    let report = Report {
        scenario: &scenario,
        language: scenario.chart_style.language,
        findings: &Findings::Series(Box::new(long.results())),
        variants: None,
        hypotheses: None,
        pictures: &[],
    };
    let page = report.to_html();
    assert!(page.len() < 6_000_000, "{} bytes", page.len());
}

#[test]
fn equal_runs_give_equal_bytes() {
    assert_eq!(page(&Sample::four(), |_| ()), page(&Sample::four(), |_| ()));
}

/// What a reader sees of a page: all but its styles, the program of its script, and what is code.
fn seen(page: &str) -> String {
    let (before, after) = page.split_once("<style>").expect("a style");
    let after = after.split_once("</style>").expect("its end").1;
    let (text, program) = after.split_once("<script>\n").expect("a script");
    let rest = program.split_once("</script>").expect("its end").1;
    let whole = [before, text, rest].concat();
    // the key of a number, which nobody reads
    let whole = whole.replace("\"replicates\":", "");
    let mut pieces = whole.split("<code");
    let first = pieces.next().unwrap_or_default().to_owned();
    let after_code = |piece: &str| piece.split_once("</code>").expect("its end").1.to_owned();
    pieces.fold(first, |seen, piece| seen + &after_code(piece))
}

#[test]
fn nothing_is_said_in_english_on_a_page_in_another_language() {
    let english = Words::of(Language::En);
    for language in [Language::Es, Language::Nl] {
        let mut sample = Sample::four();
        sample.title = String::new();
        sample.entries = vec![0, 100];
        sample.style.language = language;
        let change = |scenario: &mut Scenario| {
            scenario.simulation.seed = 7;
            scenario.simulation.replicates = 100;
            scenario.populations[0].agency.mean = 0.2;
            scenario.firms[1].learning.individual = false;
            scenario.experiences["respond-to-desire"].support.respond = 1.0;
        };
        let page = seen(&page(&sample, change));
        assert!(page.contains(&format!("<html lang=\"{}\">", Words::of(language).code())));
        let mut compared = 0;
        for (key, text) in english.all() {
            // the pieces between placeholders, so far as they are long enough to be told from other words
            let pieces = text.split(['{', '}']).step_by(2).map(str::trim);
            for piece in pieces.filter(|piece| piece.len() >= 10) {
                let own = Words::of(language).say(key).contains(piece);
                assert!(own || !page.contains(piece), "{language:?}, {key}: {piece}");
                compared += 1;
            }
        }
        assert!(compared > 100, "{compared}");
        assert!(
            page.contains("40,") && !page.contains("0.9</td>"),
            "decimal commas"
        );
    }
}

#[test]
fn a_lone_firm_has_no_contest() {
    let page = page(&Sample::firms(1), |_| ());
    assert!(!page.contains("data-chart=\"advantage\""));
    assert!(page.contains("data-chart=\"fit\""));
}

#[test]
fn unfinished_runs_say_so() {
    let mut sample = Sample::four();
    sample.replicates = 7;
    let unfinished = page(&sample, |scenario| scenario.simulation.replicates = 20);
    assert!(unfinished.contains("7 of 20 replicates"));
    let finished = page(&sample, |scenario| scenario.simulation.replicates = 7);
    assert!(!finished.contains("Not finished"));
}

/// The results of a sweep over one axis, or of one point without any.
fn points(axes: Vec<SweepAxis>, values: &[f64]) -> SweepResults {
    let estimate = |mean: f64| Estimate {
        mean,
        low: mean - 0.01,
        high: mean + 0.01,
        standard_deviation: 0.02,
        count: 20,
    };
    let firms = |share: f64| {
        let firm = |(name, share): (&str, f64)| SweepFirm {
            name: name.to_owned(),
            summary: vec![estimate(share); Quantity::SUMMARY.len()],
            spreads: Vec::new(),
        };
        [("firm-1", share), ("firm-2", 1.0 - share)]
            .map(firm)
            .into()
    };
    let point = |&value: &f64| SweepPoint {
        number: 0,
        figures: Vec::new(),
        values: axes.iter().map(|_| AxisValue::Number(value)).collect(),
        firms: firms(value),
    };
    let points = values.iter().map(point).collect();
    SweepResults {
        replicates: 20,
        axes,
        points,
        grid: true,
    }
}

#[test]
fn sweeps_show_their_points_and_charts() {
    let axis = SweepAxis {
        key: "market.friction.request".to_owned(),
        label: "Effort of <choosing>".to_owned(),
        values: Vec::new(),
    };
    let results = points(vec![axis], &[0.1, 0.25]);
    let scenario = Sample::firms(2).scenario();
    let figures = crate::chart::sweep::draw_all(&scenario, &results);
    assert!(!figures.is_empty());
    let page = Report {
        scenario: &scenario,
        language: scenario.chart_style.language,
        findings: &Findings::Points(results),
        variants: None,
        hypotheses: None,
        pictures: &figures,
    }
    .to_html();
    for words in [
        "Effort of &lt;choosing&gt;",
        "<td>25.0 ± 1.0</td>",
        figures[0].svg(),
        "2 points",
    ] {
        assert!(page.contains(words), "{words}");
    }
    assert!(!page.contains("id=\"happened\""));
    assert!(page.contains(">null</script>"));
}

#[test]
fn thinned_runs_still_tell_their_outcome() {
    let results = points(Vec::new(), &[0.3]);
    let scenario = Sample::firms(2).scenario();
    let page = Report {
        scenario: &scenario,
        language: scenario.chart_style.language,
        findings: &Findings::Points(results),
        variants: None,
        hypotheses: None,
        pictures: &[],
    }
    .to_html();
    assert!(page.contains("id=\"happened\""));
    assert!(page.contains("70.0 ± 1.0%"), "the outcome lists shares");
    assert!(!page.contains("<figure class=\"chart\""));
}
