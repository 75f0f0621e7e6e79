//! Pages of made-up runs: complete, closed against what scenarios hold, and small.

use super::*;
use crate::analysis::{AxisValue, Estimate, Quantity, SweepAxis, SweepFirm, SweepPoint};
use crate::chart::draw_all;
use crate::chart::samples::Sample;

/// The page of a made-up run with all its charts.
fn page(sample: &Sample, change: impl Fn(&mut Scenario)) -> String {
    let mut scenario = sample.scenario();
    change(&mut scenario);
    let results = sample.results();
    let figures = draw_all(&scenario, &results);
    let pictures: Vec<Picture> = figures.iter().map(Picture::from).collect();
    Report {
        scenario: &scenario,
        findings: Findings::Series(&results),
        pictures: &pictures,
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
    assert_eq!(charts.len(), 13);
    for chart in charts {
        let place = format!("data-chart={}", chart["id"]);
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
    let results = long.results();
    let scenario = long.scenario();
    let report = Report {
        scenario: &scenario,
        findings: Findings::Series(&results),
        pictures: &[],
    };
    let page = report.to_html();
    assert!(page.len() < 6_000_000, "{} bytes", page.len());
}

#[test]
fn equal_runs_give_equal_bytes() {
    assert_eq!(page(&Sample::four(), |_| ()), page(&Sample::four(), |_| ()));
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
        };
        [("firm-1", share), ("firm-2", 1.0 - share)]
            .map(firm)
            .into()
    };
    let point = |&value: &f64| SweepPoint {
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
    let picture = Picture {
        name: "sweep-share",
        svg: "<svg><title>sweep</title></svg>",
    };
    let page = Report {
        scenario: &scenario,
        findings: Findings::Points(&results),
        pictures: &[picture],
    }
    .to_html();
    for words in [
        "Effort of &lt;choosing&gt;",
        "<td>25.0 ± 1.0</td>",
        "<svg><title>sweep</title></svg>",
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
        findings: Findings::Points(&results),
        pictures: &[],
    }
    .to_html();
    assert!(page.contains("id=\"happened\""));
    assert!(page.contains("70.0 ± 1.0%"), "the outcome lists shares");
    assert!(!page.contains("<figure class=\"chart\""));
}
