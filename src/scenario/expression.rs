//! Statements about figures of runs: `share of coach in aware - share of coach in base > 0.05`.
//!
//! ```text
//! statement  = expression ( ">" | "<" ) expression
//! expression = term { ( "+" | "-" ) term }
//! term       = factor { ( "*" | "/" ) factor }
//! factor     = number | figure | "(" expression ")" | ( "max" | "min" ) "(" expression { "," expression } ")"
//! figure     = QUANTITY "of" NAME { "among" POPULATION | "in period" N | "in periods" N "to" N | "in" VARIANT }
//!            | PARAMETER [ "in" VARIANT ]
//! ```
//!
//! Names may have blanks and hyphens; an operator stands between blanks. A name that holds one of the words above, or a number, stands in
//! double or single quotation marks. A parameter is its path, such as `populations.elderly.awareness`; a figure of an analysis has the name that
//! charts of sweeps give it, such as `feedback.factor of coach`.

use std::iter::Peekable;
use std::vec::IntoIter;

/// A figure of a run, as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureOf {
    /// The quantity, or the path of a parameter.
    pub quantity: String,
    /// The firm, or `market`; empty of a parameter.
    pub of: String,
    /// The population to which it is restricted.
    pub among: Option<String>,
    /// First and last period.
    pub periods: Option<(u32, u32)>,
    /// The variant.
    pub variant: Option<String>,
}

impl FigureOf {
    /// Whether it is the value of a parameter.
    #[must_use]
    pub fn is_parameter(&self) -> bool {
        self.of.is_empty()
    }

    /// Whether it is of an analysis.
    #[must_use]
    pub fn is_of_analysis(&self) -> bool {
        !self.of.is_empty() && self.quantity.contains('.')
    }
}

/// A number that is computed from figures.
#[derive(Debug, Clone, PartialEq)]
enum Expression {
    Number(f64),
    /// The place among the figures of the statement.
    Figure(usize),
    Binary(char, Box<Expression>, Box<Expression>),
    /// The largest (or least) of these.
    Extreme(bool, Vec<Expression>),
}

/// A statement that one expression is larger than another.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// The figures that occur in it.
    pub figures: Vec<FigureOf>,
    /// Whether the left side is said to be the larger.
    pub greater: bool,
    left: Expression,
    right: Expression,
}

impl Expression {
    fn value(&self, figures: &[f64]) -> f64 {
        match self {
            Self::Number(number) => *number,
            Self::Figure(place) => figures.get(*place).copied().unwrap_or(f64::NAN),
            Self::Binary(operator, left, right) => {
                let (left, right) = (left.value(figures), right.value(figures));
                match operator {
                    '+' => left + right,
                    '-' => left - right,
                    '*' => left * right,
                    _ => left / right,
                }
            }
            Self::Extreme(largest, all) => {
                let values: Vec<f64> = all.iter().map(|one| one.value(figures)).collect();
                // the best of some is not known where one of them is not
                if values.iter().any(|value| value.is_nan()) {
                    return f64::NAN;
                }
                let start = if *largest {
                    f64::NEG_INFINITY
                } else {
                    f64::INFINITY
                };
                let choose = if *largest { f64::max } else { f64::min };
                values.into_iter().fold(start, choose)
            }
        }
    }
}

impl Statement {
    /// Reads a statement.
    ///
    /// # Errors
    /// What is wrong, in words.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut parser = Parser {
            tokens: tokens(text)?.into_iter().peekable(),
            figures: Vec::new(),
        };
        let left = parser.expression()?;
        let greater = match parser.tokens.next() {
            Some(Token::Sign('>')) => true,
            Some(Token::Sign('<')) => false,
            other => {
                return Err(format!(
                    "a statement compares two sides with > or <, but {}",
                    found(other.as_ref())
                ));
            }
        };
        let right = parser.expression()?;
        match parser.tokens.next() {
            None => Ok(Self {
                figures: parser.figures,
                greater,
                left,
                right,
            }),
            other => Err(format!(
                "the statement should end, but {}",
                found(other.as_ref())
            )),
        }
    }

    /// How far the left side is above the right one, given the figures.
    #[must_use]
    pub fn difference(&self, figures: &[f64]) -> f64 {
        self.left.value(figures) - self.right.value(figures)
    }

    /// What the left side is held against: the right side where that is a number, else zero, which the difference is held against.
    #[must_use]
    pub fn threshold(&self) -> f64 {
        match self.right {
            Expression::Number(number) => number,
            _ => 0.0,
        }
    }
}

/// A piece of a statement.
#[derive(Debug, Clone, PartialEq)]
enum Token {
    Sign(char),
    Word(String),
    /// In quotation marks: a name, whatever it says.
    Quoted(String),
}

fn found(token: Option<&Token>) -> String {
    match token {
        Some(Token::Sign(sign)) => format!("there is `{sign}`"),
        Some(Token::Word(word) | Token::Quoted(word)) => format!("there is `{word}`"),
        None => "it ends there".to_owned(),
    }
}

/// The pieces of a text. Parentheses and commas stand by themselves, other signs between blanks.
fn tokens(text: &str) -> Result<Vec<Token>, String> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        if matches!(first, '(' | ')' | ',' | '>' | '<') {
            tokens.push(Token::Sign(first));
            rest = &rest[1..];
        } else if matches!(first, '"' | '\'') {
            let Some((name, after)) = rest[1..].split_once(first) else {
                return Err(format!("a name begins with {first} and does not end"));
            };
            tokens.push(Token::Quoted(name.to_owned()));
            rest = after;
        } else {
            let is_end = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | ',' | '>' | '<');
            let end = rest.find(is_end).unwrap_or(rest.len());
            let word = &rest[..end];
            tokens.push(match word {
                "+" | "-" | "*" | "/" => Token::Sign(first),
                _ => Token::Word(word.to_owned()),
            });
            rest = &rest[end..];
        }
        rest = rest.trim_start();
    }
    Ok(tokens)
}

struct Parser {
    tokens: Peekable<IntoIter<Token>>,
    figures: Vec<FigureOf>,
}

impl Parser {
    /// Takes the next token if it is one of these signs.
    fn sign(&mut self, signs: &[char]) -> Option<char> {
        let is_one = |token: &Token| matches!(token, Token::Sign(sign) if signs.contains(sign));
        match self.tokens.next_if(is_one) {
            Some(Token::Sign(sign)) => Some(sign),
            _ => None,
        }
    }

    /// Takes the next token if it is this word.
    fn word(&mut self, word: &str) -> bool {
        let is_it = |token: &Token| matches!(token, Token::Word(other) if other == word);
        self.tokens.next_if(is_it).is_some()
    }

    fn expression(&mut self) -> Result<Expression, String> {
        let mut all = self.term()?;
        while let Some(sign) = self.sign(&['+', '-']) {
            all = Expression::Binary(sign, Box::new(all), Box::new(self.term()?));
        }
        Ok(all)
    }

    fn term(&mut self) -> Result<Expression, String> {
        let mut all = self.factor()?;
        while let Some(sign) = self.sign(&['*', '/']) {
            all = Expression::Binary(sign, Box::new(all), Box::new(self.factor()?));
        }
        Ok(all)
    }

    fn factor(&mut self) -> Result<Expression, String> {
        if self.sign(&['(']).is_some() {
            let inner = self.expression()?;
            return self.closed(inner);
        }
        if self.sign(&['-']).is_some() {
            let minus = Box::new(Expression::Number(-1.0));
            return Ok(Expression::Binary('*', minus, Box::new(self.factor()?)));
        }
        let word = match self.tokens.next() {
            Some(Token::Word(word)) => word,
            Some(Token::Quoted(path)) if path.contains('.') => return self.parameter(path),
            other => {
                return Err(format!(
                    "a number or a figure such as `share of NAME` should stand here, but {}",
                    found(other.as_ref())
                ));
            }
        };
        if let Some(number) = number(&word) {
            return Ok(Expression::Number(number));
        }
        if matches!(word.as_str(), "max" | "min") && self.sign(&['(']).is_some() {
            let mut all = vec![self.expression()?];
            while self.sign(&[',']).is_some() {
                all.push(self.expression()?);
            }
            return self.closed(Expression::Extreme(word == "max", all));
        }
        let is_of = |token: &Token| matches!(token, Token::Word(word) if word == "of");
        match word.contains('.') && !self.tokens.peek().is_some_and(is_of) {
            true => self.parameter(word),
            false => self.figure(word),
        }
    }

    fn parameter(&mut self, path: String) -> Result<Expression, String> {
        let variant = match self.word("in") {
            true => Some(self.name("a variant")?),
            false => None,
        };
        Ok(self.known(FigureOf {
            quantity: path,
            of: String::new(),
            among: None,
            periods: None,
            variant,
        }))
    }

    fn closed(&mut self, inner: Expression) -> Result<Expression, String> {
        match self.tokens.next() {
            Some(Token::Sign(')')) => Ok(inner),
            other => Err(format!(
                "`)` should stand here, but {}",
                found(other.as_ref())
            )),
        }
    }

    fn figure(&mut self, quantity: String) -> Result<Expression, String> {
        if !self.word("of") {
            return Err(format!(
                "`{quantity}` is no figure: write `{quantity} of NAME`, with the name of a firm or `market`"
            ));
        }
        let mut figure = FigureOf {
            quantity,
            of: self.name("a firm or `market`")?,
            among: None,
            periods: None,
            variant: None,
        };
        loop {
            if self.word("among") {
                figure.among = Some(self.name("a population")?);
            } else if self.word("in") {
                if self.word("period") {
                    let period = self.period()?;
                    figure.periods = Some((period, period));
                } else if self.word("periods") {
                    let from = self.period()?;
                    if !self.word("to") {
                        return Err("periods are written as `in periods 10 to 19`".to_owned());
                    }
                    figure.periods = Some((from, self.period()?));
                } else {
                    figure.variant = Some(self.name("a variant")?);
                }
            } else {
                break;
            }
        }
        Ok(self.known(figure))
    }

    /// A figure as one of those of the statement, each once.
    fn known(&mut self, figure: FigureOf) -> Expression {
        let known = self.figures.iter().position(|one| *one == figure);
        let place = known.unwrap_or(self.figures.len());
        if known.is_none() {
            self.figures.push(figure);
        }
        Expression::Figure(place)
    }

    fn period(&mut self) -> Result<u32, String> {
        match self.tokens.next() {
            Some(Token::Word(word)) if word.parse::<u32>().is_ok() => {
                Ok(word.parse().unwrap_or_default())
            }
            other => Err(format!(
                "the number of a period should stand here, but {}",
                found(other.as_ref())
            )),
        }
    }

    /// A name: one in quotation marks, or the words up to one with a meaning.
    fn name(&mut self, what: &str) -> Result<String, String> {
        if let Some(Token::Quoted(name)) = self
            .tokens
            .next_if(|token| matches!(token, Token::Quoted(_)))
        {
            return Ok(name);
        }
        let is_part = |token: &Token| matches!(token, Token::Word(word) if !matches!(word.as_str(), "of" | "in" | "among"));
        let mut words: Vec<String> = Vec::new();
        while let Some(Token::Word(word)) = self.tokens.next_if(is_part) {
            words.push(word);
        }
        match words.is_empty() {
            true => Err(format!(
                "the name of {what} should stand here, but {}",
                found(self.tokens.peek())
            )),
            false => Ok(words.join(" ")),
        }
    }
}

/// A number, also as a percentage: `5%`.
fn number(word: &str) -> Option<f64> {
    match word.strip_suffix('%') {
        Some(part) => Some(part.parse::<f64>().ok()? / 100.0),
        None => word.parse().ok(),
    }
    .filter(|number: &f64| number.is_finite())
}

#[cfg(test)]
mod tests;
