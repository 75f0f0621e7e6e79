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
    for path in paths {
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

fn folder(path: &Path) -> Result<Vec<PathBuf>, Problem> {
    let shown = path.display();
    let entries = std::fs::read_dir(path)
        .map_err(|error| Problem::new(format!("the folder {shown} cannot be read: {error}")))?;
    let mut files: Vec<PathBuf> = entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|file| file.extension().is_some_and(|e| e == "toml") && !file.is_dir())
        .collect();
    files.sort();
    if files.is_empty() {
        return Err(Problem::new(format!("the folder {shown} has no scenarios"))
            .help("scenarios are files that end in .toml; those of subfolders do not count"));
    }
    Ok(files)
}

/// The path does not exist; perhaps one beside it was meant.
pub(super) fn missing(path: &Path) -> Problem {
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
