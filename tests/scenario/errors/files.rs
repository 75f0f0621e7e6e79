//! Texts that are no TOML, and files that cannot be read.
//!
//! Messages name the path as it was given, so the folder of the test is replaced by `.`.

use std::path::{Path, PathBuf};

use flywheel::scenario::{Scenario, scenario_files};
use tempfile::TempDir;

use crate::errors::{mistakes, problems};

/// A folder with these files, and what loading one of them says.
fn load(files: &[(&str, &[u8])], name: &str) -> String {
    let folder = folder(files);
    let shown = Scenario::load(&folder.path().join(name), &[]).map(|_| ());
    relative(&shown.expect_err("a problem").to_string(), folder.path())
}

/// What finding the scenarios of a path says.
fn find(files: &[(&str, &[u8])], name: &str) -> String {
    let folder = folder(files);
    let shown = scenario_files(&[folder.path().join(name)]);
    relative(&shown.expect_err("a problem").to_string(), folder.path())
}

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, content) in files {
        let path: PathBuf = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(path, content).expect("a file");
    }
    folder
}

fn relative(text: &str, folder: &Path) -> String {
    let folder = folder.display().to_string();
    text.replace(&folder, ".").replace('\\', "/")
}

mistakes! {
    toml_broken: problems("[[populations]\nname = \"p\"\n[[firms]]\nname = \"f\nexperience = \n");
    toml_key_twice: problems("[simulation]\nperiods = 10\nperiods = 20\n");
    toml_table_twice: problems("[market]\nequal_start = true\n[market]\ndata_pooling = true\n");
    toml_quotes_missing: problems("title = Four firms\nname = market\n");
    toml_comma_for_point: problems("[market]\nfit_tolerance = 0,5\n");
    file_empty: load(&[("empty.toml", b"")], "empty.toml");
    file_of_comments: load(&[("comments.toml", b"# nothing yet\n\n# really\n")], "comments.toml");
    file_missing: load(&[("latecomer.toml", b"")], "late-comer.toml");
    file_missing_with_folder: load(&[], "scenarois/latecomer.toml");
    file_is_a_folder: load(&[("x.toml/inner.toml", b"")], "x.toml");
    file_not_utf8: load(&[("latin.toml", b"title = \"ok\"\ndescription = \"Z\xfcrich\"\n")], "latin.toml");
    file_name_with_blank: load(
        &[("my market.toml", b"[[populations]]\nname = \"p\"\n[[firms]]\nname = \"f\"\nexperience = \"coach-behavior\"\n")],
        "my market.toml"
    );
    folder_without_scenarios: find(&[("plans/notes.txt", b""), ("plans/sub/a.toml", b"")], "plans");
    folder_missing: find(&[("scenarios/a.toml", b"")], "scenario");
}

#[test]
fn a_folder_gives_its_scenarios_sorted() {
    let folder = folder(&[
        ("b.toml", b""),
        ("a.toml", b""),
        ("c.txt", b""),
        ("sub/d.toml", b""),
    ]);
    let files = scenario_files(&[folder.path().to_owned(), folder.path().join("c.txt")]);
    let names = files
        .expect("files")
        .into_iter()
        .map(|file| file.strip_prefix(folder.path()).expect("inside").to_owned());
    let expected = ["a.toml", "b.toml", "c.txt"].map(PathBuf::from);
    assert_eq!(names.collect::<Vec<_>>(), expected);
}

#[test]
#[cfg(unix)]
fn a_file_without_permission_says_so() {
    use std::os::unix::fs::PermissionsExt;

    let folder = folder(&[("secret.toml", b"name = \"secret\"")]);
    let path = folder.path().join("secret.toml");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o000)).expect("permissions");
    if std::fs::read(&path).is_ok() {
        return; // an administrator may read everything
    }
    let problems = Scenario::load(&path, &[])
        .expect_err("a problem")
        .to_string();
    assert!(problems.contains("permission denied"), "{problems}");
}
