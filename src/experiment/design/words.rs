//! Points of a sweep in words.

/// Names and numbers plainly, everything else as TOML.
#[must_use]
pub fn plain_value(value: &toml::Value) -> String {
    match value {
        toml::Value::String(text) => text.clone(),
        // without the exponent and the point that TOML needs
        toml::Value::Float(number) => number.to_string(),
        other => other.to_string(),
    }
}

/// Where in a sweep something is so, for a message.
pub fn describe(point: u32, settings: &[(&str, toml::Value)]) -> String {
    let settings: Vec<String> = settings
        .iter()
        .map(|(path, value)| format!("{path} = {value}"))
        .collect();
    format!("this is so at point {point}: {}", settings.join(", "))
}
