//! The lab as one file: the page, its engine as a module of WebAssembly, and scenarios. A browser opens it from wherever it lies,
//! a memory stick or a learning platform; it asks nobody for anything.

use std::collections::BTreeMap;

use serde_json::json;
use thiserror::Error;

use super::bench::Bench;
use super::page::{self, page};
use super::words::Words;
use crate::report::live;
use crate::scenario::{Diagnostics, Scenario};

const PAGE: &str = include_str!("single.html");

/// What each worker of the page runs.
const ENGINE: &str = include_str!("script/engine.js");

/// Modules of the script that only such a page has.
const SCRIPT: [(&str, &str); 2] = [
    ("lab/alone.js", include_str!("script/alone.js")),
    ("lab/single.js", include_str!("script/single.js")),
];

/// The engine as a module, compressed by gzip, if there was one when the program was built.
#[cfg(web_module)]
const MODULE: Option<&[u8]> = Some(include_bytes!("flywheel.wasm.gz"));
#[cfg(not(web_module))]
const MODULE: Option<&[u8]> = None;

/// Why there is no such page.
#[derive(Debug, Error)]
pub enum SinglePageError {
    /// A scenario was built in code and is not valid.
    #[error(transparent)]
    Scenario(#[from] Diagnostics),
    /// The program was built without the module.
    #[error(
        "this program was built without the engine for pages, or with one older than its sources: in a copy of the sources, run .ci/web, \
         then build the program again"
    )]
    NoModule,
}

/// The lab of these scenarios as one page, in the language of the first.
///
/// # Errors
/// The program has no engine for pages, or a scenario is not valid.
pub fn single_page(scenarios: &[Scenario]) -> Result<String, SinglePageError> {
    let module = MODULE.ok_or(SinglePageError::NoModule)?;
    scenarios
        .iter()
        .try_for_each(|one| Bench::new(one).map(drop))?;
    Ok(filled(scenarios, module))
}

fn filled(scenarios: &[Scenario], module: &[u8]) -> String {
    let first = scenarios.first();
    let language = first.map_or_else(Default::default, |one| one.chart_style.language);
    let title = first.map_or("", |one| one.title.as_str());
    let files = scenarios.iter().map(|one| (&one.name, one.to_toml()));
    let files: Vec<(&String, String)> = files.collect();
    let safe = |json: serde_json::Value| live::escape_json(&json.to_string());
    live::fill(PAGE, |name| match name {
        "language" => language.name().to_owned(),
        "version" => env!("CARGO_PKG_VERSION").to_owned(),
        "title" => live::escape(title),
        "style" => page::style(),
        "pages" => safe(json!(bodies())),
        "scenarios" => safe(json!(files)),
        "engine" => ENGINE.to_owned(),
        "module" => base64(module),
        "imports" => safe(json!({"imports": imports()})),
        key => live::escape(Words::of(language).say(&format!("page.{key}"))),
    })
}

/// What the page shows, by language.
fn bodies() -> BTreeMap<&'static str, String> {
    let body = |language| {
        let whole = page(language);
        let (head, rest) = whole.split_once("<body class=\"lab\">").unwrap_or_default();
        let words = head.lines().find(|line| line.contains("id=\"words\""));
        let body = rest.split_once("</body>").map_or("", |(body, _)| body);
        words.unwrap_or_default().to_owned() + body
    };
    let languages = crate::scenario::Language::ALL.into_iter();
    languages.map(|one| (one.name(), body(one))).collect()
}

/// The modules of the script by name, as addresses that hold them: a page that lies in a folder can load no file.
fn imports() -> BTreeMap<String, String> {
    let report = live::SCRIPT
        .iter()
        .map(|(name, text)| (format!("report/{name}"), *text));
    let lab = page::SCRIPT
        .iter()
        .map(|(name, text)| (format!("lab/{name}"), *text));
    let own = SCRIPT
        .iter()
        .map(|(name, text)| ((*name).to_owned(), *text));
    let address = |(name, text): (String, &str)| {
        let folder = name.split_once('/').map_or("", |(folder, _)| folder);
        let text = text
            .replace("from \"../report/", "from \"report/")
            .replace("from \"./", &format!("from \"{folder}/"));
        let letters = base64(text.as_bytes());
        (name, format!("data:text/javascript;base64,{letters}"))
    };
    report.chain(lab).chain(own).map(address).collect()
}

/// Bytes in letters (RFC 4648).
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let byte = |place: usize| u32::from(three.get(place).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for place in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * place) & 63) as usize];
            text.push(if place > three.len() {
                '='
            } else {
                letter.into()
            });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_become_letters_as_everywhere() {
        let of = |text: &str| base64(text.as_bytes());
        let pairs = [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foobar", "Zm9vYmFy"),
        ];
        for (text, letters) in pairs {
            assert_eq!(of(text), letters);
        }
        assert_eq!(base64(&[0xfb, 0xff, 0xfe]), "+//+");
    }

    #[test]
    fn the_page_holds_all_that_it_needs_and_nothing_ends_it_early() {
        let text = "title = \"a </script><b>\"\n[[populations]]\nname = \"all\"\n\
                    [[firms]]\nname = \"shop\"\nexperience = \"respond-to-desire\"\n";
        let scenario = Scenario::from_toml(text).unwrap_or_else(|problems| panic!("{problems}"));
        let page = filled(&[scenario], b"module");
        assert!(page.contains(&base64(b"module")) && !page.contains("{{"));
        assert!(!page.contains("<b>"), "a title is no markup");
        // the seven elements that it begins are those that it ends
        assert_eq!(
            page.matches("<script").count(),
            page.matches("</script>").count()
        );
        assert_eq!(page.matches("<script").count(), 7);
        for body in bodies().values() {
            assert!(body.contains("id=\"words\"") && body.contains("id=\"keeping\""));
        }
        let imports = imports();
        let known = |name: &str| imports.contains_key(name);
        let sources = live::SCRIPT.iter().chain(&page::SCRIPT).chain(&SCRIPT);
        for (_, source) in sources {
            for line in source.lines().filter(|line| line.starts_with("import ")) {
                let from = line.split('"').nth(1).expect("a path");
                let file = from.rsplit('/').next().expect("a name");
                assert!(
                    known(&format!("lab/{file}")) || known(&format!("report/{file}")),
                    "{from}"
                );
            }
        }
    }
}
