//! What the documents and the shipped scenarios say holds for the program as it is.

use std::fs;
use std::path::{Path, PathBuf};

use flywheel::scenario::{Scenario, Selection, json_schema, presets, scenario_files};
use flywheel::table;
use serde_json::Value;

fn text(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let text = fs::read_to_string(&path);
    text.unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The code blocks of a document in a language.
fn blocks(document: &str, language: &str) -> Vec<String> {
    let fence = format!("```{language}\n");
    let parts = document.split(fence.as_str()).skip(1);
    parts
        .map(|part| part.split("```").next().unwrap_or_default().to_owned())
        .collect()
}

/// The first cells of the table rows in a section.
fn first_cells(document: &str, heading: &str) -> Vec<String> {
    let start = format!("\n## {heading}\n");
    let section = document.split(&start).nth(1).unwrap_or_default();
    let section = section.split("\n## ").next().unwrap_or_default();
    let rows = section.lines().filter_map(|line| line.strip_prefix("| `"));
    rows.filter_map(|row| row.split('`').next().map(str::to_owned))
        .collect()
}

fn shipped() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let experiments = folder.join("experiments");
    scenario_files(&[folder, experiments]).expect("the folders hold scenarios")
}

#[test]
fn every_column_is_described_in_its_order() {
    let document = text("docs/tables.md");
    for table in table::ALL {
        let columns: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
        assert_eq!(
            first_cells(&document, table.name),
            columns,
            "the section `{}` of docs/tables.md",
            table.name
        );
    }
}

/// The keys of a table of the schema and of the tables in it, as dotted paths, with their defaults.
fn keys(schema: &Value, definition: &str, prefix: &str, found: &mut Vec<(String, Value)>) {
    let properties = schema["$defs"][definition]["properties"].as_object();
    let properties = properties.unwrap_or_else(|| panic!("the schema describes {definition}"));
    for (key, value) in properties {
        let path = format!("{prefix}{key}");
        let inner = value["$ref"].as_str().unwrap_or_default();
        let inner = inner.trim_start_matches("#/$defs/");
        if schema["$defs"][inner]["properties"].is_object() {
            keys(schema, inner, &format!("{path}."), found);
        } else {
            found.push((path, value["default"].clone()));
        }
    }
}

/// The cells of a row of a Markdown table.
fn cells(row: &str) -> Vec<&str> {
    row.trim_matches('|').split('|').map(str::trim).collect()
}

#[test]
fn the_description_of_the_model_has_every_key_with_its_default() {
    let document = text("docs/ODD.md");
    let rows: Vec<Vec<&str>> = document
        .lines()
        .filter(|line| line.starts_with("| `"))
        .map(cells)
        .collect();
    let schema = json_schema();
    let mut found = Vec::new();
    for (definition, prefix) in [
        ("Simulation", "simulation."),
        ("Market", "market."),
        ("Population", ""),
        ("Experience", ""),
        ("Firm", ""),
    ] {
        keys(&schema, definition, prefix, &mut found);
    }
    assert!(found.len() > 50, "the schema has {} keys", found.len());
    for (path, default) in found {
        let key = format!("`{path}`");
        let row = rows.iter().find(|row| row[0].contains(&key));
        let row = row.unwrap_or_else(|| panic!("docs/ODD.md has no row for {key}"));
        let said = row[2].trim_matches('`');
        let agrees = match &default {
            Value::Number(number) => said.parse().ok() == number.as_f64(),
            Value::Bool(flag) => said == flag.to_string(),
            Value::String(word) => said.trim_matches('"') == word,
            // no default, or one in words
            _ => true,
        };
        assert!(
            agrees,
            "docs/ODD.md: {key} has default {said}, not {default}"
        );
    }
}

#[test]
fn the_description_of_the_model_has_the_presets() {
    let document = text("docs/ODD.md");
    for (name, preset) in presets() {
        let selection = match (preset.selection, preset.menu_size) {
            (Selection::Customer, _) => "customer".to_owned(),
            (Selection::Menu, size) => format!("menu of {}", size.unwrap_or(0)),
            (Selection::Firm, _) => "firm".to_owned(),
        };
        let start = format!("| {name} |");
        let is_preset = |row: &Vec<&str>| row.len() == 10 && row[5] == selection;
        let mut rows = document.lines().filter(|line| line.starts_with(&start));
        let row = rows.find_map(|line| Some(cells(line)).filter(is_preset));
        let row = row.unwrap_or_else(|| panic!("docs/ODD.md has no row for {name}"));
        let numbers: Vec<f64> = row.iter().filter_map(|cell| cell.parse().ok()).collect();
        let support = &preset.support;
        let expected = [
            support.recognize,
            support.request,
            support.respond,
            preset.control,
            preset.signal_noise,
            preset.false_alarm,
            preset.unit_cost,
            preset.eased_by_familiarity,
        ];
        assert_eq!(numbers, expected, "docs/ODD.md: the preset {name}");
    }
}

#[test]
fn shipped_scenarios_load_and_say_what_they_are_about() {
    let files = shipped();
    assert_eq!(files.len(), 16 + 11);
    for file in files {
        let name = file.display();
        let scenario = Scenario::load(&file, &[]).unwrap_or_else(|problems| panic!("{problems}"));
        assert!(scenario.warnings().is_empty(), "{name} has warnings");
        assert!(!scenario.title.is_empty(), "{name} has no title");
        let question = scenario.description.lines().next().unwrap_or_default();
        assert!(
            question.starts_with("**") && question.ends_with("?**"),
            "{name}: the description starts with the question in bold"
        );
    }
}

#[test]
fn every_shipped_scenario_is_listed_with_its_question() {
    let list = text("docs/shipped.md");
    for file in shipped() {
        let scenario = Scenario::load(&file, &[]).unwrap_or_else(|problems| panic!("{problems}"));
        let question = scenario.description.lines().next().unwrap_or_default();
        let row = format!("| `{}` | {} |", scenario.name, question.trim_matches('*'));
        assert!(list.contains(&row), "docs/shipped.md lacks the row {row}");
    }
}

#[test]
fn the_readme_is_short_and_the_rest_is_listed() {
    let readme = text("README.md");
    let lines = readme.lines().count();
    assert!(lines <= 150, "README.md has {lines} lines");
    let contents = text("docs/SUMMARY.md");
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs")).expect("docs/") {
        let name = entry.expect("an entry").file_name();
        let name = name.to_string_lossy();
        if name.ends_with(".md") && name != "SUMMARY.md" {
            let link = format!("]({name})");
            assert!(contents.contains(&link), "docs/SUMMARY.md lacks {name}");
        }
    }
}

/// Links to files and to headings in them lead somewhere.
#[test]
fn links_in_the_documents_lead_somewhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let docs = fs::read_dir(root.join("docs")).expect("docs/");
    let mut files: Vec<PathBuf> = docs.map(|entry| entry.expect("an entry").path()).collect();
    files.extend(["README.md", "CONTRIBUTING.md", "CHANGELOG.md"].map(|name| root.join(name)));
    files.retain(|path| path.extension().is_some_and(|ending| ending == "md"));
    let mut seen = 0;
    for file in &files {
        let document = fs::read_to_string(file).expect("a document");
        for link in document.split("](").skip(1) {
            let link = link.split(')').next().unwrap_or_default();
            if link.contains("://") || link.contains(char::is_whitespace) {
                continue;
            }
            seen += 1;
            let (path, heading) = link.split_once('#').unwrap_or((link, ""));
            let target = match path {
                "" => file.clone(),
                _ => file.parent().expect("a folder").join(path),
            };
            let shown = file.display();
            assert!(target.exists(), "{shown}: there is no {path}");
            if heading.is_empty() || target.extension().is_none_or(|ending| ending != "md") {
                continue;
            }
            let text = fs::read_to_string(&target).expect("a document");
            let found = text
                .lines()
                .any(|line| anchor(line).as_deref() == Some(heading));
            assert!(found, "{shown}: {path} has no heading #{heading}");
        }
    }
    assert!(seen > 60, "only {seen} links were found");
}

/// What a heading is linked by.
fn anchor(line: &str) -> Option<String> {
    let heading = line.trim_start_matches('#');
    if heading.len() == line.len() {
        return None;
    }
    let kept = heading.trim().to_lowercase().replace(' ', "-");
    let is_kept = |c: &char| c.is_alphanumeric() || "-_".contains(*c);
    Some(kept.chars().filter(is_kept).collect())
}

#[test]
fn scenarios_in_the_documents_load() {
    let docs = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs")).expect("docs/");
    let names = docs.map(|entry| entry.expect("an entry").file_name());
    let names = names.map(|name| format!("docs/{}", name.to_string_lossy()));
    let documents = names.filter(|name| name.ends_with(".md"));
    let mut seen = 0;
    for path in documents.chain(["README.md".to_owned()]) {
        for example in blocks(&text(&path), "toml") {
            seen += 1;
            if let Err(problems) = Scenario::from_toml(&example) {
                panic!("{path}:\n{example}\n{problems}");
            }
        }
    }
    assert!(seen > 20, "only {seen} scenarios were found");
}

/// The markets of `docs/values.md`: every row is a population that a scenario takes.
#[test]
fn advised_values_are_allowed() {
    let document = text("docs/values.md");
    let (_, table) = document
        .split_once("| market | period |")
        .expect("the table of markets");
    let mut rows = table.lines();
    let names = cells(rows.next().unwrap_or_default());
    let rows = rows.skip(1).take_while(|line| line.starts_with('|'));
    let mut seen = 0;
    for row in rows.map(cells) {
        seen += 1;
        assert_eq!(row.len(), names.len() + 2, "{}", row[0]);
        let keys = names.iter().zip(&row[2..]);
        let keys: Vec<String> = keys
            .map(|(name, value)| format!("{name} = {value}"))
            .collect();
        let keys = keys.join("\n");
        let market = format!(
            "[[populations]]\nname = \"all\"\n{keys}\n[[firms]]\nname = \"shop\"\nexperience = \"respond-to-desire\"\n"
        );
        if let Err(problems) = Scenario::from_toml(&market) {
            panic!("docs/values.md: {}:\n{problems}", row[0]);
        }
    }
    assert!(seen >= 8, "only {seen} markets were found");
}

#[test]
fn the_document_on_data_shows_the_scenario_that_is_shipped() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/calibration/purchases.toml");
    let scenario = Scenario::load(&file, &[]).unwrap_or_else(|problems| panic!("{problems}"));
    let calibrate = scenario.calibrate.expect("it has a log");
    assert!(calibrate.observed.len() > 50, "the statistics of the log");
    let shipped = fs::read_to_string(&file).expect("the scenario");
    let document = text("docs/calibration.md");
    let shown = document
        .split("\n    [calibrate]")
        .nth(1)
        .expect("what is asked");
    let shown = shown
        .lines()
        .take_while(|line| line.is_empty() || line.starts_with("    "));
    let shown: Vec<&str> = shown
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    assert!(shown.len() > 5, "{shown:?}");
    assert!(
        shown
            .iter()
            .all(|line| shipped.lines().any(|own| own == *line)),
        "{shown:?}"
    );
}
