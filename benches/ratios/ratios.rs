//! The engine against the plain loop, in ratios that other work on the machine disturbs little: both run in turns in one
//! process, on processor time, and the least time of several rounds counts. Prints the tables of `docs/performance.md`.
//!
//! `cargo run --release --example ratios`; `-- --quick` takes two rounds and smaller markets, to see that all runs;
//! `-- sizes features` prints only these parts (`sizes`, `limit`, `features`, `more`, `growth`, `shapes`, `threads`, `tables`).

mod growth;
mod measure;
mod more;
mod parts;
mod shapes;
mod sheet;

#[path = "../cases/mod.rs"]
mod cases;
#[path = "../limit/mod.rs"]
mod limit;
#[path = "../reference/mod.rs"]
mod reference;

use parts::Part;
use sheet::Scale;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let quick = arguments.iter().any(|it| it == "--quick");
    if let [flag, customers, periods] = &arguments[..]
        && flag == growth::ALONE
    {
        let number = |text: &String| text.parse().expect("a whole number");
        return growth::run_alone(number(customers), number(periods));
    }
    let asked: Vec<&String> = arguments.iter().filter(|it| *it != "--quick").collect();
    if let Some(unknown) = asked.iter().find(|it| Part::named(it).is_none()) {
        let names: Vec<_> = Part::ALL.iter().map(|part| part.name()).collect();
        eprintln!(
            "there is no part `{unknown}`; parts are {}",
            names.join(", ")
        );
        std::process::exit(2);
    }
    let scale = Scale { quick };
    for part in Part::ALL {
        if asked.is_empty() || asked.iter().any(|it| *it == part.name()) {
            eprintln!("{} ...", part.name());
            println!("{}", part.measure(scale));
        }
    }
}
