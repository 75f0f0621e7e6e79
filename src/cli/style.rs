//! Options for the look of charts, which `run` and `chart` share: they change the scenario's `chart_style`.

use clap::{Args, ValueEnum};

/// How charts look, instead of what the scenario's `chart_style` says.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Charts")]
pub struct StyleOptions {
    /// What charts are made for
    #[arg(long, value_enum, value_name = "THEME")]
    theme: Option<Theme>,
    /// Width of charts in pixels, 300 to 4000
    #[arg(long, value_name = "PIXELS")]
    width: Option<u32>,
    /// Least height of charts in pixels, 200 to 4000
    #[arg(long, value_name = "PIXELS")]
    height: Option<u32>,
    /// Size of text and lines, as a multiple of the theme's, 0.5 to 3
    #[arg(long, value_name = "FACTOR")]
    font_scale: Option<f64>,
    /// Language of charts
    #[arg(long, value_enum, value_name = "LANGUAGE")]
    language: Option<Language>,
    /// Save the numbers of every chart beside it, as CSV
    #[arg(long)]
    pub data: bool,
}

/// The themes by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Theme {
    /// A web page or a document on a screen
    Screen,
    /// A journal: small and restrained
    Paper,
    /// A projector: few, large words
    Slide,
    /// A printer without colours
    Print,
}

/// The languages by their codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Language {
    /// English
    En,
    /// Spanish
    Es,
    /// Dutch
    Nl,
}

impl StyleOptions {
    /// The options as overrides of a scenario, which is where they are checked.
    pub fn overrides(&self) -> Vec<String> {
        let name = |value: &dyn Fn() -> Option<clap::builder::PossibleValue>| {
            value().map(|value| format!("\"{}\"", value.get_name()))
        };
        let values = [
            ("theme", name(&|| self.theme?.to_possible_value())),
            ("width", self.width.map(|width| width.to_string())),
            ("height", self.height.map(|height| height.to_string())),
            ("font_scale", self.font_scale.map(|scale| scale.to_string())),
            ("language", name(&|| self.language?.to_possible_value())),
        ];
        let given = values.into_iter();
        given
            .filter_map(|(key, value)| Some(format!("chart_style.{key}={}", value?)))
            .collect()
    }
}
