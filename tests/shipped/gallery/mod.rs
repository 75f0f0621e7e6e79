//! The gallery: `docs/gallery.md` shows every kind of chart as the commands beside them draw it.
//!
//! To write page and pictures anew: `cargo test --test shipped gallery -- --ignored`.

mod list;
mod page;
mod readme;
mod session;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use list::SESSIONS;

fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs")
}

#[test]
fn the_gallery_shows_what_its_commands_draw() {
    let advice = "write it again: cargo test --test shipped gallery -- --ignored";
    let drawn = session::draw_all(SESSIONS);
    let mut shown = BTreeSet::new();
    for picture in &drawn {
        let stored = fs::read_to_string(docs().join(picture.path())).unwrap_or_default();
        assert!(
            stored == picture.svg,
            "docs/{} is stale; {advice}",
            picture.path()
        );
        shown.insert(picture.file());
    }
    let page = fs::read_to_string(docs().join("gallery.md")).unwrap_or_default();
    assert!(
        page == page::write(SESSIONS, &drawn),
        "docs/gallery.md is stale; {advice}"
    );
    // nothing else is left over from earlier
    let stored = fs::read_dir(docs().join("gallery")).expect("the pictures");
    let stored = stored.map(|entry| {
        entry
            .expect("a file")
            .file_name()
            .into_string()
            .expect("a plain name")
    });
    let left: Vec<String> = stored
        .filter(|name| name.ends_with(".svg") && !shown.contains(name))
        .collect();
    assert!(
        left.is_empty(),
        "docs/gallery holds pictures that nobody shows: {left:?}"
    );
}

#[test]
#[ignore = "writes docs/gallery.md and its pictures"]
fn write_the_gallery() {
    let drawn = session::draw_all(SESSIONS);
    for entry in fs::read_dir(docs().join("gallery")).expect("the folder") {
        let path = entry.expect("a file").path();
        if path.extension().is_some_and(|it| it == "svg") {
            fs::remove_file(path).expect("an old picture goes");
        }
    }
    for picture in &drawn {
        fs::write(docs().join(picture.path()), &picture.svg).expect("space");
    }
    fs::write(docs().join("gallery.md"), page::write(SESSIONS, &drawn)).expect("space");
}
