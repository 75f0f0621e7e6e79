//! What CONTRIBUTING.md names is there.

use std::fs;
use std::path::Path;

#[test]
fn every_file_and_test_that_it_names_exists() {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(project.join("CONTRIBUTING.md")).expect("CONTRIBUTING.md");
    let mut named = 0;
    for code in text.split('`').skip(1).step_by(2) {
        let words: Vec<&str> = code.split(' ').collect();
        let roots = ["src/", "tests/", "docs/", "examples/", ".ci/", "schema/"];
        for path in words
            .iter()
            .filter(|word| roots.iter().any(|root| word.starts_with(root)))
        {
            // for every file of a kind, the folder
            let path = path.strip_suffix("*.toml").unwrap_or(path);
            assert!(project.join(path).exists(), "{path} is not there");
            named += 1;
        }
        // one module of a test program: a file or a folder
        if let Some(at) = words
            .iter()
            .position(|word| *word == "--test")
            .filter(|_| words[0] != "node")
        {
            let folder = project.join("tests").join(words[at + 1]);
            assert!(folder.join("main.rs").exists(), "{code}");
            if let Some(module) = words.get(at + 2).and_then(|test| test.split("::").next()) {
                let file = folder.join(format!("{module}.rs"));
                assert!(file.exists() || folder.join(module).is_dir(), "{code}");
            }
            named += 1;
        }
    }
    assert!(named > 30, "{named} places are named");
}
