//! `flywheel chart` on runs that were stopped: it draws all that there is, and says what there is not.

use flywheel::analysis::kind::AnalysisKind;
use flywheel::experiment::{Cancel, Folder, Manifest, Observer, Runner, Stage, Status, Work};
use flywheel::run::{self, Options, PictureFormat};
use flywheel::scenario::Scenario;

use super::{Place, town};

/// A sensitivity analysis needs one.
const SWEEP: &str = r#"
[sweep]
design = "sobol"
samples = 2
[[sweep.axes]]
key = "market.friction.recognize"
range = { from = 0.0, to = 0.1 }
"#;

/// What a calibration is asked of.
const CALIBRATE: &str = r#"
[calibrate]
samples = 128
[[calibrate.parameters]]
key = "populations.*.awareness"
range = { from = 0.2, to = 0.9 }
[[calibrate.parameters]]
key = "populations.*.choice_noise"
range = { from = 0.02, to = 0.4, scale = "log" }
[[calibrate.observed]]
statistic = "dispersion"
from = 0
to = 16
value = 1.2
[[calibrate.observed]]
statistic = "share"
firm = "shop"
from = 2
to = 5
value = 0.6
"#;

/// A question of a kind; a new kind needs one here.
fn question(kind: AnalysisKind) -> String {
    let asked = match kind.name() {
        "sensitivity" => "firm = \"coach\"\nmethod = \"morris\"\nsamples = 4",
        "game" => "strategies = [\"respond-to-desire\", \"coach-behavior\"]\nat_most = 2",
        "feedback" | "amplification" => "firm = \"coach\"\nperiod = 4",
        "loop" => "firm = \"coach\"\nperiod = 4\nwindow = 4",
        "calibration" => CALIBRATE,
        "sources" => "firm = \"coach\"\nexperiences = []",
        other => panic!("no question of kind {other}"),
    };
    format!("[[analyses]]\nkind = \"{}\"\n{asked}\n", kind.name())
}

/// Asks to stop as soon as an analysis begins.
struct StopAt<'a> {
    analysis: u32,
    cancel: &'a Cancel,
}

impl Observer for StopAt<'_> {
    fn begin(&mut self, stage: Stage) {
        if stage.work == Work::Analysis(self.analysis) {
            self.cancel.cancel();
        }
    }
}

/// Runs the scenario into `output`, until an analysis begins; number 0 does not.
fn run_until(place: &Place, scenario: &Scenario, analysis: u32) {
    let folder = Folder::prepare(&place.path("output"), scenario).expect("a folder");
    let pool = rayon::ThreadPoolBuilder::new().num_threads(2).build();
    let (pool, cancel) = (pool.expect("threads"), &Cancel::default());
    let runner = Runner {
        pool: &pool,
        cancel,
    };
    let options = Options {
        pictures: vec![PictureFormat::Svg],
        ..Options::default()
    };
    let observer = &mut StopAt { analysis, cancel };
    run::run(scenario, &folder, &options, runner, observer).expect("it runs");
    let manifest = Manifest::read(&place.path("output/asked")).expect("a manifest");
    assert_eq!(manifest.status == Status::Interrupted, analysis > 0);
}

#[test]
fn every_kind_of_analysis_is_drawn_again_or_told_to_be_missing() {
    let place = Place::empty();
    let kinds = AnalysisKind::ALL;
    let questions: String = kinds.iter().copied().map(question).collect();
    let text = town("asked", [60, 16, 2], &format!("{SWEEP}{questions}"));
    let scenario = Scenario::from_toml(&text).expect("it is valid");
    let charts_of = |kind: AnalysisKind| {
        let names = place.names("output/asked/charts").into_iter();
        let own = names.filter(|name| name.starts_with(kind.name()));
        own.collect::<Vec<_>>()
    };
    let told = |kind: AnalysisKind| {
        format!(
            "no charts of the analyses of kind {}, for there",
            kind.name()
        )
    };
    // one run goes on where the one before was stopped
    for (done, number) in (1..).take(kinds.len()).enumerate() {
        run_until(&place, &scenario, number);
        let before = place.files("output/asked/charts");
        let again = place.flywheel("chart output/asked --charts svg").ends(0);
        assert_eq!(place.files("output/asked/charts"), before);
        assert!(before.contains_key("sweep-share.svg"));
        for (position, &kind) in kinds.iter().enumerate() {
            let is_done = position < done;
            assert_eq!(again.stderr.contains(&told(kind)), !is_done, "{kind:?}");
            assert_eq!(charts_of(kind).is_empty(), !is_done, "{kind:?}");
        }
    }
    run_until(&place, &scenario, 0);
    let whole = place.files("output/asked/charts");
    let again = place.flywheel("chart output/asked --charts svg").ends(0);
    assert_eq!(again.stderr, "");
    assert_eq!(place.files("output/asked/charts"), whole);
    for &kind in kinds {
        assert!(!charts_of(kind).is_empty(), "{kind:?}");
    }
}
