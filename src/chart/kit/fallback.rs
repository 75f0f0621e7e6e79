//! Letters that the embedded font does not have, such as Chinese ones, and fonts of the machine that do.
//!
//! Charts without such letters are the same on every machine; with them, pictures depend on the fonts that are there.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

#[cfg(feature = "system")]
use resvg::usvg::fontdb;
use ttf_parser::Face;
use unicode_width::UnicodeWidthChar;

use super::fonts;

/// Names a folder of fonts to look in before those of the system.
const OWN: &str = "FLYWHEEL_FONTS";

/// Where systems keep fonts: Linux, macOS, Windows.
const SYSTEM: [&str; 6] = [
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/Library/Fonts",
    "/System/Library/Fonts",
    "/System/Library/Fonts/Supplemental",
    "C:\\Windows\\Fonts",
];

/// Deepest folder of fonts that is looked into.
const DEPTH: u32 = 6;

/// The letters of a text that the embedded font cannot draw, and that are to be seen.
#[must_use]
pub fn lacking(text: &str) -> BTreeSet<char> {
    static EMBEDDED: OnceLock<Option<Face<'static>>> = OnceLock::new();
    let letters = text.chars().filter(|letter| !letter.is_ascii());
    let unseen = |letter: &char| letter.is_whitespace() || letter.width().unwrap_or(0) == 0;
    let mut letters = letters.filter(|letter| !unseen(letter)).peekable();
    if letters.peek().is_none() {
        return BTreeSet::new();
    }
    let face = EMBEDDED.get_or_init(|| Face::parse(fonts::regular(), 0).ok());
    let known = |letter| {
        face.as_ref()
            .is_some_and(|face| face.glyph_index(letter).is_some())
    };
    letters.filter(|letter| !known(*letter)).collect()
}

/// Those of the letters that no font of this machine can draw either.
#[must_use]
pub fn undrawable(letters: &BTreeSet<char>) -> BTreeSet<char> {
    found(letters).1.clone()
}

/// Adds fonts of the machine that have these letters, as far as there are any.
#[cfg(feature = "system")]
pub fn add_fonts(database: &mut fontdb::Database, letters: &BTreeSet<char>) {
    for font in &found(letters).0 {
        database.load_font_source(fontdb::Source::Binary(Arc::clone(font)));
    }
}

type Font = Arc<dyn AsRef<[u8]> + Sync + Send>;
type Found = (Vec<Font>, BTreeSet<char>);

/// Fonts that have letters, and letters that none has; remembered, since every chart of a run asks for the same.
fn found(letters: &BTreeSet<char>) -> Arc<Found> {
    static KNOWN: Mutex<BTreeMap<BTreeSet<char>, Arc<Found>>> = Mutex::new(BTreeMap::new());
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(found) = known.get(letters) {
        return Arc::clone(found);
    }
    let own = std::env::var_os(OWN).map(PathBuf::from);
    let home = std::env::home_dir().map(|home| home.join(".local/share/fonts"));
    let system = SYSTEM.iter().map(PathBuf::from);
    let folders: Vec<PathBuf> = own.into_iter().chain(system).chain(home).collect();
    let found = Arc::new(search(&folders, letters));
    known.insert(letters.clone(), Arc::clone(&found));
    found
}

/// The first fonts in these folders, in order of their names, that have the letters, each at least one that others before
/// it lack.
fn search(folders: &[PathBuf], letters: &BTreeSet<char>) -> Found {
    let (mut fonts, mut rest): Found = (Vec::new(), letters.clone());
    for folder in folders {
        let mut files = Vec::new();
        font_files(folder, DEPTH, &mut files);
        for file in files {
            if rest.is_empty() {
                return (fonts, rest);
            }
            let Ok(bytes) = std::fs::read(&file) else {
                continue;
            };
            let before = rest.len();
            if let Ok(face) = Face::parse(&bytes, 0) {
                rest.retain(|letter| face.glyph_index(*letter).is_none());
            }
            if rest.len() < before {
                fonts.push(Arc::new(bytes));
            }
        }
    }
    (fonts, rest)
}

/// The files of fonts in a folder and those below it, in order of their names.
#[expect(clippy::disallowed_methods, reason = "sorted at once")]
fn font_files(folder: &Path, depth: u32, files: &mut Vec<PathBuf>) {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        let ending = path.extension().unwrap_or_default().to_ascii_lowercase();
        if ["ttf", "otf", "ttc"].iter().any(|known| ending == *known) {
            files.push(path);
        } else if depth > 0 && path.is_dir() {
            font_files(&path, depth - 1, files);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_the_embedded_font_are_not_lacking() {
        assert!(lacking("späti, Ωμέγα, Ёлка – “–” ± 95 % ☃ \u{ad}\u{200b}\u{a0}").is_empty());
        assert_eq!(lacking("shop 咖啡店, カフェ").len(), 6);
        assert_eq!(lacking("\u{1f9fa}").len(), 1);
    }

    /// The embedded font stands for one of a machine, under a name and in a folder as systems have them.
    #[test]
    fn the_first_font_that_has_a_letter_is_taken() {
        let folder = tempfile::tempdir().expect("a folder");
        let deep = folder.path().join("truetype/some");
        std::fs::create_dir_all(&deep).expect("space");
        std::fs::write(deep.join("a.ttf"), "no font").expect("space");
        std::fs::write(deep.join("b.TTF"), dejavu::sans::regular()).expect("space");
        std::fs::write(deep.join("c.ttf"), dejavu::sans::bold()).expect("space");
        let letters: BTreeSet<char> = "é咖".chars().collect();
        let (fonts, rest) = search(&[folder.path().to_owned()], &letters);
        assert_eq!((fonts.len(), rest), (1, BTreeSet::from(['咖'])));
        assert_eq!(search(&[folder.path().join("none")], &letters).1, letters);
    }
}
