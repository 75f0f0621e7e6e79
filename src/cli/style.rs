//! Options for the look of charts, which `run` and `chart` share: they change the scenario's `chart_style`.

use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser};
use flywheel::scenario::{ChartTheme, Language, Override};

use super::status::Status;
use super::terminal;

/// How charts look, instead of what the scenario's `chart_style` says.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Charts")]
pub struct StyleOptions {
    /// What charts are made for
    #[arg(long, value_name = "THEME", value_parser = words(&ChartTheme::ALL.map(|theme| (theme.name(), theme.about()))))]
    theme: Option<String>,
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
    #[arg(long, value_name = "LANGUAGE", value_parser = words(&Language::ALL.map(|language| (language.name(), language.about()))))]
    language: Option<String>,
    /// Save the numbers of every chart beside it, as CSV
    #[arg(long)]
    pub data: bool,
}

/// What an option takes: the words of the scenario's key, each with what it means.
fn words(all: &[(&'static str, &'static str)]) -> PossibleValuesParser {
    let word = |(name, about): &(&'static str, &'static str)| {
        PossibleValue::new(*name).help(about.trim_end_matches('.'))
    };
    all.iter().map(word).collect::<Vec<_>>().into()
}

impl StyleOptions {
    /// The options as overrides of a scenario, which is where they are checked.
    pub fn overrides(&self) -> Vec<String> {
        let quoted = |word: &Option<String>| word.as_ref().map(|word| format!("\"{word}\""));
        let values = [
            ("theme", quoted(&self.theme)),
            ("width", self.width.map(|width| width.to_string())),
            ("height", self.height.map(|height| height.to_string())),
            ("font_scale", self.font_scale.map(|scale| scale.to_string())),
            ("language", quoted(&self.language)),
        ];
        let given = values.into_iter();
        given
            .filter_map(|(key, value)| Some(format!("chart_style.{key}={}", value?)))
            .collect()
    }

    /// The same, read; what is wrong with them is said.
    pub fn read(&self) -> Result<Vec<Override>, Status> {
        let texts = self.overrides();
        let read: Result<_, _> = texts.iter().map(|text| Override::parse(text)).collect();
        read.map_err(|problems| {
            terminal::problems(&problems);
            Status::Unusable
        })
    }
}
