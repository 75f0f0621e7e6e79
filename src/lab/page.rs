//! What the browser shows: one page, its style, and the modules of its script; those of the charts are the report's.

use std::collections::BTreeMap;

use super::words::Words;
use crate::report::live;
use crate::scenario::Language;

const PAGE: &str = include_str!("page.html");
const STYLE: &str = include_str!("style.css");
/// The modules of the script, but for those that charts share with the report.
pub(super) const SCRIPT: [(&str, &str); 11] = [
    ("answer.js", include_str!("script/answer.js")),
    ("asking.js", include_str!("script/asking.js")),
    ("changes.js", include_str!("script/changes.js")),
    ("hands.js", include_str!("script/hands.js")),
    ("keeping.js", include_str!("script/keeping.js")),
    ("lesson.js", include_str!("script/lesson.js")),
    ("play.js", include_str!("script/play.js")),
    ("predict.js", include_str!("script/predict.js")),
    ("pictures.js", include_str!("script/pictures.js")),
    ("room.js", include_str!("script/room.js")),
    ("main.js", include_str!("script/main.js")),
];

/// A file of the page: its kind, and what it holds.
pub(super) fn file(
    path: &str,
    query: Option<&str>,
    usual: Language,
) -> Option<(&'static str, String)> {
    const MODULE: &str = "text/javascript; charset=utf-8";
    if path == "/" {
        let asked = query.and_then(|query| query.strip_prefix("lang="));
        let language =
            asked.and_then(|code| Language::ALL.into_iter().find(|one| one.name() == code));
        return Some(("text/html; charset=utf-8", page(language.unwrap_or(usual))));
    }
    if path == "/style.css" {
        return Some(("text/css; charset=utf-8", style()));
    }
    let of = |all: &[(&'static str, &'static str)], name: &str| {
        let found = all.iter().find(|(known, _)| *known == name);
        found.map(|(_, text)| (MODULE, (*text).to_owned()))
    };
    match path.split_at_checked(8)? {
        ("/report/", name) => of(&live::SCRIPT, name),
        _ => of(&SCRIPT, path.strip_prefix("/lab/")?),
    }
}

/// How it looks.
pub(super) fn style() -> String {
    format!("{}\n{STYLE}", live::STYLE)
}

/// The page in a language.
pub(super) fn page(language: Language) -> String {
    let words = Words::of(language);
    let mut all: BTreeMap<String, &str> = live::script_words(language);
    all.extend(words.of_script());
    let json = serde_json::to_string(&all).unwrap_or_default();
    let languages = Language::ALL.into_iter().map(|one| {
        let chosen = if one == language { " selected" } else { "" };
        let (code, name) = (one.name(), Words::of(one).say("language"));
        format!("<option value=\"{code}\" lang=\"{code}\"{chosen}>{name}</option>")
    });
    let languages: String = languages.collect();
    live::fill(PAGE, |name| match name {
        "language" => language.name().to_owned(),
        "languages" => languages.clone(),
        "words" => live::escape_json(&json),
        key => live::escape(all.get(key).copied().unwrap_or_default()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The whole page: its document, its style and all modules.
    fn all(language: Language) -> Vec<(String, String)> {
        let names = live::SCRIPT
            .iter()
            .map(|(name, _)| format!("/report/{name}"));
        let names = names.chain(SCRIPT.iter().map(|(name, _)| format!("/lab/{name}")));
        let names = names.chain(["/".to_owned(), "/style.css".to_owned()]);
        let read = |name: String| {
            let (_, text) =
                file(&name, None, language).unwrap_or_else(|| panic!("{name} is there"));
            (name, text)
        };
        names.map(read).collect()
    }

    #[test]
    fn the_page_is_light_and_loads_nothing_from_elsewhere() {
        for language in Language::ALL {
            let files = all(language);
            let weight: usize = files.iter().map(|(_, text)| text.len()).sum();
            assert!(weight < 400_000, "{weight} bytes");
            for (name, text) in files {
                let links = text.replace("http://www.w3.org/2000/svg", "");
                assert!(
                    !links.contains("http://") && !links.contains("https://"),
                    "{name}"
                );
            }
        }
    }

    #[test]
    fn nothing_that_the_policy_forbids_is_in_the_page() {
        let (_, page) = file("/", Some("lang=nl"), Language::En).expect("the page");
        assert!(page.contains("lang=\"nl\"") && !page.contains("{{"));
        for forbidden in [" style=", " onclick=", "<style", "javascript:"] {
            assert!(!page.contains(forbidden), "{forbidden}");
        }
        let scripts: Vec<&str> = page.split("<script").skip(1).collect();
        let sound =
            |tag: &&str| tag.starts_with(" type=\"application/json\"") || tag.contains("src=");
        assert!(scripts.iter().all(sound), "{scripts:?}");
    }

    #[test]
    fn every_import_is_of_a_module_that_there_is() {
        for (name, text) in all(Language::En) {
            for line in text.lines().filter(|line| line.starts_with("import ")) {
                let from = line.split('"').nth(1).expect("a path");
                let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
                let path = match from.strip_prefix("../") {
                    Some(rest) => format!("/{rest}"),
                    None => format!("{folder}/{}", from.trim_start_matches("./")),
                };
                assert!(
                    file(&path, None, Language::En).is_some(),
                    "{name} imports {from}"
                );
            }
        }
        for missing in ["/x", "/lab/../mod.rs", "/report/", "/lab/", "//", "/é"] {
            assert!(file(missing, None, Language::En).is_none(), "{missing}");
        }
    }
}
