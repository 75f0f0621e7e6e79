//! The page that leads to all reports of a folder of results.

use super::{MARKET, Place};

#[test]
fn several_runs_leave_a_page_that_leads_to_all_reports() {
    let place = Place::empty();
    place.write("set/a.toml", MARKET);
    place.write(
        "set/b.toml",
        &MARKET.replace("A shop and a coach", "Another"),
    );
    // one that was run before
    place.flywheel("run set/a.toml -q --charts none").ends(0);
    assert!(
        !place.path("output/index.html").exists(),
        "one report needs none"
    );
    place.flywheel("run set/b.toml -q --charts none").ends(0);
    let page = place.read("output/index.html");
    for part in [
        "<a href=\"a/report.html\">A shop and a coach</a>",
        "<a href=\"b/report.html\">Another</a>",
        "2 firms · 20 periods · 4 replicates",
        "lang=\"en\"",
    ] {
        assert!(page.contains(part), "{part}");
    }
    // the same again, in another language, and told to whoever runs several
    let told = place
        .flywheel("run set --charts none --language nl")
        .ends(0)
        .says(&["all reports: output/index.html"]);
    assert_eq!(told.status, Some(0));
    let page = place.read("output/index.html");
    assert!(page.contains("lang=\"nl\"") && page.contains("<h1>Rapporten</h1>"));
    // a part is no report
    place
        .flywheel("run set/a.toml -q -o parts --shard 1/2")
        .ends(0);
    place
        .flywheel("run set/a.toml -q -o parts --shard 2/2")
        .ends(0);
    assert!(!place.path("parts/index.html").exists());
}

#[test]
fn a_page_of_somebody_elses_stays() {
    let place = Place::empty();
    place.write("set/a.toml", MARKET);
    place.write("set/b.toml", MARKET);
    place.write("output/index.html", "mine");
    place.flywheel("run set -q --charts none").ends(0);
    assert_eq!(place.read("output/index.html"), "mine");
}
