//! Save: a scenario as a file, in the folder where the program was started and nowhere else.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

/// Longest name of a scenario that is saved.
const LONGEST: usize = 80;

/// What became of a file.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Saved {
    /// It is there, under this name.
    Written(String),
    /// One of that name is there already, and was left as it is.
    Exists(String),
    /// The name is none for a scenario.
    NoName,
    /// It could not be written.
    Failed(String),
}

/// Writes `NAME.toml` into a folder, over an existing file only if that was asked for.
pub(super) fn save(folder: &Path, name: &str, text: &str, replace: bool) -> Saved {
    let allowed = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if name.is_empty() || name.len() > LONGEST || !name.chars().all(allowed) {
        return Saved::NoName;
    }
    let file = format!("{name}.toml");
    let path = folder.join(&file);
    let written = if replace {
        whole(&path, &folder.join(format!(".{file}.new")), text)
    } else {
        let opened = OpenOptions::new().write(true).create_new(true).open(&path);
        opened.and_then(|mut opened| opened.write_all(text.as_bytes()))
    };
    match written {
        Ok(()) => Saved::Written(file),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Saved::Exists(file),
        Err(error) => Saved::Failed(format!("{}: {error}", path.display())),
    }
}

/// Replaces a file as a whole: what was there before stays until all of the new one is written. A link is not followed.
fn whole(path: &PathBuf, aside: &PathBuf, text: &str) -> std::io::Result<()> {
    std::fs::write(aside, text)?;
    std::fs::rename(aside, path).inspect_err(|_| {
        let _ = std::fs::remove_file(aside);
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_written_once_and_replaced_only_when_asked() {
        let folder = tempfile::tempdir().expect("a folder");
        let read = || std::fs::read_to_string(folder.path().join("own.toml")).expect("a file");
        let written = Saved::Written("own.toml".to_owned());
        assert_eq!(save(folder.path(), "own", "one", false), written);
        assert_eq!(
            save(folder.path(), "own", "two", false),
            Saved::Exists("own.toml".to_owned())
        );
        assert_eq!(read(), "one");
        assert_eq!(save(folder.path(), "own", "two", true), written);
        assert_eq!(read(), "two");
        assert_eq!(
            std::fs::read_dir(folder.path()).expect("a folder").count(),
            1
        );
    }

    #[test]
    fn no_name_leads_out_of_the_folder() {
        let folder = tempfile::tempdir().expect("a folder");
        for name in [
            "",
            "..",
            "../x",
            "a/b",
            "/etc/x",
            "a\\b",
            "a.b",
            "ü",
            "a\0b",
            &"x".repeat(81),
        ] {
            assert_eq!(
                save(folder.path(), name, "text", true),
                Saved::NoName,
                "{name}"
            );
        }
        assert_eq!(
            std::fs::read_dir(folder.path()).expect("a folder").count(),
            0
        );
    }
}
