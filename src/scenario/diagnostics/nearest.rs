//! The known name that a misspelt one was meant to be, and lists in words.

use indexmap::IndexSet;

/// The known name nearest to `word`, if one is near enough to be what was meant.
///
/// Upper and lower case, and `-`, `.` or a blank for `_`, do not count as differences.
pub(crate) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let plain = |text: &str| text.to_lowercase().replace(['-', ' ', '.'], "_");
    let word = plain(word);
    let length = word.chars().count();
    known
        .into_iter()
        .filter_map(|name| {
            let candidate = plain(name);
            let longest = length.max(candidate.chars().count());
            let distance = strsim::damerau_levenshtein(&word, &candidate);
            let part = length >= 3 && (candidate.starts_with(&word) || candidate.ends_with(&word));
            (distance <= 1.max(longest / 3) && distance < longest || part)
                .then_some((distance, name))
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// Names in words: "`a`", "`a` and `b`", "`a`, `b` and `c`"; each once, and long lists are cut.
pub(crate) fn list<'a>(names: impl IntoIterator<Item = &'a str>, last: &str) -> String {
    const SHOWN: usize = 24;
    let names: IndexSet<&str> = names.into_iter().collect();
    let mut names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    if names.len() > SHOWN {
        let more = names.len() - SHOWN;
        names.truncate(SHOWN);
        names.push(format!("{more} more"));
    }
    match names.split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((end, rest)) => format!("{} {last} {end}", rest.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::{list, nearest};

    #[test]
    fn finds_slips_of_the_pen_and_nothing_far_fetched() {
        let known = ["request", "respond", "recognize"];
        assert_eq!(nearest("requst", known), Some("request"));
        assert_eq!(nearest("Recognise", known), Some("recognize"));
        assert_eq!(nearest("price", known), None);
        assert_eq!(nearest("x", ["y"]), None);
        assert_eq!(
            nearest("choice-noise", ["choice_noise"]),
            Some("choice_noise")
        );
    }

    #[test]
    fn lists_read_as_words() {
        assert_eq!(list(["a"], "or"), "`a`");
        assert_eq!(list(["a", "b", "c"], "or"), "`a`, `b` or `c`");
    }
}
