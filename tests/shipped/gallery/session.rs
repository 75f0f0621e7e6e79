//! Commands in a folder of their own, and the pictures they leave.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use assert_cmd::Command;

/// Commands, one after the other, and what they draw.
pub struct Session {
    /// What the pictures have in common.
    pub heading: &'static str,
    /// A sentence or two about it, in Markdown.
    pub says: &'static str,
    /// Arguments of `flywheel`, separated by blanks; the last one drew the pictures.
    pub commands: &'static [&'static str],
    /// Folder of the pictures, below the folder of the session.
    pub charts: &'static str,
    pub pictures: &'static [Picture],
}

/// A picture of a session.
pub struct Picture {
    /// The chart's name; charts of one kind that differ in number only ("game-2") are of that kind.
    pub chart: &'static str,
    /// Its name in the gallery.
    pub name: &'static str,
    pub heading: &'static str,
    /// How to read it.
    pub says: &'static str,
}

/// A picture as it was drawn.
pub struct Drawn {
    pub name: &'static str,
    pub svg: String,
}

impl Drawn {
    pub fn file(&self) -> String {
        format!("{}.svg", self.name)
    }

    /// Its place below `docs`.
    pub fn path(&self) -> String {
        format!("gallery/{}", self.file())
    }

    /// What it tells to those who cannot see it.
    pub fn description(&self) -> &str {
        let start = self
            .svg
            .find("<desc")
            .expect("every chart has a text alternative");
        let text = &self.svg[start..];
        let text = &text[text.find('>').expect("a tag ends") + 1..];
        &text[..text.find("</desc>").expect("a tag is closed")]
    }
}

/// The pictures of all sessions, in order; holds that every chart of every session's run is shown somewhere.
pub fn draw_all(sessions: &'static [Session]) -> Vec<Drawn> {
    let done: Vec<(Vec<Drawn>, BTreeSet<String>)> = std::thread::scope(|scope| {
        let running: Vec<_> = (sessions.iter())
            .map(|session| scope.spawn(|| draw(session)))
            .collect();
        running
            .into_iter()
            .map(|it| it.join().expect("a session"))
            .collect()
    });
    let shown: BTreeSet<&str> = sessions
        .iter()
        .flat_map(|session| session.pictures)
        .map(|picture| picture.chart)
        .collect();
    for (session, (_, charts)) in sessions.iter().zip(&done) {
        let missing: Vec<&String> = charts
            .iter()
            .filter(|chart| !shown.contains(chart.as_str()))
            .collect();
        assert!(
            missing.is_empty(),
            "{}: the gallery lacks {missing:?}",
            session.heading
        );
    }
    done.into_iter().flat_map(|(drawn, _)| drawn).collect()
}

/// Runs the program in a folder, and returns what it printed.
pub fn run(arguments: &[&str], folder: &Path) -> String {
    let ran = Command::cargo_bin("flywheel")
        .expect("the program")
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("a run");
    assert!(
        ran.status.success(),
        "{arguments:?}: {}",
        String::from_utf8_lossy(&ran.stderr)
    );
    String::from_utf8(ran.stdout).expect("UTF-8")
}

/// The pictures of a session, and the names of all charts that its run drew.
fn draw(session: &Session) -> (Vec<Drawn>, BTreeSet<String>) {
    let folder = tempfile::tempdir().expect("a folder");
    for command in session.commands {
        let arguments: Vec<&str> = command.split(' ').collect();
        arguments.iter().for_each(|path| fetch(path, folder.path()));
        run(&arguments, folder.path());
    }
    let charts = folder.path().join(session.charts);
    let picture = |picture: &Picture| Drawn {
        name: picture.name,
        svg: fs::read_to_string(charts.join(format!("{}.svg", picture.chart)))
            .unwrap_or_else(|error| panic!("{}, {}: {error}", session.heading, picture.chart)),
    };
    let drawn = session.pictures.iter().map(picture).collect();
    let files = fs::read_dir(&charts)
        .expect("charts")
        .map(|entry| entry.expect("a file").path());
    let names = files.filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()));
    (drawn, names.collect())
}

/// Brings a file of the project that a command names.
fn fetch(path: &str, folder: &Path) {
    let stored = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if path.ends_with(".toml") && stored.is_file() {
        let own = folder.join(path);
        fs::create_dir_all(own.parent().expect("a folder")).expect("space");
        fs::copy(stored, own).expect("space");
    }
}
