//! How much is measured, and how it is set out as Markdown.

/// How much is done: few rounds and small markets to see that all runs, or enough to quote.
#[derive(Debug, Clone, Copy)]
pub struct Scale {
    pub quick: bool,
}

impl Scale {
    pub fn rounds(self, rounds: u32) -> u32 {
        if self.quick { 2 } else { rounds }
    }

    /// Markets of more than this are not made.
    pub fn limit(self) -> u32 {
        if self.quick { 200_000 } else { u32::MAX }
    }
}

/// The head of a table and the line below it: one column of words, the others of numbers.
pub fn head(columns: &[&str]) -> String {
    let line = columns
        .iter()
        .skip(1)
        .map(|_| " ---: |")
        .collect::<String>();
    format!("| {} |\n| --- |{line}\n", columns.join(" | "))
}

/// A number with commas between thousands.
pub fn grouped(number: u32) -> String {
    let text = number.to_string();
    let mut out = String::new();
    for (n, digit) in text.chars().enumerate() {
        if n > 0 && (text.len() - n).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
