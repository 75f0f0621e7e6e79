//! The page of the gallery.

use std::fmt::Write;

use crate::gallery::session::{Drawn, Session};

/// `docs/gallery.md`; the pictures are those of the sessions, in order.
pub fn write(sessions: &[Session], drawn: &[Drawn]) -> String {
    let mut page = String::from(
        "# Gallery\n\n\
        Every kind of chart, with the commands that drew it and how to read it. [charts.md](charts.md) tells how to choose charts \
        and change their look, size and language. The commands are run from the root of the repository; they take \
        fewer replicates than one would for a publication. This page and its pictures are held to what the commands draw by a test.\n",
    );
    let mut drawn = drawn.iter();
    for session in sessions {
        let _ = write!(
            page,
            "\n## {}\n\n{}\n\n```sh\n",
            session.heading, session.says
        );
        for command in session.commands {
            let _ = writeln!(page, "flywheel {command}");
        }
        page.push_str("```\n");
        for (picture, drawn) in session.pictures.iter().zip(drawn.by_ref()) {
            let alternative = drawn.description().replace(['[', ']', '\n'], " ");
            let _ = write!(
                page,
                "\n### {}\n\n{} (`{}`)\n\n![{}]({})\n",
                picture.heading,
                picture.says,
                picture.chart,
                alternative,
                drawn.path()
            );
        }
    }
    page
}
