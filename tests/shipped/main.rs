//! What comes with the program holds for the program as it is: documents, pictures, course, claims, evidence and scenarios.

#![expect(
    clippy::disallowed_methods,
    reason = "tests hold results against the standard library's functions, and look into folders"
)]

mod charts;
mod claims;
mod contributing;
mod course;
mod documents;
mod evidence;
mod examples;
mod flywheel;
mod gallery;
mod golden;
mod package;
mod tables;
