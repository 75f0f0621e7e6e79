//! What a terminal gets: colours where it has them, no escapes where it is dumb, and an error where it takes nothing.
#![cfg(target_os = "linux")]

use std::fs::{File, OpenOptions};
use std::io::Read;
use std::os::fd::{AsRawFd, FromRawFd};
use std::process::{Command, Stdio};

use super::{MARKET, Place};

/// A terminal that nobody sees: the side that reads what programs write to it, and the path that programs open.
fn terminal() -> (File, String) {
    let mut name = [0; 64];
    // SAFETY: the descriptor is open while it is used, and the name's length is that of its buffer
    unsafe {
        let reader = libc::posix_openpt(libc::O_RDWR | libc::O_NOCTTY);
        assert!(reader >= 0, "there is a terminal");
        assert_eq!(libc::grantpt(reader), 0);
        assert_eq!(libc::unlockpt(reader), 0);
        assert_eq!(libc::ptsname_r(reader, name.as_mut_ptr(), name.len()), 0);
        let name = std::ffi::CStr::from_ptr(name.as_ptr()).to_string_lossy();
        (File::from_raw_fd(reader), name.into_owned())
    }
}

/// What a terminal of a kind is sent on stderr.
fn shown(place: &Place, arguments: &str, kind: &str) -> String {
    let (mut reader, name) = terminal();
    let open = || OpenOptions::new().read(true).write(true).open(&name);
    let held = open().expect("the terminal");
    assert!(held.as_raw_fd() > 0);
    let mut program = Command::new(env!("CARGO_BIN_EXE_flywheel"))
        .args(arguments.split_whitespace())
        .current_dir(place.path("."))
        .env("TERM", kind)
        .env("CI", "true")
        .env_remove("NO_COLOR")
        .env_remove("CLICOLOR_FORCE")
        .stdout(Stdio::null())
        .stderr(open().expect("the terminal"))
        .spawn()
        .expect("the program starts");
    let reading = std::thread::spawn(move || {
        let mut text = Vec::new();
        // the terminal says that it is closed by an error
        let _ = reader.read_to_end(&mut text);
        String::from_utf8_lossy(&text).into_owned()
    });
    program.wait().expect("the program ends");
    drop(held);
    reading.join().expect("what was read")
}

#[test]
fn a_dumb_terminal_is_sent_no_escapes() {
    let place = Place::with_market();
    place.write("wrong.toml", &MARKET.replace("title", "titel"));
    for arguments in [
        "check wrong.toml",
        "run market.toml --fresh --charts none",
        "chart nowhere",
        "rn",
    ] {
        let text = shown(&place, arguments, "dumb");
        assert!(!text.contains('\u{1b}'), "{arguments}: {text:?}");
    }
    let text = shown(&place, "check wrong.toml", "xterm");
    assert!(text.contains('\u{1b}'), "others are sent colours: {text:?}");
}

#[test]
fn help_that_cannot_be_printed_is_a_failure() {
    let place = Place::empty();
    for arguments in ["--help", "help", "run --help", "--version", "man", "schema"] {
        let full = File::options().write(true).open("/dev/full");
        let output = Command::new(env!("CARGO_BIN_EXE_flywheel"))
            .args(arguments.split_whitespace())
            .current_dir(place.path("."))
            .stdout(full.expect("a disk without space"))
            .output()
            .expect("the program starts");
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{arguments}: {said}");
        assert!(
            said.contains("cannot write to the standard output"),
            "{said}"
        );
    }
}
