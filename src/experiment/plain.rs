//! Plain files only: what is not one is neither read nor written through.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

/// Opens a plain file to read it.
///
/// # Errors
/// If it is not there, is a link, a folder or a device, or cannot be read.
pub fn open(path: &Path) -> io::Result<File> {
    check(path)?;
    File::open(path)
}

/// Opens a plain file to read and write it, and makes it if it is not there.
///
/// # Errors
/// If something else stands there, or it cannot be read and written.
pub fn open_to_write(path: &Path) -> io::Result<File> {
    match check(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(path)
}

/// Makes a new file; what stood there, a link too, is removed first.
///
/// # Errors
/// If it cannot be made.
pub fn create(path: &Path) -> io::Result<File> {
    remove(path)?;
    OpenOptions::new()
        .read(true)
        .write(true)
        .create_new(true)
        .open(path)
}

/// Makes a new file with these bytes, and waits until the disk has it.
///
/// # Errors
/// If it cannot be written.
pub fn write_synced(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = create(path)?;
    file.write_all(bytes)?;
    file.sync_data()
}

/// Has a file written aside, then puts it in place: it appears whole or not at all.
///
/// # Errors
/// If it cannot be written; then what was there before still is.
pub fn replace(path: &Path, write: impl FnOnce(&Path) -> io::Result<()>) -> io::Result<()> {
    let mut name = OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(".partial");
    let aside = path.with_file_name(name);
    let written = remove(&aside)
        .and_then(|()| write(&aside))
        .and_then(|()| fs::rename(&aside, path));
    if written.is_err() {
        // half a file is of no use to anybody
        let _ = fs::remove_file(&aside);
    }
    written
}

/// Removes a file, or a link rather than what it points to; nothing if it is not there.
///
/// # Errors
/// If it cannot be removed.
pub fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Whether a plain file stands there.
///
/// # Errors
/// What stands there instead, with what to do about it.
pub fn check(path: &Path) -> io::Result<()> {
    let kind = fs::symlink_metadata(path)?.file_type();
    if kind.is_file() {
        return Ok(());
    }
    let what = if kind.is_symlink() {
        "a link to another place"
    } else if kind.is_dir() {
        "a folder"
    } else {
        "a device or a pipe"
    };
    let words = format!("it is {what} rather than a file: move it away");
    Err(io::Error::new(io::ErrorKind::InvalidInput, words))
}

/// All files in a folder and those below it, by their paths from it with `/` between the parts, in order; links are
/// files, wherever they lead.
///
/// # Errors
/// If a folder cannot be read.
#[expect(clippy::disallowed_methods, reason = "sorted below")]
pub fn files_below(folder: &Path) -> io::Result<Vec<String>> {
    let mut files = Vec::new();
    let mut folders = vec![String::new()];
    while let Some(prefix) = folders.pop() {
        for entry in fs::read_dir(folder.join(&prefix))? {
            let entry = entry?;
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.file_type()?.is_dir() {
                folders.push(format!("{name}/"));
            } else {
                files.push(name);
            }
        }
    }
    files.sort();
    Ok(files)
}
