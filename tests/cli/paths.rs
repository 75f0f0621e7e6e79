//! Which files a command means: patterns, folders, links, and what is not there.

use super::{MARKET, Place};

/// Windows' shells leave `*` and `?` to the program, and quotes do so everywhere.
#[test]
fn patterns_are_replaced_by_the_program() {
    let place = Place::empty();
    for name in ["one", "two", "three"] {
        place.write(&format!("markets/{name}.toml"), MARKET);
    }
    let outcome = place.flywheel("check markets/t*.toml").ends(0);
    let named: Vec<&str> = outcome.stdout.lines().map(|line| &line[..3]).collect();
    assert_eq!(named, ["thr", "two"]);
    let outcome = place.flywheel("check mark?ts/???.toml").ends(0);
    assert_eq!(outcome.stdout.lines().count(), 2);
    place
        .flywheel("check markets/x*.toml")
        .ends(2)
        .says(&["no file or folder markets/x*.toml"]);
    for part in 1..=2 {
        place
            .flywheel(&format!("run markets/one.toml -q --shard {part}/2"))
            .ends(0);
    }
    place
        .flywheel("merge whole output/one.part-*-of-2 -q --charts none")
        .ends(0);
    assert!(place.path("whole/one/summary.csv").is_file());
}

/// Settings of editors, and the marks that they leave beside open files.
#[test]
fn folders_pass_over_hidden_names() {
    let place = Place::empty();
    place.write("markets/one.toml", MARKET);
    place.write("markets/.taplo.toml", "no = \"scenario\"");
    place.write("markets/.#one.toml", "torn");
    let outcome = place.flywheel("check markets").ends(0);
    assert_eq!(outcome.stdout.lines().count(), 1);
    let outcome = place.flywheel("check markets/*").ends(0);
    assert_eq!(outcome.stdout.lines().count(), 1);
}

#[cfg(unix)]
#[test]
fn a_dangling_link_is_told() {
    let place = Place::empty();
    std::os::unix::fs::symlink("gone.toml", place.path("link.toml")).expect("a link");
    let words = [
        "link.toml is a link to gone.toml",
        "does not exist",
        "remove the link",
    ];
    place.flywheel("check link.toml").ends(2).says(&words);
}

/// Above the whole numbers of TOML, which `scenario.toml` could not hold.
#[test]
fn a_seed_that_toml_cannot_hold_is_refused() {
    let place = Place::with_market();
    for seed in ["9223372036854775808", "18446744073709551615"] {
        place
            .flywheel(&format!("run market.toml --seed {seed}"))
            .ends(2)
            .says(&["seed", "9223372036854775807"]);
        assert!(!place.path("output").exists());
    }
    place
        .flywheel("run market.toml -q --charts none --replicates 1 --seed 9223372036854775807")
        .ends(0);
}
