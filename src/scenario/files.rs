//! Which files a command means: files as they are, folders as the scenarios in them.

use std::path::{Path, PathBuf};

use super::diagnostics::{Diagnostics, Problem, list, nearest};

/// The scenario files that `paths` mean: a file itself, a folder all its `*.toml` sorted by name
/// (not those of its subfolders).
///
/// # Errors
/// Every path that does not exist, and every folder that has no scenarios or cannot be read.
pub fn scenario_files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Diagnostics> {
    let mut files = Vec::new();
    let mut problems = Vec::new();
    for path in &matching(paths) {
        let found = if path.is_dir() {
            folder(path)
        } else if path.exists() {
            Ok(vec![path.clone()])
        } else {
            Err(missing(path))
        };
        match found {
            Ok(found) => files.extend(found),
            Err(problem) => problems.push(problem),
        }
    }
    Diagnostics::check("", problems)?;
    Ok(files)
}

#[expect(clippy::disallowed_methods, reason = "sorted below")]
fn folder(path: &Path) -> Result<Vec<PathBuf>, Problem> {
    let shown = path.display();
    let entries = std::fs::read_dir(path)
        .map_err(|error| Problem::new(format!("the folder {shown} cannot be read: {error}")))?;
    let mut files: Vec<PathBuf> = entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|file| file.extension().is_some_and(|e| e == "toml") && !file.is_dir())
        // settings of tools and marks of open editors
        .filter(|file| !is_hidden(file))
        .collect();
    files.sort();
    if files.is_empty() {
        return Err(Problem::new(format!("the folder {shown} has no scenarios"))
            .help("scenarios are files that end in .toml; those of subfolders do not count"));
    }
    Ok(files)
}

fn is_hidden(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().starts_with('.')
}

/// The paths that are meant where names hold `*` (any letters) or `?` (one), which not every shell replaces; in order.
/// A path that means none stays as it is.
#[must_use]
pub fn matching(paths: &[PathBuf]) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for path in paths {
        let is_pattern = path.to_string_lossy().contains(['*', '?']);
        let mut found = vec![PathBuf::new()];
        for part in path.components().filter(|_| is_pattern && !path.exists()) {
            let pattern = part.as_os_str().to_string_lossy();
            if pattern.contains(['*', '?']) {
                found = found
                    .iter()
                    .flat_map(|folder| entries(folder, &pattern))
                    .collect();
            } else {
                found.iter_mut().for_each(|folder| folder.push(part));
                found.retain(|place| place.exists());
            }
        }
        found.retain(|place| !place.as_os_str().is_empty());
        if found.is_empty() {
            all.push(path.clone());
        }
        all.append(&mut found);
    }
    all
}

/// What a folder holds under names that a pattern allows.
#[expect(clippy::disallowed_methods, reason = "sorted below")]
fn entries(folder: &Path, pattern: &str) -> Vec<PathBuf> {
    let place = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    let entries = std::fs::read_dir(place).into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> = entries
        .map(|entry| folder.join(entry.file_name()))
        .filter(|path| !is_hidden(path))
        .filter(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            allows(pattern.as_bytes(), name.as_bytes())
        })
        .collect();
    found.sort();
    found
}

/// Whether a name fits a pattern of `*` and `?`.
fn allows(pattern: &[u8], name: &[u8]) -> bool {
    match (pattern.split_first(), name.split_first()) {
        (None, None) => true,
        (Some((b'*', rest)), _) => (0..=name.len()).any(|skipped| allows(rest, &name[skipped..])),
        (Some((b'?', rest)), Some((_, name))) => allows(rest, name),
        (Some((letter, rest)), Some((first, name))) => letter == first && allows(rest, name),
        _ => false,
    }
}

/// The path does not exist; perhaps one beside it was meant.
#[expect(clippy::disallowed_methods, reason = "sorted below")]
pub(super) fn missing(path: &Path) -> Problem {
    if let Ok(target) = std::fs::read_link(path) {
        return Problem::new(format!(
            "{} is a link to {}, which does not exist",
            path.display(),
            target.display()
        ))
        .help("remove the link, or make it anew to where the file is now");
    }
    let problem = Problem::new(format!("there is no file or folder {}", path.display()));
    let parent = match path.parent() {
        Some(parent) if parent.as_os_str().is_empty() => Path::new("."),
        Some(parent) => parent,
        None => return problem,
    };
    if !parent.is_dir() {
        return problem.help(format!(
            "the folder {} does not exist either",
            parent.display()
        ));
    }
    let siblings = std::fs::read_dir(parent).into_iter().flatten().flatten();
    let mut names: Vec<String> = siblings
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    let wanted = path.file_name().unwrap_or_default().to_string_lossy();
    let meant = nearest(&wanted, names.iter().map(String::as_str))
        .map(|name| path.with_file_name(name).display().to_string());
    if meant.is_some() {
        return problem.suggest(meant.as_deref());
    }
    let scenarios = names.iter().filter(|name| name.ends_with(".toml"));
    let there = list(scenarios.map(String::as_str), "and");
    let there = match (there.is_empty(), parent == Path::new(".")) {
        (true, _) => "there are no scenarios beside it either".to_owned(),
        (false, true) => format!("this folder holds {there}"),
        (false, false) => format!("{} holds {there}", parent.display()),
    };
    problem.help(format!(
        "{there}; `flywheel new NAME` writes a scenario to start from"
    ))
}
