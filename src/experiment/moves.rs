//! The moves that put new results in place of old ones, and how they are undone.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::path::Path;

use super::names::{MANIFEST, NEW, OLD};
use super::plain::{self, files_below};

/// In the folder of old files, the list of the new ones that are moved in place.
const LIST: &str = ".moved";

/// What is moved when results are put in place.
pub struct Change {
    /// Files that go, if they are there.
    pub away: BTreeSet<String>,
    /// Files that come; the manifest is not among them.
    pub new: Vec<String>,
}

/// One move.
#[derive(Debug, Clone, Copy)]
pub enum Step<'a> {
    /// Out of the way.
    Away(&'a str),
    /// In place.
    In(&'a str),
}

impl Change {
    /// All moves, in order: of what goes, the manifest is the first, and of what comes, the last.
    pub fn steps(&self) -> impl Iterator<Item = Step<'_>> {
        let away = [MANIFEST]
            .into_iter()
            .chain(self.away.iter().map(String::as_str));
        let new = self.new.iter().map(String::as_str).chain([MANIFEST]);
        away.map(Step::Away).chain(new.map(Step::In))
    }
}

impl Step<'_> {
    pub fn name(&self) -> &str {
        match self {
            Self::Away(name) | Self::In(name) => name,
        }
    }

    pub fn take(&self, path: &Path) -> io::Result<()> {
        match self {
            Self::Away(name) => {
                check_way(path, name)?;
                move_file(path, &path.join(OLD), name)
            }
            Self::In(name) => move_file(&path.join(NEW), path, name),
        }
    }
}

impl Change {
    /// Makes the folder of old files, and notes there what is new.
    pub fn begin(&self, path: &Path) -> io::Result<()> {
        let old = path.join(OLD);
        let list: String = self.new.iter().flat_map(|name| [name, "\n"]).collect();
        remove_all(&old)?;
        fs::create_dir(&old)?;
        plain::write_synced(&old.join(LIST), list.as_bytes())
    }
}

/// Ends what a process left that was killed while it put results in place.
///
/// # Errors
/// If files cannot be moved.
pub fn recover(path: &Path) -> io::Result<()> {
    let (new, old) = (path.join(NEW), path.join(OLD));
    if old.join(LIST).is_file() {
        if path.join(MANIFEST).is_file() && !new.join(MANIFEST).is_file() {
            settle(path);
        } else {
            restore(path)?;
        }
    }
    remove_all(&old)?;
    remove_all(&new)
}

/// Undoes what [`Publication::finish`] began; may itself be cut off anywhere, and done again.
pub fn restore(path: &Path) -> io::Result<()> {
    let (new, old) = (path.join(NEW), path.join(OLD));
    let Ok(list) = fs::read_to_string(old.join(LIST)) else {
        return Ok(());
    };
    // all old files were moved before the first new one: what is not where it was made is in place
    for name in list.lines().filter(|name| !new.join(name).exists()) {
        move_file(path, &new, name)?;
    }
    for name in files_below(&old)?.iter().filter(|name| *name != LIST) {
        move_file(&old, path, name)?;
    }
    remove_all(&old)
}

/// Removes what is not needed any more once new results are in place; what cannot be removed is only in the way.
pub fn settle(path: &Path) {
    let old = path.join(OLD);
    let before = files_below(&old).unwrap_or_default();
    let _ = remove_all(&old);
    for name in before {
        // the system refuses if a folder holds anything else
        if let Some((folder, _)) = name.rsplit_once('/') {
            let _ = fs::remove_dir(path.join(folder));
        }
    }
    if let Ok(folder) = File::open(path) {
        let _ = folder.sync_all();
    }
}

/// Whether a file can be put in place without leaving the folder.
fn check_way(path: &Path, name: &str) -> io::Result<()> {
    let Some((folder, _)) = name.rsplit_once('/') else {
        return Ok(());
    };
    match fs::symlink_metadata(path.join(folder)) {
        Ok(there) if !there.is_dir() => Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            format!("{folder} is a file or a link rather than a folder: move it away"),
        )),
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Moves a file or a link from one folder to another, if it is there.
fn move_file(from: &Path, to: &Path, name: &str) -> io::Result<()> {
    let (source, target) = (from.join(name), to.join(name));
    match fs::symlink_metadata(&source) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Ok(there) if there.is_dir() => {
            let words = "it is a folder rather than a file: move it away";
            return Err(io::Error::new(io::ErrorKind::InvalidInput, words));
        }
        there => {
            there?;
        }
    }
    if let Some(parent) = target.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::rename(source, target)
}

/// Removes a folder with all that is in it, if it is there; of a link, the link.
pub fn remove_all(path: &Path) -> io::Result<()> {
    match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Ok(there) if there.is_dir() => fs::remove_dir_all(path),
        there => {
            there?;
            fs::remove_file(path)
        }
    }
}
