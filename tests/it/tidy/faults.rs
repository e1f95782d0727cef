//! The table of faults tells of every fault that the tests try.

use super::{root, sources};

/// The string literals in `code` right after `opening`, up to `most` of them, separated by commas.
fn literals_after(code: &str, opening: &str, most: usize) -> Vec<Vec<String>> {
    code.match_indices(opening)
        .map(|(at, _)| {
            let mut rest = code[at + opening.len()..].trim_start();
            let mut found = Vec::new();
            while found.len() < most && rest.starts_with('"') {
                let end = (1..rest.len()).find(|at| rest.as_bytes()[*at] == b'"' && rest.as_bytes()[at - 1] != b'\\');
                let Some(end) = end else { break };
                found.push(rest[1..end].replace("\\\"", "\""));
                rest = rest[end + 1..].trim_start().trim_start_matches(',').trim_start();
            }
            found
        })
        .collect()
}

#[test]
fn the_table_names_every_fault_that_is_tried() {
    let table = std::fs::read_to_string(root().join("docs/FAULTS.md")).unwrap();
    let mut wrong = Vec::new();
    for (file, code) in sources("tests/it") {
        if file.contains("/support/") || file.contains("/tidy/") {
            continue;
        }
        let named = literals_after(&code, "fault(", 1).into_iter().filter_map(|mut found| found.pop());
        let tried = literals_after(&code, "tried(", 2).into_iter().filter(|found| found.len() == 2);
        for fault in named.chain(tried.filter_map(|mut found| found.pop())) {
            if !table.contains(&format!("\n| {} |", fault.replace('|', "\\|").replace('<', "&lt;"))) {
                wrong.push(format!("{file}: {fault}"));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new(), "not in docs/FAULTS.md: run scripts/faults");
}
