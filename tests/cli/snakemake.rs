//! Workflows for Snakemake: what they say here; Snakemake itself runs them in `python/tests`.

use super::{MARKET, Place};

#[test]
fn the_workflow_divides_the_run_and_merges_it() {
    let place = Place::with_market();
    let outcome = place
        .flywheel("snakemake market.toml --parts 3 --replicates 5 --format csv,parquet --charts svg --cpus 2")
        .ends(0);
    assert_eq!(
        outcome.stdout,
        "wrote Snakefile for 3 parts and a merge; run it here with: snakemake --snakefile 'Snakefile' --cores all\n"
    );
    let workflow = place.read("Snakefile");
    for line in [
        "    input: expand(\"output/market.part-{part}-of-3/manifest.json\", part=range(1, 3 + 1))",
        "    output: \"output/market/manifest.json\"",
        "    output: \"output/market.part-{part}-of-3/manifest.json\"",
        "    threads: 2",
        " run 'market.toml' --set 'simulation.replicates=5' --output 'output' --shard {wildcards.part}/3 --threads {threads} --quiet\"",
        " merge 'output' 'output/market'.part-*-of-3 --format csv,parquet --charts svg --threads {threads} --quiet\"",
    ] {
        assert!(workflow.contains(line), "{line} is missing in\n{workflow}");
    }
}

#[test]
fn braces_and_quotes_of_a_change_stay_as_they_are() {
    let place = Place::with_market();
    let change = r#"--set title="{a}""#;
    place
        .flywheel(&format!("snakemake market.toml --parts 2 {change}"))
        .ends(0);
    let workflow = place.read("Snakefile");
    assert!(workflow.contains("{{a}}"), "{workflow}");
}

#[test]
fn what_makes_no_workflow_is_told() {
    let place = Place::with_market();
    place.write("Snakefile", "mine");
    let outcome = place.flywheel("snakemake market.toml --parts 2").ends(2);
    assert!(outcome.stderr.contains("Snakefile exists already"));
    assert_eq!(place.read("Snakefile"), "mine");
    place.write("two/one.toml", MARKET);
    place.write("two/other.toml", MARKET);
    let outcome = place.flywheel("snakemake two --parts 2 --file new").ends(2);
    assert!(outcome.stderr.contains("name"), "{}", outcome.stderr);
    let outcome = place
        .flywheel("snakemake market.toml --parts 900 --file new")
        .ends(0);
    assert!(outcome.stderr.contains("more would have nothing to do"));
}
