//! Every dependency comes under a permissive licence.

use std::process::Command;

/// Licences accepted; an expression is accepted when one side of an `OR` is.
const PERMISSIVE: &[&str] = &[
    "MIT",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
    "0BSD",
];

fn accepted(expression: &str) -> bool {
    expression.replace('/', " OR ").split(" OR ").any(|side| {
        side.split(" AND ")
            .all(|licence| PERMISSIVE.contains(&licence.trim_matches(['(', ')', ' '])))
    })
}

#[test]
fn an_expression_needs_one_permissive_side() {
    assert!(accepted("MIT OR GPL-3.0"));
    assert!(accepted("(MIT OR Apache-2.0) AND Unicode-3.0"));
    assert!(!accepted("AGPL-3.0-only"));
    assert!(!accepted("MIT AND GPL-3.0"));
}

#[test]
fn every_dependency_is_permissive() {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--locked", "--offline", "--edges", "normal,build"])
        .args(["--prefix", "none", "--format", "{p} | {l}"])
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let tree = String::from_utf8(output.stdout).unwrap();
    let packages: Vec<(&str, &str)> = tree
        .lines()
        .filter_map(|line| line.trim_end_matches(" (*)").split_once(" | "))
        .collect();
    assert!(packages.len() > 50, "{tree}");
    let refused: Vec<&(&str, &str)> = packages
        .iter()
        .filter(|(_, licence)| !accepted(licence))
        .collect();
    assert!(refused.is_empty(), "{refused:?}");
}
