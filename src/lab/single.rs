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
const SCRIPT: [(&str, &str); 3] = [
    ("lab/alone.js", include_str!("script/alone.js")),
    ("lab/unpack.js", include_str!("script/unpack.js")),
    ("lab/single.js", include_str!("script/single.js")),
];

/// The engine as a module, compressed by LZMA, if there was one when the program was built.
#[cfg(web_module)]
const MODULE: Option<&[u8]> = Some(include_bytes!("flywheel.wasm.lzma"));
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
        "module" => letters(module),
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
        let text = without_comments(text)
            .replace("from \"../report/", "from \"report/")
            .replace("from \"./", &format!("from \"{folder}/"));
        // an address leaves out line breaks, and ends at a hash
        let text = text
            .replace('%', "%25")
            .replace('#', "%23")
            .replace('\n', "%0A");
        (name, format!("data:text/javascript;charset=utf-8,{text}"))
    };
    report.chain(lab).chain(own).map(address).collect()
}

/// A module of the script as a machine reads it: without indentation, empty lines, and lines that are comments.
fn without_comments(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut in_comment = false;
    for line in text.lines().map(str::trim) {
        let begins =
            line.starts_with("/*") && line.find("*/").is_none_or(|end| end + 2 == line.len());
        let is_comment = in_comment || begins || line.starts_with("//") || line.is_empty();
        in_comment = (in_comment || begins) && !line.ends_with("*/");
        if !is_comment {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    kept
}

/// Bytes in letters that a page may hold anywhere: two letters, each one of 91, have thirteen bits, the lowest first. `unpack.js` reads them.
fn letters(bytes: &[u8]) -> String {
    let alphabet: Vec<char> = ('!'..='~').filter(|one| !"\"<{".contains(*one)).collect();
    let mut text = String::with_capacity(bytes.len() / 13 * 16 + 16);
    let mut write = |bits: u32| {
        text.push(alphabet[(bits % 91) as usize]);
        text.push(alphabet[(bits / 91) as usize]);
    };
    let (mut held, mut count) = (0_u32, 0);
    for &byte in bytes {
        held |= u32::from(byte) << count;
        count += 8;
        if count >= 13 {
            write(held & 0x1fff);
            held >>= 13;
            count -= 13;
        }
    }
    if count > 0 {
        write(held);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_become_letters_that_the_page_reads() {
        // the test of the script has the same
        assert_eq!(letters(b"The flywheel turns."), "J9v*nj#X!7[WMTG-C_(Z2t##");
        assert_eq!(letters(&[]), "");
        let all: Vec<u8> = (0..=255).cycle().take(100_000).collect();
        let text = letters(&all);
        assert!(!text.contains(['<', '{', '"', '\n']) && text.is_ascii());
        assert!(text.len() * 13 / 16 - all.len() <= 1, "{}", text.len());
    }

    #[test]
    fn comments_go_and_the_script_stays() {
        let text = "/** What\n * it does.\n */\nexport const a = 2 // twice\n  // once\n\n  * 3;\n/** @type {number} */\n/* here */ let b;\n";
        let kept = "export const a = 2 // twice\n* 3;\n/* here */ let b;\n";
        assert_eq!(without_comments(text), kept);
        let sources = live::SCRIPT.iter().chain(&page::SCRIPT).chain(&SCRIPT);
        for (name, source) in sources {
            let texts = source.split('`').skip(1).step_by(2);
            assert!(
                texts.into_iter().all(|text| !text.contains('\n')),
                "{name}: what looks like a comment could be part of a text over several lines"
            );
            let ends = source
                .lines()
                .map(str::trim)
                .filter(|line| line.contains("*/"));
            for line in ends {
                assert!(
                    line.ends_with("*/") || line.contains("/*"),
                    "{name}: {line}"
                );
            }
        }
    }

    #[test]
    fn the_page_holds_all_that_it_needs_and_nothing_ends_it_early() {
        let text = "title = \"a </script><b>\"\n[[populations]]\nname = \"all\"\n\
                    [[firms]]\nname = \"shop\"\nexperience = \"respond-to-desire\"\n";
        let scenario = Scenario::from_toml(text).unwrap_or_else(|problems| panic!("{problems}"));
        let page = filled(&[scenario], b"module");
        assert!(page.contains(&letters(b"module")) && !page.contains("{{"));
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
