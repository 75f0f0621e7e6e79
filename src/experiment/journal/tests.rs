//! A journal keeps what it was given, whatever happens to its file.

use super::*;
use crate::model::{Market, Plan};
use crate::scenario::{Firm, Population, Scenario};

fn scenario() -> Scenario {
    let population = Population {
        customers: 50,
        ..Population::named("town")
    };
    let mut scenario = Scenario::new("small")
        .population(population)
        .firm(Firm::new("shop", "respond-to-desire"))
        .firm(Firm::new("late", "coach-behavior"));
    scenario.simulation.periods = 3;
    scenario.firms[1].entry = 2;
    scenario
}

pub fn finished(replicate: u32) -> Finished {
    let scenario = scenario();
    let mut market = Market::new(&scenario, replicate).expect("a sound scenario");
    while !market.is_done() {
        market.step();
    }
    Finished::of(market.into_records(), &scenario)
}

pub fn key(replicate: u32) -> CellKey {
    let market = MarketKey::of(&Plan::new(&scenario()).expect("a sound scenario"));
    CellKey { replicate, market }
}

fn open(folder: &tempfile::TempDir) -> Journal {
    Journal::open(folder.path(), false).expect("a journal")
}

/// Appends replicates; where each of them ends.
fn append(journal: &Journal, replicates: impl IntoIterator<Item = u32>) -> Vec<u64> {
    let ends = replicates.into_iter().map(|replicate| {
        let finished = finished(replicate);
        let writer = &mut RecordWriter::new();
        journal
            .append(writer, key(replicate), &finished)
            .expect("space");
        journal.state().index.end
    });
    ends.collect()
}

fn kept(journal: &Journal, of: u32) -> Vec<u32> {
    let there = |replicate: &u32| journal.get(key(*replicate)).is_some();
    (0..of).filter(there).collect()
}

#[test]
fn cells_come_back_as_they_were() {
    let folder = tempfile::tempdir().expect("a folder");
    let journal = open(&folder);
    assert_eq!(journal.found(), Found::default());
    append(&journal, [2, 0]);
    drop(journal);
    let journal = open(&folder);
    assert_eq!((journal.found().cells, journal.found().damaged), (2, 0));
    for replicate in [0, 2] {
        let back = journal.get(key(replicate)).expect("the cell");
        assert_eq!(format!("{back:?}"), format!("{:?}", finished(replicate)));
    }
    assert!(journal.get(key(1)).is_none());
}

#[test]
fn a_journal_cut_off_anywhere_keeps_the_cells_before() {
    let folder = tempfile::tempdir().expect("a folder");
    let journal = open(&folder);
    let ends = append(&journal, 0..3);
    let path = journal.path().to_owned();
    drop(journal);
    let whole = std::fs::read(&path).expect("the file");
    for cut in (0..=whole.len() as u64).step_by(7) {
        std::fs::write(&path, &whole[..usize::try_from(cut).expect("small")]).expect("space");
        let journal = open(&folder);
        let whole = ends.iter().filter(|&&end| end <= cut).count();
        assert_eq!(journal.found().cells, whole, "cut at {cut}");
    }
}

#[test]
fn a_flipped_bit_anywhere_costs_one_cell_at_most_and_is_noticed() {
    let folder = tempfile::tempdir().expect("a folder");
    let journal = open(&folder);
    let ends = append(&journal, 0..4);
    let path = journal.path().to_owned();
    drop(journal);
    let whole = std::fs::read(&path).expect("the file");
    let mut places: Vec<usize> = (0..whole.len()).step_by(29).collect();
    // every byte of the first line, and of the headers before the second and the last record
    places.extend(0..FIRST_LINE.len() + record::HEADER);
    for end in [ends[0], ends[2]] {
        let end = usize::try_from(end).expect("small");
        places.extend(end..end + record::HEADER + CellKey::BYTES);
    }
    for (turn, place) in places.into_iter().enumerate() {
        let mut bytes = whole.clone();
        bytes[place] ^= 1 << (turn % 8);
        std::fs::write(&path, &bytes).expect("space");
        let journal = open(&folder);
        let hit = ends.iter().position(|&end| (place as u64) < end);
        let hit = hit.filter(|_| place >= FIRST_LINE.len());
        let others = (0..4).filter(|&cell| Some(cell as usize) != hit);
        assert_eq!(
            kept(&journal, 4),
            others.collect::<Vec<u32>>(),
            "byte {place}"
        );
        // the line is for readers alone
        let noticed = usize::from(hit.is_some());
        assert!(journal.found().damaged >= noticed, "byte {place}");
        // what is lost is written again, and the damage is told once
        append(&journal, hit.map(|cell| cell as u32));
        drop(journal);
        let journal = open(&folder);
        let found = journal.found();
        assert_eq!((found.cells, found.damaged), (4, 0), "byte {place}");
    }
}

#[test]
fn cells_of_another_market_go_when_the_run_is_over_and_not_before() {
    let folder = tempfile::tempdir().expect("a folder");
    append(&open(&folder), [0, 1]);
    let other = |replicate| {
        let mut scenario = scenario();
        scenario.firms[0].entry = 1;
        let market = MarketKey::of(&Plan::new(&scenario).expect("a sound scenario"));
        CellKey { replicate, market }
    };
    let journal = open(&folder);
    assert!(!journal.contains(other(0)));
    journal
        .append(&mut RecordWriter::new(), other(0), &finished(0))
        .expect("space");
    assert_eq!(open(&folder).found().cells, 3);
    journal.tidy().expect("space");
    assert_eq!((journal.keys().len(), open(&folder).found().cells), (1, 1));
    assert!(journal.get(other(0)).is_some());
    // what was of use stays, with all that a larger experiment may want again
    let journal = open(&folder);
    assert!(journal.contains(other(0)));
    append(&journal, [0]);
    journal.tidy().expect("space");
    assert_eq!(open(&folder).found().cells, 2);
}

#[test]
fn words_and_the_number_of_replicates_make_no_other_market() {
    let market = |change: fn(&mut Scenario)| {
        let mut scenario = scenario();
        change(&mut scenario);
        MarketKey::of(&Plan::new(&scenario).expect("a sound scenario"))
    };
    let same = market(|_| {});
    assert_eq!(same, market(|s| s.title = "Other words".to_owned()));
    assert_eq!(same, market(|s| s.name = "another".to_owned()));
    assert_eq!(same, market(|s| s.simulation.replicates = 77));
    assert_ne!(same, market(|s| s.simulation.seed = 77));
    assert_ne!(same, market(|s| s.simulation.periods = 4));
    assert_ne!(same, market(|s| s.simulation.record.every = 2));
    assert_ne!(same, market(|s| s.populations[0].need.rate = 0.31));
}

#[test]
fn cells_are_taken_over_once() {
    let (one, other) = (tempfile::tempdir(), tempfile::tempdir());
    let (one, other) = (one.expect("a folder"), other.expect("a folder"));
    let part = open(&one);
    append(&part, [3, 1]);
    let read = Journal::read(one.path()).expect("readable");
    let whole = open(&other);
    append(&whole, [1]);
    whole.take_over(&read).expect("space");
    whole.take_over(&read).expect("space");
    let length = |journal: &Journal| fs::metadata(journal.path()).expect("a file").len();
    assert_eq!(length(&whole), length(&part));
    drop(whole);
    let whole = open(&other);
    assert_eq!(whole.keys().len(), 2);
    // as text, for an empty value equals nothing
    let shown = |journal: &Journal| format!("{:?}", journal.get(key(3)).expect("the cell"));
    assert_eq!(shown(&whole), shown(&part));
}

#[test]
fn reading_changes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let part = open(&folder);
    append(&part, [0]);
    let mut bytes = fs::read(part.path()).expect("the file");
    bytes.extend(b"half a record");
    fs::write(part.path(), &bytes).expect("space");
    let read = Journal::read(folder.path()).expect("readable");
    assert_eq!((kept(&read, 2), read.found().damaged), (vec![0], 1));
    append(&read, [1]);
    read.tidy().expect("nothing to do");
    assert_eq!(fs::read(part.path()).expect("the file"), bytes);
}

#[test]
#[cfg(unix)]
fn a_link_is_not_written_through() {
    let folder = tempfile::tempdir().expect("a folder");
    let elsewhere = folder.path().join("precious");
    std::fs::write(&elsewhere, "as it was").expect("space");
    let link = folder.path().join(JOURNAL);
    std::os::unix::fs::symlink(&elsewhere, &link).expect("a link");
    for fresh in [false, true] {
        let error = Journal::open(folder.path(), fresh).expect_err("a link");
        assert!(
            error.to_string().contains("a link to another place"),
            "{error}"
        );
    }
    assert_eq!(std::fs::read(&elsewhere).expect("there"), b"as it was");
}
