//! Random words as raw bytes, without end, for a battery of tests such as dieharder or PractRand.
//!
//! `cargo run --release --example draws -- customers | dieharder -a -g 200` or `… | RNG_test stdin32`; a second argument is
//! the seed (1). What tells the words of a stream apart is named by the first:
//! `customers`: consecutive customers, then the next period; `periods`: one customer over consecutive periods;
//! `seeds`: one customer and period over consecutive seeds from it; `purposes`: all purposes of a customer in turn;
//! `model`: as the customer step draws, 4096 customers by purpose, period after period.

use std::io::{self, BufWriter, Write};

use flywheel::random::{Purpose, Source};

/// Purposes of the customer step, as far as each is drawn once for a customer and period.
const PURPOSES: [Purpose; 8] = [
    Purpose::Turnover,
    Purpose::NeedArises,
    Purpose::Detection,
    Purpose::FalseAlarm,
    Purpose::Acceptance,
    Purpose::Cancelling,
    Purpose::Awareness,
    Purpose::Choice,
];

fn main() -> io::Result<()> {
    let order = std::env::args().nth(1).unwrap_or_default();
    let seed = std::env::args().nth(2).map_or(Ok(1), |text| text.parse());
    let Ok(seed) = seed else {
        eprintln!("the seed is a whole number, 0 to {}", u64::MAX);
        std::process::exit(2);
    };
    let source = Source::new(seed, 0);
    let out = &mut BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let written = match order.as_str() {
        "customers" => customers(source, out),
        "periods" => periods(source, out),
        "seeds" => seeds(seed, out),
        "purposes" => purposes(source, out),
        "model" => model(source, out),
        _ => {
            eprintln!("say which order: customers, periods, seeds, purposes or model");
            std::process::exit(2);
        }
    };
    match written {
        // the battery has read what it needs
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

fn put(out: &mut impl Write, word: u32) -> io::Result<()> {
    out.write_all(&word.to_le_bytes())
}

fn customers(source: Source, out: &mut impl Write) -> io::Result<()> {
    let family = source.family(Purpose::NeedArises, &["customers"]);
    for period in 0.. {
        let key = family.key(period, 0);
        for who in 0..1 << 24 {
            put(out, key.word(who))?;
        }
    }
    Ok(())
}

fn periods(source: Source, out: &mut impl Write) -> io::Result<()> {
    let family = source.family(Purpose::NeedArises, &["customers"]);
    for who in 0.. {
        for period in 0..1 << 30 {
            put(out, family.key(period, 0).word(who))?;
        }
    }
    Ok(())
}

fn seeds(first: u64, out: &mut impl Write) -> io::Result<()> {
    for seed in first.. {
        let family = Source::new(seed, 0).family(Purpose::NeedArises, &["customers"]);
        put(out, family.key(0, 0).word(0))?;
    }
    Ok(())
}

fn purposes(source: Source, out: &mut impl Write) -> io::Result<()> {
    let families = PURPOSES.map(|purpose| source.family(purpose, &["customers"]));
    for period in 0.. {
        let keys = families.map(|family| family.key(period, 0));
        for who in 0..1 << 16 {
            for key in keys {
                put(out, key.word(who))?;
            }
        }
    }
    Ok(())
}

fn model(source: Source, out: &mut impl Write) -> io::Result<()> {
    let families = PURPOSES.map(|purpose| source.family(purpose, &["customers"]));
    for period in 0.. {
        for family in families {
            let key = family.key(period, 0);
            for who in 0..4096 {
                put(out, key.word(who))?;
            }
        }
    }
    Ok(())
}
