//! What comes with the program holds for the program as it is: documents, pictures, course, claims and scenarios.

mod charts;
mod claims;
mod contributing;
mod course;
mod documents;
mod examples;
mod gallery;
mod package;
